"""How people sign in with an account that they have elsewhere (OpenID Connect)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.openid_connect.views import login
from django.shortcuts import render
from django.urls import reverse

from antenne.accounts.selectors import sign_up_possible
from antenne.accounts.services import Wish, sign_up
from antenne.web.account.joining import invitation_brought, invitation_spent

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialLogin
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from antenne.accounts.models import User


def leave_for(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to another site to sign in there, by a page of ours.

    A form may only be sent to ourselves, and browsers hold every redirect after it to that, the
    other site's own included: so the form is answered by a page that leads on.
    """
    response: HttpResponse = login(request, provider_id)
    place = response.headers.get("Location", "")
    if not place.startswith(("https://", "http://")):
        return response
    page = render(request, "socialaccount/login_redirect.html", {"redirect_to": place})
    page.cookies.update(response.cookies)
    return page


class OidcAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc] # allauth ships no types
    """Whoever may sign up may do so with an account elsewhere."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002 - allauth's signature
        """Say whether this request may make an account."""
        return sign_up_possible(invitation_brought(request))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: object) -> str:  # noqa: ARG002 - allauth's signature
        """Return where one goes after connecting an account elsewhere."""
        return reverse("account_security")

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
