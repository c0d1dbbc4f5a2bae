"""Addresses of reports and of decisions about oneself."""

from __future__ import annotations

from django.urls import path

from antenne.web.reporting import views

urlpatterns = [
    path("report/<str:kind>/<str:key>", views.report, name="report"),
    path("decisions", views.decisions, name="decisions"),
    path("decisions/<uuid:decision_id>", views.decision, name="decision"),
]
