"""What a program with an access token may do, named by what a person understands."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antenne.accounts.refusals import AccountRefused


class Scope(TextChoices):
    """One part of what a person may do; a token has at least one."""

    READ = "read", gettext_lazy("See what you see: videos, lists, figures, also what is private")
    VIDEOS = "videos", gettext_lazy("Upload and edit your videos and channels")
    COMMUNITY = "community", gettext_lazy("Comment, post, like, subscribe and keep playlists")
    ACCOUNT = "account", gettext_lazy("Change your account, its history and its tokens")
    DESK = "desk", gettext_lazy("Run the site")


def scopes_every() -> list[str]:
    """Return all scopes: what a token has that was made before there were any."""
    return list(Scope.values)


def scopes_offered(*, operator: bool) -> tuple[Scope, ...]:
    """Return what a person can give a token: the desk only where they run the site."""
    return tuple(scope for scope in Scope if operator or scope != Scope.DESK)


def scopes_check(wish: Iterable[str], *, within: Iterable[str]) -> list[str]:
    """Return the scopes that were asked for, in our order.

    Raises `AccountRefused` where there are none, or where one is not *within* what can be given.
    """
    wished = set(wish)
    if not wished:
        raise AccountRefused(_("Say what the token may do."))
    if not wished <= set(within):
        raise AccountRefused(_("A token may do no more than whoever makes it."))
    return [scope for scope in Scope.values if scope in wished]
