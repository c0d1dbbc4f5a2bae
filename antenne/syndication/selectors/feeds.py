"""What a feed holds: public videos that can be watched, in the same few queries however many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote, urlencode
from uuid import UUID

from django.db.models import QuerySet

from antenne.catalog.asking import asking_read
from antenne.catalog.models import Caption, Channel, MediaFile, Video
from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.categories_shown import category_of
from antenne.catalog.selectors.channels import channel_by_handle
from antenne.catalog.selectors.elsewhere import embeddable
from antenne.catalog.selectors.files import Offer, files_of, offers_of
from antenne.catalog.selectors.playlists import playlist_seen
from antenne.catalog.selectors.search import found_by_all
from antenne.catalog.selectors.tallies import tallies_of
from antenne.catalog.selectors.videos import videos_public
from antenne.catalog.states import Geo
from antenne.catalog.wording import tag_key
from antenne.custody.selectors import setting_of
from antenne.custody.settings import SiteSettings
from antenne.delivery.selectors import master_open, media_base, picture_url
from antenne.kernel.environment import environment
from antenne.kernel.pagination import page_of
from antenne.pipeline.selectors import Tracks, tracks_of
from antenne.syndication.feeds.forms import ANNOUNCED, FORMS, Form
from antenne.syndication.feeds.items import Feed, FeedCaption, FeedFile, FeedItem
from antenne.syndication.places import Place, Scope

_TAG_MAX_CHARS: Final = 48
_NEVER: Final = datetime(2000, 1, 1, tzinfo=UTC)
_GEO: Final[dict[str, str]] = {Geo.ONLY: "allow", Geo.EXCEPT: "deny"}


class _Source:
    """What a scope stands for: its videos and what the list is called."""

    def __init__(
        self, videos: QuerySet[Video], *, title: str, path: str, channel: Channel | None = None
    ) -> None:
        self.videos = videos
        self.title = title
        self.path = path
        self.channel = channel


def feed_of(scope: Scope, form: str, *, place: Place, cursor: str = "") -> Feed:
    """Return one page of a feed.

    Raises `NotFound` where there is no such list and `CursorRefused` for a page that is none.
    """
    source, asked = _source(scope), FORMS[form]
    videos = _in_language(source.videos, scope, asked)
    page = page_of(videos, by="published_at", cursor=cursor, size=asked.size)
    items = items_of(page.rows, place=place, promises=asked.files)
    first_url = place.site + scope.path(form)
    return Feed(
        title=source.title,
        text=source.channel.description if source.channel else "",
        home_url=place.site + source.path,
        self_url=place.site + scope.path(form, cursor),
        first_url=first_url,
        next_url=place.site + scope.path(form, page.next_cursor) if page.next_cursor else "",
        hub_url=f"{place.site}/hub",
        image_url=items[0].poster_url if items else "",
        language=_language(items, scope),
        author=source.channel.name if source.channel else setting_of(SiteSettings).name,
        updated_at=max((item.updated_at for item in items), default=_NEVER),
        key=f"urn:uuid:{source.channel.pk}" if source.channel else first_url,
        channel_id=source.channel.pk if source.channel else None,
        items=items,
    )


def _in_language(videos: QuerySet[Video], scope: Scope, form: Form) -> QuerySet[Video]:
    """Return the videos of the language asked for; a portal gets one language in any case."""
    if scope.language:
        return videos.filter(language__istartswith=scope.language)
    if not form.one_language:
        return videos
    newest = (
        videos.exclude(language="").order_by("-published_at").values_list("language", flat=True)
    )
    first = newest.first()
    return videos.filter(language__in=[first, ""]) if first else videos


def _language(items: Sequence[FeedItem], scope: Scope) -> str:
    """Return the language of the feed, where it has one."""
    spoken = {item.language for item in items} - {""}
    one = spoken.pop() if len(spoken) == 1 else ""
    return scope.language or one or environment().language


def _source(scope: Scope) -> _Source:
    make = _SOURCES.get(scope.kind)
    if make is None or "\0" in scope.key:
        raise NotFound(scope.kind)
    return make(scope.key)


def _site(_key: str) -> _Source:
    return _Source(videos_public(), title=setting_of(SiteSettings).name, path="/")


def _channel(key: str) -> _Source:
    channel = channel_by_handle(key)
    videos = videos_public().filter(channel=channel)
    path = f"/c/{channel.handle}"
    return _Source(videos, title=channel.name, path=path, channel=channel)


def _category(key: str) -> _Source:
    found = category_of(key)
    if found is None:
        raise NotFound(key)
    title = f"{found.name} · {setting_of(SiteSettings).name}"
    path = f"/categories/{key}"
    return _Source(videos_public().filter(category=key), title=title, path=path)


def _tag(key: str) -> _Source:
    tag = tag_key(key)
    if not tag or len(key) > _TAG_MAX_CHARS:
        raise NotFound(key)
    title = f"#{tag} · {setting_of(SiteSettings).name}"
    tagged = videos_public().filter(found__tags__contains=[tag])
    return _Source(tagged, title=title, path=f"/tag/{quote(tag)}")


def _playlist(key: str) -> _Source:
    """Return what the public may watch of a list that is not private."""
    found = playlist_seen(key, viewer=None)
    videos = videos_public().filter(listings__playlist=found)
    return _Source(videos, title=found.title, path=f"/playlists/{found.public_id}")


def _search(key: str) -> _Source:
    asking = asking_read(key)
    if asking.empty:
        raise NotFound(key)
    found = found_by_all().filter(vector=asking.query())
    title = f"{key} · {setting_of(SiteSettings).name}"
    path = f"/search?{urlencode({'q': key})}"
    return _Source(videos_public().filter(pk__in=found.values("pk")), title=title, path=path)


_SOURCES: Final[dict[str, Callable[[str], _Source]]] = {
    "site": _site,
    "channel": _channel,
    "category": _category,
    "tag": _tag,
    "playlist": _playlist,
    "search": _search,
}


def feeds_announced(scope: Scope, *, place: Place) -> tuple[tuple[str, str, str], ...]:
    """Return type, address and title of the feeds that a page tells readers of."""
    return tuple(
        (FORMS[form].type, place.site + scope.path(form), FORMS[form].name) for form in ANNOUNCED
    )


def items_of(
    videos: Sequence[Video], *, place: Place, promises: bool = False
) -> tuple[FeedItem, ...]:
    """Return public videos as feeds say them, with *promises* of files that are not made yet."""
    keys = [video.pk for video in videos]
    tallies = tallies_of(keys)
    captions: dict[UUID, list[Caption]] = defaultdict(list)
    for caption in Caption.objects.filter(video__in=keys).order_by("label"):
        captions[caption.video_id].append(caption)
    files, offers = files_of(videos), offers_of([video.channel_id for video in videos])
    unmade = tracks_of([video for video in videos if not files[video.pk]]) if promises else {}
    return tuple(
        _item(
            video,
            place,
            _Beside(
                captions[video.pk],
                tallies.get(video.pk, {}),
                files[video.pk],
                _promised(video, unmade.get(video.pk), place),
                offers[video.channel_id],
            ),
        )
        for video in videos
    )


def _promised(video: Video, tracks: Tracks | None, place: Place) -> tuple[FeedFile, ...]:
    """Return the files that a video can have, with about the bytes of their tracks."""
    if tracks is None:
        return ()
    both_bytes = tracks.picture_bytes + tracks.sound_bytes
    film, sound = place.file(video.public_id, "mp4"), place.file(video.public_id, "m4a")
    found = []
    if tracks.picture is not None:
        size = (tracks.picture.width_px, tracks.picture.height_px)
        found.append(FeedFile(film, "video/mp4", both_bytes, *size))
    if tracks.sound is not None:
        found.append(FeedFile(sound, "audio/mp4", tracks.sound_bytes))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands in other tables about a video."""

    captions: list[Caption]
    counted: dict[str, int]
    files: list[MediaFile]
    promised: tuple[FeedFile, ...]
    offer: Offer


def _open_part(video: Video, place: Place, beside: _Beside) -> tuple[str, _Beside]:
    """Return where a video's files are, and those that everybody may fetch.

    Paths of a video that is not open everywhere are signed for one viewer at a time.
    """
    base, expires_s = media_base(video, edge=place.edge)
    if expires_s:
        return base, replace(beside, captions=[], files=[], promised=())
    return base, beside if beside.offer.files else replace(beside, files=[], promised=())


def _item(video: Video, place: Place, beside: _Beside) -> FeedItem:
    base, shown = _open_part(video, place, beside)
    published_at = video.published_at or video.created_at
    chapters_url = f"{place.site}/feeds/chapters/{video.public_id}.json"
    return FeedItem(
        video_id=video.pk,
        public_id=video.public_id,
        title=video.title,
        text=video.description,
        link=place.watch(video.public_id),
        embed_url=place.embed(video.public_id) if embeddable(video) else "",
        hls_url=master_open(video, edge=place.edge),
        poster_url=picture_url(video, edge=place.edge, path=video.poster),
        published_at=published_at,
        updated_at=max(published_at, video.updated_at),
        duration_ms=video.duration_ms or 0,
        width_px=video.width_px or 0,
        height_px=video.height_px or 0,
        language=video.language,
        category=video.category,
        tags=tuple(video.tags),
        licence=video.licence,
        sensitive=video.sensitive,
        countries=(_GEO.get(video.geo, ""), tuple(video.geo_countries)),
        author=video.channel.name,
        author_url=place.channel(video.channel.handle),
        channel_id=video.channel.handle,
        views=beside.counted.get("views", 0),
        likes=beside.counted.get("likes", 0),
        captions=tuple(
            FeedCaption(row.language, row.label, f"{base}/{row.path}") for row in shown.captions
        ),
        files=tuple(
            FeedFile(f"{base}/{row.path}", row.type, row.size_bytes, row.width_px, row.height_px)
            for row in shown.files
        ),
        chapters_url=chapters_url if video.chapters else "",
        syndicated=beside.offer.rights,
        promised=shown.promised,
    )


def chapters_said(public_id: str) -> list[tuple[int, str]]:
    """Return the chapters (start in ms, title) of a public video; raise `NotFound`."""
    video = videos_public().filter(public_id=public_id).first()
    if video is None:
        raise NotFound(public_id)
    return [(row["start_ms"], row["title"]) for row in video.chapters]
