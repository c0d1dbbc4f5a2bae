"""Reads of the site's days."""

from __future__ import annotations

from typing import Final

from antenne.audience.calendar import Calendar
from antenne.audience.models import DayZone
from antenne.kernel.remembering import remembered

REMEMBERED_S: Final = 30.0


@remembered(REMEMBERED_S)
def calendar() -> Calendar:
    """Return the days of this site, as they were half a minute ago at most."""
    return Calendar(DayZone.objects.values_list("since", "zone"))
