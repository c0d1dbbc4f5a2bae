"""What every template knows."""

from __future__ import annotations

from django.http import HttpRequest

from antenne.custody.logos import logo_of
from antenne.custody.selectors import setting_number, setting_of
from antenne.custody.settings import FeatureSettings, SiteSettings
from antenne.web.community.bell import bell_of
from antenne.web.site.texts import texts_written
from antenne.web.viewer import edge_of, runs_the_site, viewer_of


def site(request: HttpRequest) -> dict[str, object]:
    """Return how the site is called and looks, what it offers, the edge's address, who asks."""
    site = setting_of(SiteSettings)
    return {
        "site": site,
        "site_name": site.name,
        "site_version": setting_number(SiteSettings),
        "logo": logo_of(site.logo),
        "logo_dark": logo_of(site.logo_dark),
        "icon": logo_of(site.icon),
        "texts": texts_written(),
        "features": setting_of(FeatureSettings),
        "edge": edge_of(request),
        "viewer": viewer_of(request) if hasattr(request, "user") else None,
        "bell": lambda: bell_of(viewer_of(request), edge=edge_of(request)),
        "operator": runs_the_site(request),
    }
