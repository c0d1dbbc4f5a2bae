"""Signing up: whoever may, as the site's settings say; requests that wait, and their decision."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from antenne.accounts.models import Invitation, Person, SignUpRequest, User
from antenne.accounts.refusals import AccountRefused
from antenne.accounts.selectors import (
    invitation_of,
    language_of,
    operator_check,
    secret_digest,
)
from antenne.accounts.services.mails import Letter, mail_send, mail_send_to
from antenne.accounts.services.people import person_attach
from antenne.custody.selectors import region_home, setting_of
from antenne.custody.services import Act, audit_note
from antenne.custody.settings import SignUpMode, SignUpSettings, SiteSettings
from antenne.kernel.clock import now
from antenne.kernel.facts import Fact, fact_record

INVITATION_DAYS = 14
UNVERIFIED_DAYS = 7


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody says of themselves who signs up; *language* is what they read it in."""

    name: str = ""
    handle: str = ""
    message: str = ""
    invitation: str = ""
    language: str = ""


def user_new() -> User:
    """Return a login of this site's region, not stored yet."""
    return User(home=region_home().code)


@transaction.atomic
def sign_up(*, user: User, wish: Wish) -> Person:
    """Store a new login and make its public name; raise `AccountRefused` where nobody may join.

    *user* has its address and its password. Where operators approve first, a request waits for
    them; whoever was invited need not wait.
    """
    mode = setting_of(SignUpSettings).mode
    invitation = _invitation_locked(wish.invitation)
    if mode == SignUpMode.CLOSED or (mode == SignUpMode.INVITATION and invitation is None):
        raise AccountRefused(_("This site takes no new accounts at the moment."))
    user.email, user.language = user.email.lower(), wish.language[:8]
    user.save(force_insert=True)
    person = person_attach(user=user, name=wish.name, handle=wish.handle)
    if invitation is not None:
        invitation.used_at, invitation.guest = now(), person
        invitation.save(update_fields=["used_at", "guest"])
    elif mode == SignUpMode.APPROVAL:
        SignUpRequest.objects.create(home=user.home, user=user, message=wish.message[:1000])
    fact_record(Fact("person.signed_up", {"person": str(person.pk)}))
    return person


def _invitation_locked(secret: str) -> Invitation | None:
    found = invitation_of(secret)
    if found is None:
        return None
    return Invitation.objects.select_for_update().filter(pk=found.pk, used_at=None).first()


@transaction.atomic
def sign_up_shown(*, user: User) -> None:
    """Note that somebody's address is theirs: from now on an operator can decide about them."""
    request = SignUpRequest.objects.filter(user=user).first()
    if request is not None:
        fact_record(Fact("sign_up.waits", {"sign_up": str(request.pk)}))


@transaction.atomic
def sign_up_approve(*, by: Person, request_id: UUID) -> Person | None:
    """Let somebody in and tell them; None where it was decided before. Raises `NotAllowed`."""
    request = _request_taken(by, request_id)
    if request is None:
        return None
    user, person = request.user, request.user.person
    request.delete()
    site = setting_of(SiteSettings).name
    with override(language_of(user)):
        subject = _("You can sign in to %(site)s now") % {"site": site}
        text = _("Somebody who runs %(site)s has let you in.") % {"site": site}
    mail_send(user=user, kind="account.approved", subject=subject, text=text)
    audit_note(by=by.pk, act=Act("person.approved", "person", str(person.pk), shown=person.handle))
    fact_record(Fact("sign_up.decided", {"sign_up": str(request_id)}))
    return person


@transaction.atomic
def sign_up_refuse(*, by: Person, request_id: UUID, reason: str = "") -> bool:
    """Refuse somebody, tell them why, and forget them; False where it was decided before."""
    request = _request_taken(by, request_id)
    if request is None:
        return False
    user, site = request.user, setting_of(SiteSettings).name
    with override(language_of(user)):
        subject = _("Your account on %(site)s") % {"site": site}
        text = _("Your request for an account was refused, and what you wrote has been deleted.")
    letter = Letter("account.refused", subject, f"{text}\n\n{reason.strip()[:1000]}".strip())
    mail_send_to(address=user.email, letter=letter)
    shown = Act("person.refused", "person", str(user.person.pk), shown=user.person.handle)
    audit_note(by=by.pk, act=shown, reason=reason)
    user.person.delete()
    user.delete()
    fact_record(Fact("sign_up.decided", {"sign_up": str(request_id)}))
    return True


def _request_taken(by: Person, request_id: UUID) -> SignUpRequest | None:
    operator_check(by)
    rows = SignUpRequest.objects.select_for_update(of=("self",)).select_related("user__person")
    return rows.filter(pk=request_id).first()


@transaction.atomic
def invitation_make(*, by: Person, url: str, address: str = "", note: str = "") -> str:
    """Make a one-time link that holds for two weeks, and return it; raise `NotAllowed`.

    *url* is the address of the page it leads to, with `{}` where the secret belongs. With an
    *address* it is sent there, and that address counts as verified.
    """
    operator_check(by)
    secret = secrets.token_urlsafe(24)
    Invitation.objects.create(
        home=by.home,
        digest=secret_digest(secret),
        address=address.strip().lower(),
        note=note[:200],
        by=by,
        expires_at=now() + timedelta(days=INVITATION_DAYS),
    )
    link = url.replace("{}", secret)
    if address:
        site = setting_of(SiteSettings).name
        subject = _("You are invited to %(site)s") % {"site": site}
        text = _("%(name)s invites you. This link works once, within two weeks:") % {
            "name": by.name
        }
        letter = Letter("account.invited", subject, "\n\n".join(filter(None, (text, link, note))))
        mail_send_to(address=address.strip(), letter=letter)
    return link


def invitation_revoke(*, by: Person, invitation_id: UUID) -> bool:
    """Take an unused invitation back; say whether there was one. Raises `NotAllowed`."""
    operator_check(by)
    rows, _each = Invitation.objects.filter(pk=invitation_id, used_at=None).delete()
    return rows > 0


def sign_ups_forget() -> None:
    """Forget sign-ups whose address was never verified, and invitations that have run out."""
    edge = now() - timedelta(days=UNVERIFIED_DAYS)
    Invitation.objects.filter(expires_at__lt=edge).delete()
    shown = EmailAddress.objects.filter(verified=True).values("user")
    never = User.objects.filter(created_at__lt=edge, last_login=None).exclude(pk__in=shown)
    for user in never.select_related("person").iterator():
        with transaction.atomic():
            user.person.delete()
            user.delete()
