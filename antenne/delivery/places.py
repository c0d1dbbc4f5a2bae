"""Where a video may be watched: the country of an address, and the list its owner made."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from antenne.catalog.selectors.onlookers import open_in
from antenne.catalog.states import Geo as Rule
from antenne.kernel.environment import environment
from antenne.kernel.geo import Geo, GeoFile, GeoRefused

if TYPE_CHECKING:
    from antenne.catalog.models import Video


@cache
def geo_open() -> Geo:
    """Return who knows where addresses are; nothing is read before the first question."""
    return GeoFile(environment().home / "geo")


def country_of(address: str, *, geo: Geo) -> str:
    """Return the country of an address as requests are counted under; empty where unknown."""
    try:
        return geo.place(address.partition("/")[0]).country
    except GeoRefused:
        return ""


def open_from(video: Video, address: str) -> bool:
    """Say whether a video may be watched from an address, which is looked up only if it matters."""
    if video.geo == Rule.ALL:
        return True
    return open_in(video, country_of(address, geo=geo_open()))
