"""A linked page as a post shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from antenne.community.linked import ABOUT_CHARS, cut
from antenne.community.selectors.photos import photo_url
from antenne.delivery.selectors import channel_picture_url

if TYPE_CHECKING:
    from antenne.community.models import LinkCard, Post

_WIDE_PX: Final = 560


@dataclass(frozen=True, slots=True)
class LinkedPage:
    """What `components/link_card.html` shows; `site` is where the address really leads.

    A `wide` picture stands above the words, any other beside them.
    """

    url: str
    title: str
    about: str
    site: str
    picture: str = ""
    width_px: int = 0
    height_px: int = 0
    wide: bool = False


def linked_page(card: LinkCard, post: Post, *, edge: str, beside: bool) -> LinkedPage:
    """Return what a post shows of a linked page; *beside* keeps its picture small."""
    ours = card.channel or card.playlist
    title = card.title
    if card.channel:
        title = card.channel.name
    elif card.playlist:
        title = card.playlist.title
    return LinkedPage(
        url=card.url,
        title=title,
        about=cut(ours.description, ABOUT_CHARS) if ours else card.about,
        site=(urlsplit(card.url).hostname or "").removeprefix("www."),
        picture=_picture(card, post, edge=edge),
        width_px=card.width_px,
        height_px=card.height_px,
        wide=not beside and card.width_px >= _WIDE_PX and card.width_px > card.height_px,
    )


def _picture(card: LinkCard, post: Post, *, edge: str) -> str:
    if card.channel:
        return channel_picture_url(card.channel, edge=edge, path=card.channel.avatar)
    return photo_url(card, post, edge=edge) if card.path else ""
