"""The Content-Security-Policy: nothing is loaded from, or told to, anybody else."""

from __future__ import annotations

from csp.constants import NONE, SELF

from antenne.kernel.environment import Environment


def content_security_policy(environment: Environment) -> dict[str, object]:
    """Return django-csp's setting; the edge is the only other origin (a host and a port)."""
    edge = environment.media_url or f"*:{environment.edge_port}"
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF],
            "worker-src": [SELF],
            "style-src": [SELF],
            "font-src": [SELF],
            "img-src": [SELF, edge, "data:"],
            "media-src": [SELF, edge, "blob:"],
            "connect-src": [SELF, edge],
            "manifest-src": [SELF],
            "form-action": [SELF],
            "frame-src": [SELF],
            "frame-ancestors": [NONE],
            "base-uri": [NONE],
            "object-src": [NONE],
        }
    }
