"""Tags and filters of our templates."""

from __future__ import annotations

import base64
import binascii
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django import template
from django.contrib.humanize.templatetags.humanize import NaturalTimeFormatter, naturaltime
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince

from antenne.accounts.selectors import sign_up_possible
from antenne.catalog import wording
from antenne.catalog.selectors.categories_shown import category_name
from antenne.delivery.selectors import channel_picture_url, picture_url
from antenne.ffmpeg.posters import LONGEST_PX as POSTER_LONGEST_PX
from antenne.ffmpeg.posters import SMALL_LONGEST_PX
from antenne.kernel.clock import now
from antenne.web.durations import long_words
from antenne.web.figures import figure_short, followers_words, views_words
from antenne.web.prose import prose_html, without_chapters
from antenne.web.viewer import veiled

if TYPE_CHECKING:
    from datetime import datetime

    from antenne.catalog.models import Channel, Video

register = template.Library()
_NO_GROUND = "none"
_THUMBHASH_HEAD_BYTES = 5
_HIGH_DEFINITION_PX = 720


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """Draw one of the icons of `components/icons.html`; it is decoration."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_tag
def sign_up_open() -> bool:
    """Say whether a stranger may make an account."""
    return sign_up_possible()


@register.simple_tag(takes_context=True)
def picture(context: dict[str, Any], video: Video, path: str) -> str:
    """Return the address of one of a video's pictures."""
    return picture_url(video, edge=context["edge"], path=path)


@register.simple_tag(takes_context=True)
def veil(context: dict[str, Any], video: Video) -> bool:
    """Say whether a video's pictures stay away from who asks; not from those who work on it."""
    return not context.get("unveiled") and veiled(context["request"], video)


@register.simple_tag(takes_context=True)
def channel_picture(context: dict[str, Any], channel: Channel, path: str) -> str:
    """Return the address of a channel's avatar or banner."""
    return channel_picture_url(channel, edge=context["edge"], path=path)


@register.simple_tag(takes_context=True)
def poster(context: dict[str, Any], video: Video, sizes: str) -> SafeString:
    """Return the attributes of an `img` that shows a poster as large as *sizes* says (CSS)."""
    edge = context["edge"]
    full = picture_url(video, edge=edge, path=video.poster)
    small = picture_url(video, edge=edge, path=video.poster_small)
    width, height = _size_within(video, POSTER_LONGEST_PX)
    small_width, _height = _size_within(video, SMALL_LONGEST_PX)
    plain = format_html('src="{}" width="{}" height="{}"', small or full, width, height)
    if not small or small_width == width:
        return plain
    pattern = '{} srcset="{} {}w, {} {}w" sizes="{}"'
    return format_html(pattern, plain, small, small_width, full, width, sizes)


def _size_within(video: Video, longest_px: int) -> tuple[int, int]:
    """Return the size of a video's poster; one of sound alone has our own shape."""
    width, height = video.width_px or 1280, video.height_px or 720
    share = min(1.0, longest_px / max(width, height))
    return round(width * share), round(height * share)


@register.simple_tag(takes_context=True)
def theme_attribute(context: dict[str, Any]) -> SafeString | str:
    """Return the attribute of the theme this browser has chosen, or nothing."""
    request = context.get("request")
    theme = request.COOKIES.get("theme", "") if request else ""
    return format_html(' data-theme="{}"', theme) if theme in {"light", "dark"} else ""


@register.filter
def clock(duration_ms: int | None) -> str:
    """Return milliseconds as `1:02:03` or `2:03`."""
    minutes, seconds = divmod((duration_ms or 0) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


@register.filter
def figure(number: int | None) -> str:
    """Return a number as short as people say it."""
    return figure_short(number or 0)


@register.filter
def views(number: int | None) -> str:
    """Return how often something was watched, in words."""
    return views_words(number or 0)


@register.filter
def followers(number: int | None) -> str:
    """Return how many follow something, in words."""
    return followers_words(number or 0)


@register.filter
def long_duration(duration_ms: int | None) -> str:
    """Return milliseconds as people say them in figures: `3 h 20 min`."""
    return long_words(duration_ms or 0)


@register.filter
def shape(video: Video) -> str:
    """Return `portrait` or `landscape`."""
    return "portrait" if video.portrait else "landscape"


@register.filter
def rung_name(video: Video) -> str:
    """Return the best picture size as people name it: the short side and `p`."""
    side = min(video.width_px or 0, video.height_px or 0)
    return f"{side}p" if side else ""


@register.filter
def category(value: str) -> str:
    """Return what a category is called on this site."""
    return category_name(value)


register.filter("without_chapters", without_chapters)


@register.filter
def prose(text: str) -> SafeString:
    """Return plain text with its addresses and moments as links."""
    return prose_html(text)


@register.filter
def tag_key(tag: str) -> str:
    """Return a tag as its address writes it; empty where it has no letters."""
    return wording.tag_key(tag)


@register.filter
@lru_cache(maxsize=8192)
def ground(thumbhash: str) -> str:
    """Return the average colour of a ThumbHash as `#rrggbb`; `none` where there is none."""
    try:
        head = base64.b64decode(thumbhash, validate=True)[:_THUMBHASH_HEAD_BYTES]
    except (binascii.Error, ValueError):
        return _NO_GROUND
    if len(head) < _THUMBHASH_HEAD_BYTES:
        return _NO_GROUND
    bits = int.from_bytes(head[:3], "little")
    light = (bits & 63) / 63
    yellow_blue = ((bits >> 6) & 63) / 31.5 - 1
    red_green = ((bits >> 12) & 63) / 31.5 - 1
    blue = light - 2 / 3 * yellow_blue
    red = (3 * light - blue + red_green) / 2
    channels = (red, red - red_green, blue)
    return "#" + "".join(f"{round(255 * min(1.0, max(0.0, part))):02x}" for part in channels)


@register.filter
def ago(moment: datetime) -> str:
    """Say how long ago something was, in one unit: "6 days ago", not "6 days, 18 hours ago"."""
    if (now() - moment).days < 1:
        return str(naturaltime(moment))
    words = NaturalTimeFormatter.past_substrings
    gone = timesince(moment, depth=1, time_strings=words)
    return str(NaturalTimeFormatter.time_strings["past-day"] % {"delta": gone})
