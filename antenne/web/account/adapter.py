"""How allauth signs people up and in here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from antenne.accounts.selectors import language_chosen, sign_up_possible
from antenne.accounts.services import (
    Wish,
    erasure_cancel,
    mail_send_to,
    sessions_end,
    sign_up,
    sign_up_shown,
    user_new,
)
from antenne.accounts.services.mails import Letter
from antenne.custody.selectors import setting_of
from antenne.custody.settings import SignUpSettings, SiteSettings
from antenne.kernel.clock import unix_s
from antenne.kernel.environment import environment
from antenne.kernel.hosts import host_is_near, host_name
from antenne.kernel.rate import client_address
from antenne.web.account.joining import invitation_brought, invitation_spent

if TYPE_CHECKING:
    from allauth.account.models import EmailAddress
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from antenne.accounts.models import User

_JUST_NOW_S = 900
_SIGNED_IN = "signed_in_s"


def site_url(request: HttpRequest) -> str:
    """Return the site's address as letters name it: never what a stranger's request claims.

    Without ANTENNE_PUBLIC_URL it is the address of this machine or network that was asked for.
    """
    ours = environment()
    near = host_is_near(host_name(f"//{request.get_host()}"))
    here = request.build_absolute_uri("/").rstrip("/") if near else ours.web_url
    return ours.public_url or here


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth ships no types
    """Sign-up as the site's settings allow; letters through our own queue."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say whether this request may make an account."""
        return sign_up_possible(invitation_brought(request))

    def new_user(self, request: HttpRequest) -> User:  # noqa: ARG002 - allauth's signature
        """Return a login that is not stored yet."""
        return user_new()

    def save_user(
        self,
        request: HttpRequest,
        user: User,
        form: Form,
        commit: bool = True,  # noqa: ARG002, FBT001, FBT002 - allauth's signature
    ) -> User:
        """Store the login and the public name of somebody who signs up.

        Raises `AccountRefused` where they may not, or where the handle was taken meanwhile.
        """
        said = form.cleaned_data
        user.email = said["email"]
        if said.get("password1"):
            user.set_password(said["password1"])
        else:
            user.set_unusable_password()
        wish = {name: said.get(name) or "" for name in ("name", "handle", "message")}
        invitation = invitation_brought(request)
        sign_up(user=user, wish=Wish(**wish, invitation=invitation, language=get_language() or ""))
        invitation_spent(request)
        return user

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Note that an address was shown to be somebody's; an operator may wait for that."""
        confirmed: bool = super().confirm_email(request, email_address)
        if confirmed:
            sign_up_shown(user=email_address.user)
        return confirmed

    def clean_email(self, email: str) -> str:
        """Refuse addresses at domains that may not sign up here."""
        if not setting_of(SignUpSettings).domain_allowed(email):
            raise ValidationError(_("This site takes only addresses of some organisations."))
        return email

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue a letter that allauth writes."""
        said = {
            **context,
            "email": email,
            "site_name": setting_of(SiteSettings).name,
            "site_url": site_url(self.request),
        }
        user = context.get("user")
        with override((user and language_chosen(user)) or get_language()):
            subject = render_to_string(f"{template_prefix}_subject.txt", said)
            text = render_to_string(f"{template_prefix}_message.txt", said, self.request)
        kind = "account." + template_prefix.rpartition("/")[2]
        letter = Letter(kind[:64], " ".join(subject.split()), text.strip())
        mail_send_to(address=email, letter=letter, user=user)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the address behind which somebody chooses a new password."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return site_url(self.request) + path.replace("UID-KEY", key)

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse:  # noqa: ANN401 - allauth's signature
        """Keep the account of somebody who comes back before it is deleted."""
        response: HttpResponse = super().post_login(request, user, **more)
        request.session[_SIGNED_IN] = unix_s()
        if erasure_cancel(user=user):
            messages.success(request, _("Welcome back. Your account is kept."))
        return response

    def set_password(self, user: User, password: str) -> None:
        """Keep a new password, and sign everybody else out who knew the old one."""
        super().set_password(user, password)
        sessions_end(user=user, keep_key=self.request.session.session_key)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the network address that a request is counted under."""
        address = client_address(request.META).partition("/")[0]
        return "0.0.0.0" if address == "unknown" else address  # noqa: S104 - no address is known

    def get_login_stages(self) -> list[str]:
        """Return what stands between a right password and being signed in."""
        stages: list[str] = super().get_login_stages()
        return [*stages, "antenne.web.account.stages.ApprovalStage"]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 - allauth's signature
        """Return where one goes after changing the password."""
        return reverse("account_security")

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:  # noqa: ANN401 - allauth's signature
        """Ask again who somebody is, but not of those who have signed in just now."""
        if unix_s() - int(self.request.session.get(_SIGNED_IN, 0)) < _JUST_NOW_S:
            return False
        needed: bool = super().is_reauthentication_required(app=app, **more)
        return needed
