"""What is said of a video beyond its title: checked here, written by `video_edit`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from antenne.catalog.models import Video
from antenne.catalog.refusals import CatalogRefused
from antenne.catalog.states import Category, Commenting, Geo, Licence
from antenne.kernel.wording import one_line

TAGS_MAX: Final = 30
TAG_MAX_CHARS: Final = 48
# A form may send two hundred fields, and each chapter is two.
CHAPTERS_MAX: Final = 90
CHAPTER_MAX_CHARS: Final = 120
SLOW_MODE_MAX_S: Final = 3600
_COUNTRY_CHARS: Final = 2
_CHAPTERS_LEAST: Final = 2


@dataclass(frozen=True, slots=True)
class Details:
    """What to change of a video; None leaves a thing as it is."""

    category: str | None = None
    tags: Sequence[str] | None = None
    licence: str | None = None
    sensitive: bool | None = None
    commenting: str | None = None
    slow_mode_s: int | None = None
    downloadable: bool | None = None
    premiere: bool | None = None
    geo: str | None = None
    geo_countries: Sequence[str] | None = None
    chapters: Sequence[Mapping[str, Any]] | None = None

    def write(self, video: Video) -> tuple[str, ...]:
        """Set what is to change on *video*, checked; return the names of its columns."""
        written = []
        for name in self.__slots__:
            value = getattr(self, name)
            if value is not None:
                clean = _CLEANERS.get(name)
                setattr(video, name, clean(value) if clean else value)
                written.append(name)
        if {"geo", "geo_countries"} & set(written):
            _geo_check(video)
        return tuple(written)


def _choice(values: Sequence[str]) -> Callable[[str], str]:
    """Return what lets through one of *values* and nothing else."""

    def check(value: str) -> str:
        if value in values:
            return value
        raise CatalogRefused(_("This choice is not known: %(word)s") % {"word": str(value)[:40]})

    return check


def tags_clean(tags: Iterable[str]) -> list[str]:
    """Return tags in lower case, once each, in the order given; raise for too many."""
    words = (one_line(tag).strip().lstrip("#").strip().lower() for tag in tags)
    clean = list(dict.fromkeys(word[:TAG_MAX_CHARS].strip() for word in words if word))
    if len(clean) > TAGS_MAX:
        raise CatalogRefused(_("At most %(count)s tags.") % {"count": TAGS_MAX})
    return clean


def _countries_clean(countries: Iterable[str]) -> list[str]:
    clean = sorted({country.strip().upper() for country in countries if country.strip()})
    for country in clean:
        if len(country) != _COUNTRY_CHARS or not (country.isascii() and country.isalpha()):
            raise CatalogRefused(
                _("This is not a country of two letters: %(word)s") % {"word": country[:20]}
            )
    return clean


def _geo_check(video: Video) -> None:
    if video.geo != Geo.ALL and not video.geo_countries:
        raise CatalogRefused(_("Name the countries, as two letters each: FR, BE, CH."))


def chapters_clean(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return chapters in order of time, each with a title; none, or two and more from 0:00 on."""
    found: dict[int, str] = {}
    for row in rows:
        title = one_line(str(row["title"]))[:CHAPTER_MAX_CHARS]
        if title:
            found[max(0, int(row["start_ms"]))] = title
    if not found:
        return []
    if len(found) > CHAPTERS_MAX:
        raise CatalogRefused(_("At most %(count)s chapters.") % {"count": CHAPTERS_MAX})
    if len(found) < _CHAPTERS_LEAST or 0 not in found:
        raise CatalogRefused(_("Chapters are two or more, and the first begins at 0:00."))
    return [{"start_ms": start_ms, "title": found[start_ms]} for start_ms in sorted(found)]


def _slow_mode_clean(seconds: int) -> int:
    if not 0 <= seconds <= SLOW_MODE_MAX_S:
        raise CatalogRefused(_("Between comments there can be at most an hour."))
    return seconds


_CLEANERS: Final[dict[str, Callable[[Any], Any]]] = {
    "category": _choice(("", *Category.values)),
    "licence": _choice(("", *Licence.values)),
    "commenting": _choice(Commenting.values),
    "geo": _choice(Geo.values),
    "tags": tags_clean,
    "geo_countries": _countries_clean,
    "chapters": chapters_clean,
    "slow_mode_s": _slow_mode_clean,
}
