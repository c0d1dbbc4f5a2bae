"""Durations as people say them in figures: `3 h 20 min`, not `03:20:00`."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _

_MS_OF_SECOND = 1_000
_MS_OF_MINUTE = 60_000
_MS_OF_HOUR = 3_600_000
_MANY_HOURS = 100


def long_words(duration_ms: int) -> str:
    """Return a duration in its two largest units; from a hundred hours on in hours alone."""
    if duration_ms < _MS_OF_MINUTE:
        return _("%(seconds)s s") % {"seconds": duration_ms // _MS_OF_SECOND}
    hours, rest_ms = divmod(duration_ms, _MS_OF_HOUR)
    minutes, rest_ms = divmod(rest_ms, _MS_OF_MINUTE)
    if hours >= _MANY_HOURS:
        return _("%(hours)s h") % {"hours": number_format(hours, force_grouping=True)}
    if hours:
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}
    seconds = rest_ms // _MS_OF_SECOND
    return _("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": seconds}
