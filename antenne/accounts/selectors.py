"""Reads of accounts."""

from __future__ import annotations

import hashlib

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from antenne.accounts.models import AccessToken, Person, SetupLink, User
from antenne.accounts.refusals import NotAllowed
from antenne.kernel.clock import now


def secret_digest(secret: str) -> str:
    """Return what is kept of a random secret: its SHA-256, which nobody can turn back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def user_of_token(token: str) -> User | None:
    """Return whose access token this is, or None where it is unknown, run out or closed."""
    living = Q(expires_at=None) | Q(expires_at__gt=now())
    row = (
        AccessToken.objects.select_related("user__person")
        .filter(living, digest=secret_digest(token), user__is_active=True)
        .first()
    )
    return row.user if row else None


def address_verified(user: User) -> str:
    """Return the address that a person has shown to be theirs, or nothing."""
    rows = EmailAddress.objects.filter(user=user, verified=True).order_by("-primary", "pk")
    found: str | None = rows.values_list("email", flat=True).first()
    return found or ""


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
    """Return a login's public name (one query, kept on the login)."""
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


def setup_link_holds(token: str) -> bool:
    """Say whether this link may still make the first administrator."""
    return (
        not operators_exist()
        and SetupLink.objects.filter(digest=secret_digest(token), used_at=None).exists()
    )


def operators_exist() -> bool:
    """Say whether anybody can run this site yet."""
    return User.objects.filter(is_operator=True).exists()
