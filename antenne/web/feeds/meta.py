"""What programs read in the head of a list's page: feeds, schema.org, what players may open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.text import Truncator

from antenne.catalog.states import Visibility
from antenne.custody.selectors import setting_of
from antenne.custody.settings import SiteSettings
from antenne.syndication.places import Place, Scope
from antenne.syndication.selectors.feeds import feeds_announced
from antenne.web.structured import json_ld_script, trail

if TYPE_CHECKING:
    from collections.abc import Iterable

    from antenne.catalog.models import Channel, Video

_TEXT_CHARS: Final = 160


@dataclass(frozen=True, slots=True)
class ListMeta:
    """Absolute addresses, and what schema.org calls the page."""

    url: str
    title: str
    text: str
    feeds: tuple[tuple[str, str, str], ...]
    list_url: str
    oembed_url: str
    json_ld: SafeString


def channel_meta(channel: Channel, videos: Iterable[Video], *, place: Place) -> ListMeta:
    """Return what the page of a channel tells programs."""
    scope = Scope("channel", channel.handle)
    url = place.channel(channel.handle)
    text = " ".join(channel.description.split()) or channel.name
    rows = [video for video in videos if video.visibility == Visibility.PUBLIC]
    data = {
        "@context": "https://schema.org",
        "@graph": [
            _profile(channel, url),
            _list(
                channel.name, url, [(video.title, place.watch(video.public_id)) for video in rows]
            ),
            trail([(setting_of(SiteSettings).name, f"{place.site}/"), (channel.name, url)]),
        ],
    }
    return ListMeta(
        url=url,
        title=channel.name,
        text=Truncator(text).chars(_TEXT_CHARS),
        feeds=feeds_announced(scope, place=place),
        oembed_url=f"{place.site}/oembed?{urlencode({'url': url})}",
        list_url=place.site + scope.path("rss.xml"),
        json_ld=json_ld_script(data),
    )


def _profile(channel: Channel, url: str) -> dict[str, Any]:
    return {
        "@type": "ProfilePage",
        "url": url,
        "dateCreated": channel.created_at.isoformat(),
        "mainEntity": {
            "@type": "Organization",
            "@id": f"{url}#channel",
            "name": channel.name,
            "alternateName": f"@{channel.handle}",
            "description": channel.description or channel.name,
            "url": url,
        },
    }


def _list(name: str, url: str, rows: list[tuple[str, str]]) -> dict[str, Any]:
    """Return the list; each row is told by its address, where what it is stands."""
    return {
        "@type": "ItemList",
        "name": name,
        "url": url,
        "numberOfItems": len(rows),
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": title, "url": address}
            for place, (title, address) in enumerate(rows, start=1)
        ],
    }
