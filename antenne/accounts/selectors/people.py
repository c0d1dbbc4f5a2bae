"""Reads of people, their tokens, links and wishes."""

from __future__ import annotations

import hashlib
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from antenne.accounts.handles import handle_cleaned, handle_good, handle_reserved
from antenne.accounts.models import (
    AccessToken,
    DataExport,
    ExportState,
    Invitation,
    PastHandle,
    Person,
    Preferences,
    SetupLink,
    SignUpRequest,
    User,
)
from antenne.accounts.refusals import AccountRefused, NotAllowed
from antenne.custody.selectors import setting_of
from antenne.custody.settings import (
    FeatureSettings,
    SignUpMode,
    SignUpSettings,
    SiteSettings,
)
from antenne.kernel.clock import now


def secret_digest(secret: str) -> str:
    """Return what is kept of a random secret: its SHA-256, which nobody can turn back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def token_living(secret: str) -> AccessToken | None:
    """Return an access token, with its user; None where it is unknown, run out or closed.

    Nothing acts for somebody who is about to leave: only signing in keeps the account.
    """
    living = Q(expires_at=None) | Q(expires_at__gt=now())
    return (
        AccessToken.objects.select_related("user__person")
        .filter(living, digest=secret_digest(secret), user__is_active=True, user__erasure=None)
        .first()
    )


def address_verified(user: User) -> str:
    """Return the address that a person has shown to be theirs, or nothing."""
    rows = EmailAddress.objects.filter(user=user, verified=True).order_by("-primary", "pk")
    found: str | None = rows.values_list("email", flat=True).first()
    return found or ""


def addresses_of(user: User) -> tuple[str, ...]:
    """Return every address of a login, verified or not, in small letters."""
    known = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    return tuple(sorted({address.lower() for address in (user.email, *known)}))


def tokens_of(user: User) -> QuerySet[AccessToken]:
    """Return a login's access tokens."""
    return AccessToken.objects.filter(user=user)


def token_row(secret: str) -> AccessToken:
    """Return what is kept of a token that was just made."""
    return AccessToken.objects.get(digest=secret_digest(secret))


def operator_check(person: Person) -> None:
    """Raise `NotAllowed` for anybody who does not run the site."""
    if person.user is None or not person.user.is_operator:
        raise NotAllowed


def person_of(user: User | AnonymousUser) -> Person:
    """Return a login's public name (read with the login of a session, else one query)."""
    if not isinstance(user, User):
        raise TypeError(user)
    return user.person


def person_by_login(login: str) -> Person | None:
    """Return the person with this e-mail address or handle (`@name` or `name`)."""
    return (
        Person.objects.select_related("user")
        .filter(Q(user__email__iexact=login) | Q(handle__iexact=login.removeprefix("@")))
        .first()
    )


def operator_first() -> Person | None:
    """Return the person who ran this site first, or None before there is one."""
    operators = Person.objects.filter(user__is_operator=True, user__is_active=True)
    return operators.order_by("created_at").first()


def operators_all() -> list[Person]:
    """Return everybody who runs this site and can sign in."""
    rows = Person.objects.filter(user__is_operator=True, user__is_active=True, user__erasure=None)
    return list(rows.select_related("user").order_by("pk"))


def setup_link_holds(token: str) -> bool:
    """Say whether this link may still make the first administrator."""
    return (
        not operators_exist()
        and SetupLink.objects.filter(digest=secret_digest(token), used_at=None).exists()
    )


def operators_besides(user: User) -> bool:
    """Say whether anybody else can run this site."""
    others = User.objects.filter(is_operator=True, is_active=True, erasure=None)
    return others.exclude(pk=user.pk).exists()


def exports_of(user: User) -> QuerySet[DataExport]:
    """Return what a person has had gathered about themselves, newest first."""
    return DataExport.objects.filter(user=user).order_by("-created_at")


def export_own(user: User, export_id: UUID) -> DataExport | None:
    """Return a finished export of one's own, or None."""
    rows = DataExport.objects.filter(user=user, pk=export_id, state=ExportState.READY)
    return rows.filter(expires_at__gt=now()).first()


def operators_exist() -> bool:
    """Say whether anybody can run this site yet."""
    return User.objects.filter(is_operator=True).exists()


def sign_up_possible(invitation: str = "") -> bool:
    """Say whether somebody who brings this *invitation* (or none) may make an account now."""
    mode = setting_of(SignUpSettings).mode
    if mode == SignUpMode.INVITATION:
        return invitation_of(invitation) is not None
    return mode != SignUpMode.CLOSED


def sign_up_waits(user: User) -> bool:
    """Say whether an operator has yet to let this person in."""
    return SignUpRequest.objects.filter(user=user).exists()


def sign_up_requests() -> QuerySet[SignUpRequest]:
    """Return who waits for an operator: those who have shown that their address is theirs."""
    shown = EmailAddress.objects.filter(verified=True).values("user")
    return SignUpRequest.objects.select_related("user__person").filter(user__in=shown)


def invitation_of(secret: str) -> Invitation | None:
    """Return the invitation behind a link, or None where it is unknown, used or has run out."""
    if not secret:
        return None
    digest = secret_digest(secret)
    return Invitation.objects.filter(digest=digest, used_at=None, expires_at__gt=now()).first()


def invitations_all() -> QuerySet[Invitation]:
    """Return every invitation that is still known."""
    return Invitation.objects.select_related("by", "guest")


def handle_check(wish: str, *, home: str, person: Person | None = None) -> str:
    """Return a handle that somebody has typed; raise `AccountRefused` where it cannot be theirs."""
    handle = handle_cleaned(wish)
    if not handle_good(handle):
        raise AccountRefused(_("A handle has 3 to 24 letters, digits and single hyphens."))
    taken = Person.objects.filter(handle__iexact=handle, home=home)
    past = PastHandle.objects.filter(handle__iexact=handle, home=home)
    if person is not None:
        taken, past = taken.exclude(pk=person.pk), past.exclude(person=person)
    if handle_reserved(handle) or taken.exists() or past.exists():
        raise AccountRefused(_("This handle is taken."))
    return handle


def person_by_handle(handle: str) -> Person | None:
    """Return who has this handle, or had it before; compare `handle` to know which."""
    name = handle_cleaned(handle).replace("\x00", "")
    found = Person.objects.filter(handle__iexact=name).first()
    if found is not None:
        return found
    past = PastHandle.objects.select_related("person").filter(handle__iexact=name).first()
    return past.person if past else None


def person_shown(handle: str) -> Person | None:
    """Return whose page stands under a handle, theirs now or before; None where nobody's does.

    Whoever waits to be let in, was shut out or is being erased has no page.
    """
    found = person_by_handle(handle)
    if found is None:
        return None
    living = User.objects.filter(person=found, is_active=True, sign_up_request=None)
    return found if living.exists() else None


def preferences_of(person: Person) -> Preferences:
    """Return how a person likes to use the site; the defaults where nothing was ever changed.

    They are read with the login of a session, else by one query.
    """
    if Person.preferences.is_cached(person):
        kept = getattr(person, "preferences", None)
    else:
        kept = Preferences.objects.filter(person=person).first()
    usual = setting_of(FeatureSettings).sensitive
    return kept or Preferences(home=person.home, person_id=person.pk, sensitive=usual)


def language_of(user: User) -> str:
    """Return the language in which letters to somebody are written: theirs, else the site's."""
    return language_chosen(user) or setting_of(SiteSettings).language


def language_chosen(user: User) -> str:
    """Return the language that somebody chose, or signed up in; nothing where none is known."""
    kept = Preferences.objects.filter(person__user=user).values_list("language", flat=True).first()
    return kept or user.language
