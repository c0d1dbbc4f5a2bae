"""Lets the days that figures are counted by be those of the site's time zone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from antenne.audience.calendar import FIRST_ZONE, day_next
from antenne.audience.locks import ZONES, lock_wait
from antenne.audience.models import DayZone
from antenne.custody.selectors import site_zone

# Longer than any process remembers the calendar (`audience.selectors.days`).
NOTICE: Final = timedelta(minutes=10)


@transaction.atomic
def zone_keep(*, at: datetime) -> bool:
    """Count by the site's zone from its first midnight after *at*; False where that is said.

    What was counted keeps its day. Only what has not begun yet is said anew.
    """
    wanted = site_zone().key
    if _zone_last() == wanted:
        return False
    lock_wait(ZONES)
    heard_at = at + NOTICE
    DayZone.objects.filter(since__gt=heard_at).delete()
    if _zone_last() == wanted:
        return False
    DayZone.objects.create(since=day_next(heard_at, wanted), zone=wanted)
    return True


def _zone_last() -> str:
    last = DayZone.objects.order_by("-since").first()
    return last.zone if last else FIRST_ZONE
