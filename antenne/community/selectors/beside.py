"""What is shown beside the videos that a search finds: the first few of everything else."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import cycle, repeat
from typing import TYPE_CHECKING, Any, Final, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Value

from antenne.accounts.models import Person
from antenne.catalog.asking import Asking, for_each_stemmer
from antenne.catalog.models import Playlist
from antenne.catalog.selectors.onlookers import ANYBODY, Onlooker
from antenne.catalog.selectors.playlist_search import playlists_near
from antenne.catalog.selectors.search import channels_among, channels_found, channels_likely
from antenne.community.models import Group, Post
from antenne.community.selectors.search import groups_near, posts_readable, posts_weighed
from antenne.custody.selectors import setting_number, setting_of
from antenne.custody.settings import FeatureSettings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import Model, QuerySet

    from antenne.catalog.models import ChannelSearch

Row = TypeVar("Row", bound="Model")
# So many times as many channels are looked at as are shown: in most of them there is something.
_SPARE: Final = 4
# What stands in a query where another's words and key will be.
_GAP: Final = Asking(wanted="?wanted", unwanted="?unwanted")
_SOMEBODY: Final = Person(pk=UUID(int=1))


@dataclass(frozen=True, slots=True)
class Beside:
    """The first few of everything that is no video."""

    channels: tuple[ChannelSearch, ...] = ()
    playlists: tuple[Playlist, ...] = ()
    groups: tuple[Group, ...] = ()
    posts: tuple[Post, ...] = ()


def beside_found(asking: Asking, *, onlooker: Onlooker = ANYBODY, most: int = 3) -> Beside:
    """Return the *most* nearest of each kind (one query, and one more for each that is found)."""
    keys = _keys(asking, onlooker, most)
    return Beside(
        channels=_channels(asking, onlooker, keys["channel"], most),
        playlists=_in_order(Playlist.objects.select_related("person"), keys["playlist"]),
        groups=_in_order(Group.objects.all(), keys["group"]),
        posts=_in_order(
            Post.objects.select_related("channel", "group", "person"),
            keys["post"],
        ),
    )


def _keys(asking: Asking, onlooker: Onlooker, most: int) -> dict[str, list[UUID]]:
    """Return the keys of the nearest of each kind, in order (one query)."""
    sql, values = _query(asking, onlooker, most)
    found: dict[str, list[UUID]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        for kind, key in cursor.fetchall():
            found[kind].append(key)
    return found


def _query(asking: Asking, onlooker: Onlooker, most: int) -> tuple[str, list[Any]]:
    """Write the query, or fill what was written before for others who have nothing blocked."""
    if onlooker.channels or onlooker.people or onlooker.words:
        return _write(asking, onlooker, most)
    person = onlooker.person
    sql, gaps = _written(
        setting_of(FeatureSettings),
        setting_number(FeatureSettings),
        most,
        member=person is not None,
        unwanted=bool(asking.unwanted),
    )
    filled: dict[str, Iterator[Any]] = {
        _GAP.wanted: cycle(for_each_stemmer(asking.wanted)),
        _GAP.unwanted: cycle(for_each_stemmer(asking.unwanted)),
        str(_SOMEBODY.pk): repeat(person.pk if person else None),
    }
    return sql, [next(filled[str(gap)]) if str(gap) in filled else gap for gap in gaps]


@lru_cache(maxsize=64)
def _written(
    _offered: FeatureSettings, _number: int, most: int, *, member: bool, unwanted: bool
) -> tuple[str, list[Any]]:
    """Return the query with gaps: Django takes longer to write it than PostgreSQL to answer.

    It is written anew when what is offered here has changed, even while it was being written.
    """
    asking = _GAP if unwanted else replace(_GAP, unwanted="")
    return _write(asking, Onlooker(person=_SOMEBODY if member else None), most)


def _write(asking: Asking, onlooker: Onlooker, most: int) -> tuple[str, list[Any]]:
    first: tuple[str, str] = ("-score", "-pk")
    posts = posts_weighed(posts_readable(onlooker).filter(head=asking.query()), asking)
    channels = channels_likely(asking, onlooker=onlooker)[: _SPARE * most]
    rows = channels.values_list(Value("channel"), "pk").union(
        playlists_near(asking, onlooker=onlooker)
        .order_by(*first)
        .values_list(Value("playlist"), "pk")[:most],
        groups_near(asking, onlooker=onlooker)
        .order_by(*first)
        .values_list(Value("group"), "pk")[:most],
        posts.order_by(*first).values_list(Value("post"), "pk")[:most],
        all=True,
    )
    sql, values = rows.query.sql_with_params()
    return sql, list(values)


def _channels(
    asking: Asking, onlooker: Onlooker, keys: Sequence[UUID], most: int
) -> tuple[ChannelSearch, ...]:
    found = channels_among(keys, most=most) if keys else ()
    if len(found) == most or len(keys) < _SPARE * most:
        return found
    return channels_found(asking, onlooker=onlooker, size=most).rows


def _in_order(rows: QuerySet[Row], keys: Sequence[UUID]) -> tuple[Row, ...]:
    found = rows.in_bulk(keys) if keys else {}
    return tuple(found[key] for key in keys if key in found)
