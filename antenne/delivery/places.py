"""Where a video may be watched: the country of an address, and the list its owner made.

Somebody whose country nobody knows is in none: they are refused where a list says *only here*,
and served where it says *not there*.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

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


def open_in(video: Video, country: str) -> bool:
    """Say whether a video may be watched from a country (ISO 3166; empty where unknown)."""
    if video.geo == Rule.ALL:
        return True
    listed = country in video.geo_countries
    return listed if video.geo == Rule.ONLY else not listed


def open_from(video: Video, address: str) -> bool:
    """Say whether a video may be watched from an address, which is looked up only if it matters."""
    if video.geo == Rule.ALL:
        return True
    return open_in(video, country_of(address, geo=geo_open()))
