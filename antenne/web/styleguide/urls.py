"""The address of the style guide."""

from __future__ import annotations

from django.urls import path

from antenne.web.styleguide import views

urlpatterns = [path("styleguide", views.styleguide, name="styleguide")]
