"""Addresses of signing in and of the first administrator."""

from __future__ import annotations

from allauth.account import views as allauth
from django.urls import include, path

from antenne.web.account import views

# The last of two patterns with one name is the one that `reverse` gives.
urlpatterns = [
    path("account/", include("allauth.account.urls")),
    path("sign-in", allauth.login, name="account_login"),
    path("sign-out", allauth.logout, name="account_logout"),
    path("setup/<str:token>", views.setup, name="setup"),
]
