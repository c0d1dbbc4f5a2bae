"""Addresses of watching."""

from __future__ import annotations

from django.urls import path

from antenne.web.watch import views

urlpatterns = [
    path("v/<str:public_id>", views.watch, name="watch"),
    path("v/<str:public_id>/unlock", views.unlock, name="unlock"),
    path("v/<str:public_id>/playback.json", views.playback, name="playback"),
    path("v/<str:public_id>/mini", views.mini, name="mini"),
    path("v/<str:public_id>/download", views.download, name="download"),
    path("v/<str:public_id>/file.mp4", views.file, {"ending": "mp4"}, name="film"),
    path("v/<str:public_id>/file.m4a", views.file, {"ending": "m4a"}, name="sound"),
    path("embed/<str:public_id>", views.embed, name="embed"),
]
