"""What every template knows."""

from __future__ import annotations

from django.http import HttpRequest

from antenne.kernel.environment import environment
from antenne.web.viewer import edge_of, viewer_of


def site(request: HttpRequest) -> dict[str, object]:
    """Return the site's name, the edge's address and who asks (a query only when used)."""
    return {
        "site_name": environment().site_name,
        "edge": edge_of(request),
        "viewer": viewer_of(request) if hasattr(request, "user") else None,
    }
