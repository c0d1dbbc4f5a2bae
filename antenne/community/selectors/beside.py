"""What is shown beside the videos that a search finds: the first few of everything else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import JSONObject

from antenne.accounts.models import Person
from antenne.catalog.asking import Asking, Stemmable
from antenne.catalog.models import Channel, ChannelSearch, Playlist
from antenne.catalog.selectors.onlookers import ANYBODY, Onlooker
from antenne.catalog.selectors.playlist_search import playlists_near
from antenne.catalog.selectors.search import channels_found, channels_likely, channels_listed
from antenne.catalog.wording import CONFIGS
from antenne.community.models import Group, GroupMember, Post, PostPhoto
from antenne.community.selectors.photos import first_photos
from antenne.community.selectors.search import groups_near, posts_readable, posts_weighed
from antenne.community.states import INSIDE
from antenne.custody.selectors import setting_of
from antenne.custody.settings import FeatureSettings
from antenne.kernel.nested import nested, nested_found, nested_read
from antenne.kernel.written import keys_in, keys_text, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

Told = Mapping[str, Any]
# So many times as many channels are looked at as are shown: in most of them there is something.
_SPARE: Final = 4
_CHANNEL: Final = JSONObject(
    channel=nested(Channel, "channel__"), followers="followers", videos="videos"
)
_PLAYLIST: Final = JSONObject(playlist=nested(Playlist), person=nested(Person, "person__"))
_GROUP: Final = JSONObject(
    group=nested(Group),
    size=Subquery(
        GroupMember.objects.filter(group=OuterRef("pk"), role__in=INSIDE)
        .order_by()
        .values("group")
        .annotate(size=Count("pk"))
        .values("size")
    ),
)
_POST: Final = JSONObject(
    post=nested(Post),
    channel=nested(Channel, "channel__"),
    group=nested(Group, "group__"),
    person=nested(Person, "person__"),
    photo=Subquery(first_photos().filter(post=OuterRef("pk")).values(told=nested(PostPhoto))[:1]),
)


@dataclass(frozen=True, slots=True)
class Beside:
    """The first few of everything that is no video, how large groups are, what posts picture."""

    channels: tuple[ChannelSearch, ...] = ()
    playlists: tuple[Playlist, ...] = ()
    groups: tuple[Group, ...] = ()
    posts: tuple[Post, ...] = ()
    sizes: Mapping[UUID, int] = field(default_factory=dict)
    photos: Mapping[UUID, PostPhoto] = field(default_factory=dict)


def beside_found(asking: Asking, *, onlooker: Onlooker = ANYBODY, most: int = 3) -> Beside:
    """Return the *most* nearest of each kind (two queries at most; seldom another, for channels).

    The first says which they are: most words find nothing of most kinds, which are not read then.
    """
    keys = _keys(asking, onlooker, most)
    if not keys:
        return Beside()
    told = _told(keys, most)
    channels = tuple(map(_channel, told["channel"]))
    if len(channels) < most and len(keys["channel"]) == _SPARE * most:
        channels = channels_found(asking, onlooker=onlooker, size=most).rows
    posts = tuple(map(_post, told["post"]))
    photos = (nested_found(PostPhoto, row["photo"]) for row in told["post"])
    return Beside(
        channels=channels,
        playlists=tuple(map(_playlist, told["playlist"])),
        groups=tuple(nested_read(Group, row["group"]) for row in told["group"]),
        posts=posts,
        sizes={UUID(row["group"]["id"]): row["size"] or 0 for row in told["group"]},
        photos={photo.post_id: photo for photo in photos if photo},
    )


def _channel(row: Told) -> ChannelSearch:
    channel = nested_read(Channel, row["channel"])
    return ChannelSearch(channel=channel, followers=row["followers"], videos=row["videos"])


def _playlist(row: Told) -> Playlist:
    playlist = nested_read(Playlist, row["playlist"])
    playlist.person = nested_read(Person, row["person"])
    return playlist


def _post(row: Told) -> Post:
    post = nested_read(Post, row["post"])
    post.channel = nested_found(Channel, row["channel"])
    post.group = nested_found(Group, row["group"])
    post.person = nested_read(Person, row["person"])
    return post


def _told(keys: Mapping[str, Sequence[UUID]], most: int) -> dict[str, list[Told]]:
    """Return what is told of the rows with these keys, by kind, in their order (one query)."""
    places = {key: place for kind in keys.values() for place, key in enumerate(kind)}
    found: dict[str, list[Told]] = defaultdict(list)
    rows = _rows(keys_text(places), kinds=tuple(keys), most=most)
    for kind, _key, row in sorted(rows, key=lambda row: places[row[1]]):
        found[kind].append(row)
    return found


@written
def _rows(keys: str, *, kinds: tuple[str, ...], most: int) -> QuerySet[Any, tuple[str, UUID, Told]]:
    """Return the kind of each, its key, and what is told of it."""
    among = keys_in(keys)
    listed = channels_listed().filter(pk__in=among).order_by("-followers", "-pk")
    ways: dict[str, QuerySet[Any, tuple[str, UUID, Told]]] = {
        "channel": listed.values_list(Value("channel"), "pk", _CHANNEL)[:most],
        "playlist": Playlist.objects.filter(pk__in=among).values_list(
            Value("playlist"), "pk", _PLAYLIST
        ),
        "group": Group.objects.filter(pk__in=among).values_list(Value("group"), "pk", _GROUP),
        "post": Post.objects.filter(pk__in=among).values_list(Value("post"), "pk", _POST),
    }
    first, *others = (ways[kind] for kind in kinds)
    return first.union(*others, all=True) if others else first


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
