"""Addresses where people look around."""

from __future__ import annotations

from django.urls import path

from antenne.web.browse import views

urlpatterns = [
    path("", views.home, name="home"),
    path("c/<str:handle>", views.channel, name="channel"),
    path("styleguide", views.styleguide, name="styleguide"),
]
