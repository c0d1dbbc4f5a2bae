"""What is shown beside the videos that a search finds: the first few of everything else."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar
from uuid import UUID

from django.db.models import Value

from antenne.accounts.models import Person
from antenne.catalog.asking import Asking, Stemmable
from antenne.catalog.models import Playlist
from antenne.catalog.selectors.onlookers import ANYBODY, Onlooker
from antenne.catalog.selectors.playlist_search import playlists_near
from antenne.catalog.selectors.search import channels_among, channels_found, channels_likely
from antenne.catalog.wording import CONFIGS
from antenne.community.models import Group, Post
from antenne.community.selectors.search import groups_near, posts_readable, posts_weighed
from antenne.custody.selectors import setting_of
from antenne.custody.settings import FeatureSettings
from antenne.kernel.written import written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model, QuerySet

    from antenne.catalog.models import ChannelSearch

Row = TypeVar("Row", bound="Model")
# So many times as many channels are looked at as are shown: in most of them there is something.
_SPARE: Final = 4


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
    offered = setting_of(FeatureSettings)
    if onlooker.channels or onlooker.people or onlooker.words:
        rows = list(_nearest(asking, onlooker, offered=offered, most=most))
    else:
        wanted, unwanted = asking.stemmable
        viewer = (onlooker.person.pk,) if onlooker.person else ()
        rows = _nearest_written(*wanted, *unwanted, *viewer, offered=offered, most=most)
    found: dict[str, list[UUID]] = defaultdict(list)
    for kind, key in rows:
        found[kind].append(key)
    return found


@written
def _nearest_written(
    *values: str | UUID, offered: FeatureSettings, most: int
) -> QuerySet[ChannelSearch, tuple[str, UUID]]:
    """Return the nearest for somebody who has nothing blocked.

    *values* are what each stemmer is given, wanted and unwanted, and the key of who is signed in.
    """
    texts = tuple(value for value in values if isinstance(value, str))
    keys = [value for value in values if isinstance(value, UUID)]
    asking = Stemmable(given=(texts[: len(CONFIGS)], texts[len(CONFIGS) :]))
    onlooker = Onlooker(person=Person(pk=keys[0]) if keys else None)
    return _nearest(asking, onlooker, offered=offered, most=most)


def _nearest(
    asking: Asking, onlooker: Onlooker, *, offered: FeatureSettings, most: int
) -> QuerySet[ChannelSearch, tuple[str, UUID]]:
    first: tuple[str, str] = ("-score", "-pk")
    readable = posts_readable(onlooker, offered=offered).filter(head=asking.query())
    playlists = playlists_near(asking, onlooker=onlooker, offered=offered).order_by(*first)
    groups = groups_near(asking, onlooker=onlooker, offered=offered).order_by(*first)
    posts = posts_weighed(readable, asking).order_by(*first)
    channels = channels_likely(asking, onlooker=onlooker)[: _SPARE * most]
    return channels.values_list(Value("channel"), "pk").union(
        playlists.values_list(Value("playlist"), "pk")[:most],
        groups.values_list(Value("group"), "pk")[:most],
        posts.values_list(Value("post"), "pk")[:most],
        all=True,
    )


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
