"""A video's picture over its own colour, with a moving preview under the pointer."""

from __future__ import annotations

import base64
import binascii
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from antenne.delivery.selectors import channel_picture_url, pictures_base
from antenne.ffmpeg.posters import LONGEST_PX, SMALL_WIDTH_PX, TINY_WIDTH_PX
from antenne.web.components.markup import NOTHING, markup

if TYPE_CHECKING:
    from antenne.accounts.models import Person
    from antenne.catalog.models import Channel, Video

CARD_SIZES: Final = "(min-width: 58rem) 21rem, (min-width: 39rem) 46vw, calc(100vw - 2rem)"
ROW_SIZES: Final = "(min-width: 30rem) 12rem, 40vw"
_NO_GROUND: Final = "none"
_THUMBHASH_HEAD_BYTES: Final = 5
_AVATAR: Final = (
    '<img class="avatar__picture" src="{}" alt="" width="320" height="320" loading="lazy">'
)
_GROUND: Final = (
    '<svg class="card__ground" aria-hidden="true">'
    '<rect width="100%" height="100%" fill="{}"/></svg>{}{}'
)


@lru_cache(maxsize=256)
def icon_html(name: str) -> SafeString:
    """Draw one of the icons of `components/icons.html`; it is decoration."""
    return markup('<svg class="icon" aria-hidden="true"><use href="#i-{}"/></svg>', name)


def picture_html(
    video: Video,
    *,
    edge: str,
    veiled: bool = False,
    sizes: str = CARD_SIZES,
    eager: bool = False,
    soon: bool = False,
) -> SafeString:
    """Return a video's picture as wide as *sizes* says (CSS); *veiled* ones show their colour.

    *eager*: it is the page; *soon*: it stands near the top.
    """
    colour = ground_colour(video.thumbhash)
    if veiled:
        return markup(_GROUND, colour, _veil_html(), NOTHING)
    if not video.poster:
        return markup(_GROUND, colour, _empty_html(), NOTHING)
    base = pictures_base(video, edge=edge)
    when = ' fetchpriority="high"' if eager else "" if soon else ' loading="lazy"'
    image = markup(
        '<img {} alt="" decoding="async"{}>',
        poster_attributes(video, base, sizes),
        SafeString(when),
    )
    if eager or not video.preview:
        return markup(_GROUND, colour, image, NOTHING)
    preview = markup('<img class="card__preview" data-preview="{}/{}" alt="">', base, video.preview)
    return markup(_GROUND, colour, image, preview)


def _veil_html() -> SafeString:
    words = _("Sensitive")
    return markup('<span class="card__veil">{}<span>{}</span></span>', icon_html("veil"), words)


@cache
def _empty_html() -> SafeString:
    mark = render_to_string("components/mark.html", {"class": ""})
    return markup('<span class="card__empty">{}</span>', mark)


def avatar_html(
    name: str, *, edge: str, size: str = "", of: Channel | Person | None = None
) -> SafeString:
    """Return a channel's or person's picture, else the initial: the name stands beside."""
    path = getattr(of, "avatar", "")
    shape = SafeString(f" avatar--{size}") if size else NOTHING
    shown: str = name[:1]
    if of is not None and path:
        shown = markup(_AVATAR, channel_picture_url(of, edge=edge, path=path))
    return markup('<span class="avatar{}" aria-hidden="true">{}</span>', shape, shown)


def poster_attributes(video: Video, base: str, sizes: str) -> SafeString:
    """Return the attributes of an `img` that shows a poster below *base*, as large as *sizes*."""
    width, height = _size_within(video, LONGEST_PX)
    path = video.poster_small or video.poster
    plain = markup('src="{}/{}" width="{}" height="{}"', base, path, width, height)
    offered = _offered(video, width)
    if len(offered) == 1:
        return plain
    choices = ", ".join(f"{base}/{name} {width_px}w" for width_px, name in offered)
    return markup('{} srcset="{}" sizes="{}"', plain, choices, sizes)


def _offered(video: Video, width_px: int) -> list[tuple[int, str]]:
    """Return the widths in which there is a poster, and where; of one width the lightest.

    A poster without a tiny form is of the time when the small one was measured by its longer side.
    """
    tiny = video.poster_tiny
    small_px = min(width_px, SMALL_WIDTH_PX) if tiny else _size_within(video, SMALL_WIDTH_PX)[0]
    named = {width_px: video.poster}
    named |= {small_px: video.poster_small} if video.poster_small else {}
    named |= {min(width_px, TINY_WIDTH_PX): tiny} if tiny else {}
    return sorted(named.items())


def _size_within(video: Video, longest_px: int) -> tuple[int, int]:
    """Return the size of a video's poster; one of sound alone has our own shape."""
    width, height = video.width_px or 1280, video.height_px or 720
    share = min(1.0, longest_px / max(width, height))
    return round(width * share), round(height * share)


@lru_cache(maxsize=8192)
def ground_colour(thumbhash: str) -> str:
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
