"""Moments and lengths as lists say them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.contrib.humanize.templatetags.humanize import NaturalTimeFormatter, naturaltime
from django.utils.timesince import timesince
from django.utils.timezone import localtime
from django.utils.translation import get_language

from antenne.custody.selectors import site_zone
from antenne.kernel.clock import now
from antenne.web.components.markup import markup

if TYPE_CHECKING:
    from datetime import datetime

    from django.utils.safestring import SafeString


def clock_words(duration_ms: int) -> str:
    """Return milliseconds as `1:02:03` or `2:03`."""
    minutes, seconds = divmod(duration_ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def ago_words(moment: datetime) -> str:
    """Say how long ago something was, in one unit: "6 days ago", not "6 days, 18 hours ago"."""
    if (now() - moment).days < 1:
        return str(naturaltime(moment))
    words = NaturalTimeFormatter.past_substrings
    gone = timesince(moment, depth=1, time_strings=words)
    return str(NaturalTimeFormatter.time_strings["past-day"] % {"delta": gone})


def time_html(moment: datetime) -> SafeString:
    """Return how long ago something was, and for machines when."""
    at = now()
    if (at - moment).days < 1:
        return _time_html(moment)
    return _time_kept(moment, get_language(), site_zone().key, at.replace(second=0, microsecond=0))


def _time_html(moment: datetime) -> SafeString:
    written = localtime(moment).isoformat()
    return markup('<time datetime="{}">{}</time>', written, ago_words(moment))


@lru_cache(maxsize=8192)
def _time_kept(
    moment: datetime, _language: str | None, _zone: str, _minute: datetime
) -> SafeString:
    """Return the same for what is days old: a list has dozens, and the next one the same."""
    return _time_html(moment)
