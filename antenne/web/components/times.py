"""Moments and lengths as lists say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.humanize.templatetags.humanize import NaturalTimeFormatter, naturaltime
from django.utils.timesince import timesince
from django.utils.timezone import localtime

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
    written = localtime(moment).isoformat()
    return markup('<time datetime="{}">{}</time>', written, ago_words(moment))
