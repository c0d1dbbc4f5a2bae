"""How people sign in with an account that they have elsewhere (OpenID Connect)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter

from antenne.accounts.selectors import sign_up_possible
from antenne.accounts.services import Wish, sign_up
from antenne.web.account.joining import invitation_brought, invitation_spent

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialLogin
    from django.forms import Form
    from django.http import HttpRequest

    from antenne.accounts.models import User


class OidcAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc] # allauth ships no types
    """Whoever may sign up may do so with an account elsewhere."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002 - allauth's signature
        """Say whether this request may make an account."""
        return sign_up_possible(invitation_brought(request))

    def save_user(
        self, request: HttpRequest, sociallogin: SocialLogin, form: Form | None = None
    ) -> User:
        """Store the login and the public name of somebody who signs up from elsewhere."""
        user: User = sociallogin.user
        user.set_unusable_password()
        if form is not None and form.cleaned_data.get("email"):
            user.email = form.cleaned_data["email"]
        account = sociallogin.account
        name = str((account.extra_data.get("userinfo") or account.extra_data).get("name") or "")
        sign_up(user=user, wish=Wish(name=name, invitation=invitation_brought(request)))
        invitation_spent(request)
        sociallogin.save(request)
        return user
