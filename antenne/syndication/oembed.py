"""oEmbed 1.0 (https://oembed.com): what another page needs to show one of our videos."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Final
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

from django.utils.html import format_html

from antenne.catalog.models import Video
from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.elsewhere import embeddable, players_leave
from antenne.catalog.selectors.sight import Access, video_sight
from antenne.custody.selectors import setting_of
from antenne.custody.settings import SiteSettings
from antenne.delivery.selectors import picture_url
from antenne.syndication.markup import xml_text
from antenne.syndication.places import Place, Scope
from antenne.syndication.selectors.feeds import feed_of

WIDTH_PX: Final = 1280
CACHE_S: Final = 3600
_BOUND_MAX_PX: Final = 10_000
_PATH: Final = re.compile(r"/(?:v|embed)/([A-Za-z0-9]{1,12})/?")
_LIST: Final = re.compile(r"/(c|playlists)/([^/]{1,200})/?")


class OembedRefused(Exception):
    """The question has no answer; `status` is the one that oEmbed names for it."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class OembedAnswer:
    """The answer, in the words of the standard; a picture has an address and a size, or neither."""

    type: str
    version: str
    title: str
    author_name: str
    author_url: str
    provider_name: str
    provider_url: str
    cache_age: int
    html: str | None
    width: int | None
    height: int | None
    thumbnail_url: str | None
    thumbnail_width: int | None
    thumbnail_height: int | None

    def members(self) -> dict[str, str | int]:
        """Return what is said, in order."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    def xml(self) -> bytes:
        """Return the answer as XML."""
        root = ET.Element("oembed")
        for name, value in self.members().items():
            ET.SubElement(root, name).text = xml_text(str(value))
        said: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
        return said


def oembed_answer(
    address: str, *, place: Place, width_px: int = 0, height_px: int = 0
) -> OembedAnswer:
    """Return the answer for what is at *address*, within *width_px* and *height_px* (0: none).

    A video has a player; a channel or playlist is a link with a picture. Raises `OembedRefused`
    with 404 for what is none of ours, or where no player leaves this site, and 401 for a video that
    its owner does not show to everybody, or not on other sites.
    """
    if not players_leave():
        raise OembedRefused(404)
    path = _path_of(address, place)
    found = _PATH.fullmatch(path)
    if found is None:
        return _list_answer(path, place)
    video = _video_open(found[1])
    width, height = frame_size(video, width_px=width_px, height_px=height_px)
    poster = picture_url(video, edge=place.edge, path=video.poster)
    return OembedAnswer(
        type="video",
        version="1.0",
        title=video.title,
        author_name=video.channel.name,
        author_url=f"{place.site}/c/{video.channel.handle}",
        provider_name=setting_of(SiteSettings).name,
        provider_url=f"{place.site}/",
        cache_age=CACHE_S,
        html=_frame(video, place, width, height),
        width=width,
        height=height,
        thumbnail_url=poster or None,
        thumbnail_width=width if poster else None,
        thumbnail_height=height if poster else None,
    )


def _path_of(address: str, place: Place) -> str:
    try:
        asked = urlsplit(address)
    except ValueError as error:
        raise OembedRefused(404) from error
    if asked.netloc.lower() != urlsplit(place.site).netloc.lower() or "\0" in asked.path:
        raise OembedRefused(404)
    return asked.path


def _video_open(public_id: str) -> Video:
    sight = video_sight(public_id, viewer=None)
    if sight.video is None:
        raise OembedRefused(404)
    if sight.access != Access.OPEN or not embeddable(sight.video):
        raise OembedRefused(401)
    return sight.video


def _list_answer(path: str, place: Place) -> OembedAnswer:
    """Return the answer for a channel or a playlist that is not private."""
    found = _LIST.fullmatch(path)
    if found is None:
        raise OembedRefused(404)
    scope = Scope("channel" if found[1] == "c" else "playlist", unquote(found[2]))
    try:
        feed = feed_of(scope, "atom.xml", place=place)
    except NotFound as error:
        raise OembedRefused(404) from error
    newest = feed.items[0] if feed.items else None
    shown = newest is not None and newest.poster_url and newest.width_px and newest.height_px
    return OembedAnswer(
        type="link",
        version="1.0",
        title=feed.title,
        author_name=feed.author,
        author_url=feed.home_url,
        provider_name=setting_of(SiteSettings).name,
        provider_url=f"{place.site}/",
        cache_age=CACHE_S,
        html=None,
        width=None,
        height=None,
        thumbnail_url=newest.poster_url if newest and shown else None,
        thumbnail_width=newest.width_px if newest and shown else None,
        thumbnail_height=newest.height_px if newest and shown else None,
    )


def frame_size(video: Video, *, width_px: int, height_px: int) -> tuple[int, int]:
    """Return the largest frame of the video's shape within the bounds (0: none) and 1280 wide."""
    wide, high = video.width_px or 16, video.height_px or 9
    width = min(width_px or WIDTH_PX, WIDTH_PX)
    height = min(height_px or _BOUND_MAX_PX, _BOUND_MAX_PX)
    if width * high > height * wide:
        return max(1, height * wide // high), height
    return width, max(1, width * high // wide)


def _frame(video: Video, place: Place, width: int, height: int) -> str:
    return format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" frameborder="0" loading="lazy" '
        'allow="autoplay; fullscreen; picture-in-picture" allowfullscreen></iframe>',
        f"{place.site}/embed/{video.public_id}",
        width,
        height,
        video.title,
    )
