"""Addresses where people look around."""

from __future__ import annotations

from django.urls import path

from antenne.web.browse import channels, views

urlpatterns = [
    path("", views.home, name="home"),
    path("c/<str:handle>", channels.channel, name="channel"),
    path("c/<str:handle>/about", channels.about, name="channel_about"),
    path("styleguide", views.styleguide, name="styleguide"),
]
