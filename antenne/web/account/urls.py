"""Addresses of accounts: ways in, and what people keep in order about themselves."""

from __future__ import annotations

from allauth.account import views as allauth
from django.urls import include, path

from antenne.web.account import data, entering, oidc, profile, security

# The first of two patterns with one address answers; of two with one name `reverse` gives the last.
urlpatterns = [
    path("account/2fa/", security.security),
    path("account/2fa/webauthn/", security.security),
    path("account/oidc/<str:provider_id>/login/", oidc.leave_for),
    path("account/signup/", entering.SignUp.as_view()),
    path("account/signup/passkey/", entering.SignUpByPasskey.as_view()),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/connections/", include("allauth.socialaccount.urls")),
    path("account/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("sign-in", allauth.login, name="account_login"),
    path("sign-out", allauth.logout, name="account_logout"),
    path("sign-up", entering.SignUp.as_view(), name="account_signup"),
    path("sign-up/passkey", entering.SignUpByPasskey.as_view(), name="account_signup_by_passkey"),
    path("sign-up/waiting", entering.waiting, name="account_waiting"),
    path("invitation/<str:token>", entering.invitation, name="invitation"),
    path("account", profile.profile, name="account_profile"),
    path("account/picture", profile.picture, name="account_picture"),
    path("account/preferences", profile.preferences, name="account_preferences"),
    path("account/security", security.security, name="mfa_index"),
    path("account/security", security.security, name="mfa_list_webauthn"),
    path("account/security", security.security, name="account_security"),
    path("account/sessions", security.sessions, name="account_sessions"),
    path("account/sessions/others/end", security.sessions_close, name="account_sessions_end"),
    path(
        "account/sessions/<int:session_id>/end",
        security.session_close,
        name="account_session_end",
    ),
    path("account/tokens", security.tokens, name="account_tokens"),
    path("account/tokens/make", security.token_make, name="account_token_make"),
    path(
        "account/tokens/<uuid:token_id>/revoke", security.token_revoke, name="account_token_revoke"
    ),
    path("account/data", data.data, name="account_data"),
    path("account/data/export", data.export_make, name="account_export"),
    path("account/data/exports/<uuid:export_id>", data.export_fetch, name="account_export_fetch"),
    path("account/data/leave", data.leave, name="account_leave"),
    path("setup/<str:token>", entering.setup, name="setup"),
]
