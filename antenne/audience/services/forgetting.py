"""What the audience forgets by itself: salts, the log, its sessions, old history."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction

from antenne.audience.models import Batch, Event, History, Salt, Watch
from antenne.audience.selectors.days import calendar
from antenne.audience.sessions import key_at
from antenne.custody.selectors import setting_of
from antenne.custody.settings import PrivacySettings
from antenne.kernel.clock import now

SALT_DAYS: Final = 2
_AT_ONCE: Final = 20_000


def audience_forget() -> int:
    """Delete what is older than is kept, in small transactions; return how many log rows went."""
    Salt.objects.filter(day__lte=calendar().day_of(now()) - timedelta(days=SALT_DAYS)).delete()
    kept = setting_of(PrivacySettings)
    horizon = now() - timedelta(days=kept.events_days)
    oldest = key_at(horizon)
    gone = 0
    while count := _events_delete(oldest):
        gone += count
    Watch.objects.filter(session__lt=oldest).delete()
    Batch.objects.filter(taken_at__lt=horizon).delete()
    History.objects.filter(at__lt=now() - timedelta(days=kept.history_days)).delete()
    return gone


@transaction.atomic
def _events_delete(oldest: object) -> int:
    old = Event.objects.filter(pk__lt=oldest).order_by("pk").values("pk")[:_AT_ONCE]
    return Event.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()[0]
