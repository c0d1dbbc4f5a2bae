"""Where somebody is signed in, and signing them out there."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from antenne.accounts.models import User
from antenne.kernel.clock import now


def session_seen(*, user: User, session_key: str, address: str, user_agent: str) -> None:
    """Note that a browser was used by whoever is signed in there."""
    seen = {"user": user, "ip": address, "user_agent": user_agent[:200], "last_seen_at": now()}
    UserSession.objects.update_or_create(session_key=session_key, defaults=seen)


@transaction.atomic
def session_end(*, user: User, session_id: int) -> bool:
    """Sign somebody out of one of their browsers; say whether there was such a one."""
    row = UserSession.objects.filter(user=user, pk=session_id).first()
    if row is None:
        return False
    Session.objects.filter(session_key=row.session_key).delete()
    row.delete()
    return True


@transaction.atomic
def sessions_end(*, user: User, keep_key: str | None = None) -> int:
    """Sign somebody out everywhere but in the session *keep_key*; return of how many browsers."""
    rows = UserSession.objects.filter(user=user).exclude(session_key=keep_key or "")
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    return len(keys)


def sessions_forget() -> None:
    """Forget sessions that have run out, and what was noted of them."""
    Session.objects.filter(expire_date__lt=now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
