"""Writes of accounts."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from antenne.accounts.handles import handle_free, handle_like
from antenne.accounts.models import AccessToken, Person, SetupLink, User
from antenne.accounts.selectors import (
    operators_exist,
    secret_digest,
    setup_link_holds,
    tokens_of,
)
from antenne.custody.selectors import region_home
from antenne.kernel.clock import now

TOKEN_PREFIX = "ant_"  # noqa: S105 - a prefix by which a leaked token is recognised
TOKENS_MAX = 100
_USED_PRECISION = timedelta(minutes=10)


class AccountRefused(Exception):
    """The account cannot be made; the message says why, in the person's language."""


def _handle_new(wish: str, *, home: str) -> str:
    """Return a handle like *wish* that no person of *home* has."""
    base = handle_like(wish)
    near = Person.objects.filter(home=home, handle__istartswith=base)
    return handle_free(base, set(near.values_list("handle", flat=True)))


@transaction.atomic
def person_create(*, email: str, password: str, name: str = "", operator: bool = False) -> Person:
    """Make a login and its public name; raise `AccountRefused` where one cannot be."""
    try:
        validate_email(email)
        validate_password(password)
    except ValidationError as error:
        raise AccountRefused(" ".join(error.messages)) from error
    if User.objects.filter(email__iexact=email).exists():
        raise AccountRefused(_("There is already an account with this address."))
    home = region_home().code
    user = User(email=email.lower(), home=home, is_operator=operator)
    user.set_password(password)
    user.save(force_insert=True)
    shown = name.strip() or email.partition("@")[0]
    return Person.objects.create(
        user=user, home=home, name=shown[:80], handle=_handle_new(shown, home=home)
    )


def person_create_admin(*, email: str, password: str, name: str = "") -> Person:
    """Make a person who may run the site."""
    return person_create(email=email, password=password, name=name, operator=True)


@transaction.atomic
def setup_link_make() -> str | None:
    """Return the secret of a fresh one-time link, or None where an administrator exists.

    Links made before lose their power.
    """
    if operators_exist():
        return None
    SetupLink.objects.filter(used_at=None).delete()
    secret = secrets.token_urlsafe(24)
    SetupLink.objects.create(digest=secret_digest(secret))
    return secret


@transaction.atomic
def setup_link_use(*, secret: str, email: str, password: str, name: str) -> Person:
    """Make the first administrator; raise `AccountRefused` where the link has no power."""
    link = SetupLink.objects.select_for_update().filter(digest=secret_digest(secret)).first()
    if link is None or not setup_link_holds(secret):
        raise AccountRefused(_("This link has been used or has been replaced by a newer one."))
    link.used_at = now()
    link.save(update_fields=["used_at"])
    return person_create_admin(email=email, password=password, name=name)


@transaction.atomic
def access_token_create(*, user: User, name: str, expires_at: datetime | None = None) -> str:
    """Make a personal access token and return it; it cannot be shown again.

    Raises `AccountRefused` where the person has a hundred already, or the date has passed.
    """
    if expires_at is not None and expires_at <= now():
        raise AccountRefused(_("This date has passed."))
    if tokens_of(user).count() >= TOKENS_MAX:
        raise AccountRefused(_("You have too many tokens. Revoke one that is not needed."))
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    AccessToken.objects.create(
        user=user,
        home=user.home,
        name=name[:80],
        digest=secret_digest(secret),
        expires_at=expires_at,
    )
    return secret


def access_token_revoke(*, user: User, token_id: str) -> bool:
    """Delete one of the user's own tokens; say whether there was one."""
    deleted, _rows = AccessToken.objects.filter(user=user, pk=token_id).delete()
    return deleted > 0


def access_token_touch(*, secret: str) -> None:
    """Note that a token was used, at most once in ten minutes."""
    AccessToken.objects.filter(digest=secret_digest(secret)).exclude(
        used_at__gt=now() - _USED_PRECISION
    ).update(used_at=now())
