"""Addresses of the history."""

from __future__ import annotations

from django.urls import path

from antenne.web.history import views

urlpatterns = [
    path("history", views.history, name="history"),
    path("history/pause", views.pause, name="history_pause"),
    path("history/clear", views.clear, name="history_clear"),
    path("history/<uuid:video_id>/remove", views.remove, name="history_remove"),
]
