"""Personal access tokens."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from antenne.accounts.models import AccessToken, User
from antenne.accounts.refusals import AccountRefused
from antenne.accounts.scopes import scopes_check, scopes_offered
from antenne.accounts.selectors import secret_digest, tokens_of
from antenne.kernel.clock import now

TOKEN_PREFIX = "ant_"  # noqa: S105 - a prefix by which a leaked token is recognised
TOKENS_MAX = 100
_USED_PRECISION = timedelta(minutes=10)


@transaction.atomic
def access_token_create(
    *,
    user: User,
    name: str,
    scopes: Iterable[str] | None = None,
    within: Iterable[str] | None = None,
    expires_at: datetime | None = None,
) -> str:
    """Make a personal access token and return it; it cannot be shown again.

    Without *scopes* it may do all that the person may; *within* is what the program that makes it
    may. Raises `AccountRefused` where it may do nothing or more than these, where the person has a
    hundred already, or the date has passed.
    """
    offered = set(scopes_offered(operator=user.is_operator))
    offered &= offered if within is None else set(within)
    given = scopes_check(offered if scopes is None else scopes, within=offered)
    if expires_at is not None and expires_at <= now():
        raise AccountRefused(_("This date has passed."))
    User.objects.select_for_update().get(pk=user.pk)  # of two at once the second counts the first
    if tokens_of(user).count() >= TOKENS_MAX:
        raise AccountRefused(_("You have too many tokens. Revoke one that is not needed."))
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    AccessToken.objects.create(
        user=user,
        home=user.home,
        name=name[:80],
        digest=secret_digest(secret),
        scopes=given,
        expires_at=expires_at,
    )
    return secret


def access_token_revoke(*, user: User, token_id: str) -> bool:
    """Delete one of the user's own tokens; say whether there was one."""
    deleted, _rows = AccessToken.objects.filter(user=user, pk=token_id).delete()
    return deleted > 0


def access_token_touch(*, token: AccessToken) -> None:
    """Note that a token was used, at most once in ten minutes; *token* was just read."""
    fresh_from = now() - _USED_PRECISION
    if token.used_at is None or token.used_at <= fresh_from:
        rows = AccessToken.objects.filter(pk=token.pk).exclude(used_at__gt=fresh_from)
        rows.update(used_at=now())
