"""What lists leave out for one who looks at them: decided here, for every list alike.

A video's own page is another matter (`sight`): what is left out of lists may still be opened by
its address, unless it may not be watched.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from antenne.catalog.asking import words_query
from antenne.catalog.models import Video
from antenne.catalog.states import Geo
from antenne.custody.settings import Sensitive
from antenne.kernel.remembering import remembered

if TYPE_CHECKING:
    from django.contrib.postgres.search import SearchQuery

    from antenne.accounts.models import Person

Row = TypeVar("Row", bound=Model)
# So long a list may still show a video, the first of all, that has just been limited: to play it
# is refused at once.
_FRESH_S: Final = 3


def open_in(video: Video, country: str) -> bool:
    """Say whether a video may be watched from a country (ISO 3166; empty where unknown).

    Somebody whose country nobody knows is in none: they are refused where a list says *only
    here*, and served where it says *not there*.
    """
    if video.geo == Geo.ALL:
        return True
    listed = country in video.geo_countries
    return listed if video.geo == Geo.ONLY else not listed


def _open_in(country: str, at: str) -> Q:
    """Return `open_in` as a condition on rows that have the columns at *at*."""
    listed = Q(**{f"{at}geo_countries__contains": [country]})
    everywhere = Q(**{f"{at}geo": Geo.ALL})
    here = Q(**{f"{at}geo": Geo.ONLY}) & listed
    return everywhere | here | (Q(**{f"{at}geo": Geo.EXCEPT}) & ~listed)


@remembered(_FRESH_S)
def limited_somewhere() -> bool:
    """Say whether any video is not for every country (one query at times, of an index)."""
    return Video.objects.exclude(geo=Geo.ALL).exists()


@dataclass(frozen=True)
class Onlooker:
    """Somebody who looks at lists: where they are, and what they do not want to meet.

    `country` is None where it makes no difference, `person` where nobody is signed in. `channels`
    and `people` are blocked, and `words` too: of titles, tags and names. `sensitive` is what they
    want to see of such videos.
    """

    country: str | None = None
    channels: frozenset[UUID] = frozenset()
    people: frozenset[UUID] = frozenset()
    words: tuple[str, ...] = ()
    sensitive: str = Sensitive.SHOW
    person: Person | None = None

    @cached_property
    def unwanted(self) -> SearchQuery | None:
        """Return the blocked words as titles, tags and names are searched for them, or None."""
        return words_query(self.words, weights="AB")

    @property
    def usual(self) -> Onlooker | None:
        """Return one whom `of` gives the same, of whom there are few; None where much is blocked.

        Queries that are written once are written for each of them.
        """
        if self.channels or self.words:
            return None
        return Onlooker(country=self.country, sensitive=self.sensitive)

    @property
    def visiting(self) -> Onlooker:
        """Return the one who has gone to see a channel: they meet whom they went to."""
        return replace(self, channels=frozenset(), people=frozenset(), words=())

    def of(
        self, rows: QuerySet[Row], *, video: str = "", head: str = "found__head"
    ) -> QuerySet[Row]:
        """Return those of *rows* that this one meets.

        *video* leads from a row to the columns of its video, *head* to the words of its search.
        """
        where = Q()
        if self.country is not None:
            where &= _open_in(self.country, video)
        if self.sensitive == Sensitive.HIDE:
            where &= Q(**{f"{video}sensitive": False})
        if self.channels:
            where &= ~Q(**{f"{video}channel__in": self.channels})
        if self.unwanted is not None:
            where &= ~Q(**{f"{video}{head}": self.unwanted})
        return rows.filter(where)


ANYBODY = Onlooker()
