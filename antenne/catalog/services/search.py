"""Writes to the tables that search reads: made again from what they are about, at any time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Expression, F, Q

from antenne.catalog.models import (
    Caption,
    CaptionLine,
    Channel,
    ChannelSearch,
    Playlist,
    PlaylistSearch,
    SearchWord,
    Tally,
    Video,
    VideoSearch,
    VideoTranslation,
)
from antenne.catalog.selectors.translations import translations_of
from antenne.catalog.selectors.videos import videos_public
from antenne.catalog.services.trends import trend_begin
from antenne.catalog.states import Audience, PlaylistKind, TallyKind, Visibility
from antenne.catalog.vectors import vector_of, vectors_joined
from antenne.catalog.wording import (
    PLAIN,
    configs_of,
    hashtags_of,
    segmented,
    tag_key,
    words_of,
)
from antenne.ffmpeg.cues import cues_joined, cues_read
from antenne.kernel.clock import now
from antenne.kernel.environment import environment
from antenne.kernel.ids import uuid7
from antenne.kernel.storage.opening import storage_open
from antenne.kernel.storage.protocol import ObjectMissing

# PostgreSQL keeps at most a megabyte of words for one row.
_SPOKEN_MAX_CHARS: Final = 200_000
_DESCRIPTION_MAX_CHARS: Final = 10_000
_TRANSLATED_MAX_CHARS: Final = 2_000
_LINES_MAX: Final = 20_000
_BATCH: Final = 500
_TAGS_MAX: Final = 40
STALE: Final = datetime(2000, 1, 1, tzinfo=UTC)
_WORD_LEAST_CHARS: Final = 3
_FOUND_PLAYLISTS: Final = Q(kind=PlaylistKind.NAMED, audience=Audience.EVERYBODY)


@transaction.atomic
def video_index(*, video_id: UUID) -> None:
    """Write what a video is found by; a removed one is found no more."""
    video = (
        Video.objects.select_related("channel")
        .select_for_update(of=("self",), no_key=True)
        .filter(pk=video_id)
        .first()
    )
    if video is None:
        return
    tags = _tags(video)
    translations = list(translations_of(video))
    titles = [video.title, *(row.title for row in translations)]
    words = segmented(" ".join([*titles, *tags, video.channel.name, video.channel.handle]))
    head = _head(video, tags, translations)
    VideoSearch.objects.update_or_create(
        video=video,
        defaults={
            **_narrowing(video),
            "tags": tags,
            "words": words,
            "head": head,
            "vector": _with_spoken(video, head, translations),
            "made_at": now(),
        },
    )
    if video.visibility == Visibility.PUBLIC and video.published_at is not None:
        words_add(words)
        trend_begin(video=video)


def _tags(video: Video) -> list[str]:
    found = [*map(tag_key, video.tags), *hashtags_of(f"{video.title}\n{video.description}")]
    return [tag for tag in dict.fromkeys(found) if tag][:_TAGS_MAX]


def _narrowing(video: Video) -> dict[str, object]:
    """Return what lists are narrowed and ordered by."""
    spoken = Caption.objects.filter(video=video).values_list("language", flat=True)
    views = Tally.objects.filter(subject=video.pk, kind=TallyKind.VIEWS)
    return {
        "channel": video.channel,
        "audience": video.audience,
        "language": video.language.lower(),
        "category": video.category,
        "spoken": sorted({language.lower().partition("-")[0] for language in spoken}),
        "duration_ms": video.duration_ms or 0,
        "side_px": min(video.width_px or 0, video.height_px or 0),
        "published_at": video.published_at,
        "geo": video.geo,
        "geo_countries": video.geo_countries,
        "sensitive": video.sensitive,
        "views": sum(views.values_list("value", flat=True)),
    }


def _head(video: Video, tags: list[str], translations: Sequence[VideoTranslation]) -> Expression:
    """Return the words that rank; those of the title also as they are written."""
    description = video.description[:_DESCRIPTION_MAX_CHARS]
    configs = configs_of(video.language, f"{video.title} {description}")
    about = " ".join([*tags, video.channel.name, video.channel.handle])
    return vectors_joined(
        vector_of(video.title, *configs, PLAIN, weight="A"),
        vector_of(about, *configs, PLAIN, weight="B"),
        vector_of(description, *configs, weight="C"),
        *_titles(translations),
    )


def _titles(translations: Sequence[VideoTranslation]) -> Iterator[Expression]:
    """Return the words of titles in further languages; there may be forty of them."""
    for row in translations:
        yield vector_of(row.title, *configs_of(row.language, row.title), PLAIN, weight="A")


def _with_spoken(
    video: Video, head: Expression, translations: Sequence[VideoTranslation]
) -> Expression:
    """Return the words that find: *head*, descriptions in further languages, what is said in it."""
    described = (
        vector_of(row.description[:_TRANSLATED_MAX_CHARS], *configs_of(row.language, row.title))
        for row in translations
        if row.description
    )
    said: dict[str, list[str]] = defaultdict(list)
    lines = CaptionLine.objects.filter(video=video).order_by("pk")
    for language, text in lines.values_list("caption__language", "text"):
        said[language].append(text)
    spoken = (
        vector_of(" ".join(texts)[:_SPOKEN_MAX_CHARS], *configs_of(language, " ".join(texts[:40])))
        for language, texts in said.items()
    )
    return vectors_joined(head, *described, *spoken)


def words_add(words: str) -> None:
    """Know words that everybody may find at once; `words_count` says how often each is used."""
    new = {word for word in words_of(words) if len(word) >= _WORD_LEAST_CHARS}
    rows = [SearchWord(word=word, uses=1) for word in sorted(new)]
    SearchWord.objects.bulk_create(rows, ignore_conflicts=True)


def caption_index(*, caption_id: UUID) -> None:
    """Write what is said in a caption track, line by line, and find its video by it."""
    caption = Caption.objects.select_related("video").filter(pk=caption_id).first()
    if caption is None:
        return
    lines = _lines(caption)
    with transaction.atomic():
        kept = Caption.objects.select_for_update(of=("self",)).filter(pk=caption_id).first()
        if kept is None or kept.path != caption.path:
            return
        CaptionLine.objects.filter(caption=kept).delete()
        for line in lines:
            line.audience = kept.audience
        CaptionLine.objects.bulk_create(lines, batch_size=_BATCH)
    video_index(video_id=caption.video_id)


def _lines(caption: Caption) -> list[CaptionLine]:
    """Return the lines of a track; none where its object is gone."""
    key = f"media/{caption.video.public_id}/{caption.path}"
    try:
        webvtt = storage_open(environment()).get(key).decode(errors="replace")
    except ObjectMissing:
        return []
    cues = list(cues_joined(cues_read(webvtt)))[:_LINES_MAX]
    sample = " ".join(cue.text for cue in cues[:40])
    configs = configs_of(caption.language, sample)
    return [
        CaptionLine(
            id=uuid7(),
            video=caption.video,
            caption=caption,
            start_ms=cue.start_ms,
            text=cue.text,
            vector=vector_of(cue.text, *configs),
        )
        for cue in cues
    ]


@transaction.atomic
def channel_index(*, channel_id: UUID) -> None:
    """Write what a channel is found by; its videos, which bear its name, follow in their turn."""
    channel = Channel.objects.select_for_update(no_key=True).filter(pk=channel_id).first()
    if channel is None:
        return
    configs = configs_of("", channel.description)
    names = vector_of(f"{channel.name} {channel.handle}", *configs, PLAIN, weight="A")
    said = vector_of(channel.description, *configs, weight="C")
    followers = Tally.objects.filter(subject=channel.pk, kind=TallyKind.FOLLOWERS)
    ChannelSearch.objects.update_or_create(
        channel=channel,
        defaults={
            "head": vectors_joined(names, said),
            "followers": sum(followers.values_list("value", flat=True)),
            "videos": videos_public().filter(channel=channel).count(),
            "made_at": now(),
        },
    )
    VideoSearch.objects.filter(channel=channel).update(made_at=STALE)


@transaction.atomic
def playlist_index(*, playlist_id: UUID) -> None:
    """Write what a public playlist is found by; any other is found no more."""
    rows = Playlist.objects.select_for_update(no_key=True)
    playlist = rows.filter(_FOUND_PLAYLISTS, pk=playlist_id).first()
    if playlist is None:
        PlaylistSearch.objects.filter(playlist=playlist_id).delete()
        return
    configs = configs_of("", f"{playlist.title} {playlist.description}")
    about = " ".join([playlist.description, *hashtags_of(playlist.description)])
    words = segmented(playlist.title)
    PlaylistSearch.objects.update_or_create(
        playlist=playlist,
        defaults={
            "words": words,
            "head": vectors_joined(
                vector_of(playlist.title, *configs, PLAIN, weight="A"),
                vector_of(about, *configs, PLAIN, weight="C"),
            ),
            "made_at": now(),
        },
    )
    words_add(words)


def search_catch_up(*, most: int = _BATCH) -> int:
    """Write what is missing or older than what it is about; return how much that was."""
    channels = Channel.objects.filter(found__isnull=True).values_list("pk", flat=True)
    for key in (found := list(channels[:most])):
        channel_index(channel_id=key)
    stale = Q(found__isnull=True) | Q(found__made_at__lt=F("updated_at"))
    videos = list(Video.objects.filter(stale).values_list("pk", flat=True)[:most])
    for key in videos:
        video_index(video_id=key)
    missing = Playlist.objects.filter(_FOUND_PLAYLISTS, found__isnull=True)
    lists = list(missing.values_list("pk", flat=True)[:most])
    for key in lists:
        playlist_index(playlist_id=key)
    return len(videos) + len(found) + len(lists)
