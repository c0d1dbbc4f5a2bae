"""Addresses of the site's own look and texts."""

from __future__ import annotations

from django.urls import path, re_path

from antenne.web.site import views

urlpatterns = [
    path("site.css", views.colours, name="site_colours"),
    path("site/<str:name>", views.logo, name="site_logo"),
    re_path(r"^(?P<page>about|terms|privacy)$", views.text, name="site_text"),
]
