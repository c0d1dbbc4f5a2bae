"""Reads of whole files, and of what channels offer to other sites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from antenne.catalog.models import Channel, ChannelOffer, FileWish, MediaFile, Video
from antenne.catalog.states import State, Visibility
from antenne.kernel.clock import now

KEPT: Final = timedelta(days=90)
"""How long a file is kept after somebody asked for it the last time."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a channel hands on: *files* of its videos, and the *rights* to show them elsewhere.

    Files are made for whoever asks; *ahead* has them made before anybody does.
    """

    files: bool = True
    rights: bool = False
    ahead: bool = False


def files_of(videos: Sequence[Video]) -> dict[UUID, list[MediaFile]]:
    """Return the files of what each of *videos* plays now (one query)."""
    streams = {video.pk: f"{video.stream}/" for video in videos}
    found: dict[UUID, list[MediaFile]] = defaultdict(list)
    for file in MediaFile.objects.filter(video__in=list(streams)):
        if file.path.startswith(streams[file.video_id]):
            found[file.video_id].append(file)
    return found


def offers_of(channels: Sequence[UUID]) -> dict[UUID, Offer]:
    """Return what each of *channels* offers (one query)."""
    rows = ChannelOffer.objects.filter(channel__in=list(channels))
    said = {row.channel_id: Offer(row.files, row.rights, row.ahead) for row in rows}
    return {channel: said.get(channel, Offer()) for channel in channels}


def offer_of(channel: Channel) -> Offer:
    """Return what one channel offers."""
    return offers_of([channel.pk])[channel.pk]


def feeds_name_files(video: Video) -> bool:
    """Say whether feeds may name files of a video: it is public, and its channel offers them."""
    return (
        video.visibility == Visibility.PUBLIC
        and offers_of([video.channel_id])[video.channel_id].files
    )


def files_wanted() -> QuerySet[Video]:
    """Return complete videos whose files somebody takes, and of whose stream there is none."""
    folder = Concat(OuterRef("stream"), Value("/"))
    made = MediaFile.objects.filter(video=OuterRef("pk"), path__startswith=folder)
    return _taken().filter(state=State.READY).exclude(Exists(made))


def files_forsaken() -> QuerySet[MediaFile]:
    """Return the files that nobody has taken for as long as files are kept."""
    taken = _taken().filter(pk=OuterRef("video"))
    return MediaFile.objects.filter(created_at__lt=now() - KEPT).exclude(Exists(taken))


def _taken() -> QuerySet[Video]:
    """Return videos that somebody asked for, and public ones of channels whose feeds are read."""
    asked = FileWish.objects.filter(asked_at__gt=now() - KEPT)
    alone = Exists(asked.filter(subject=OuterRef("pk")))
    followed = Exists(
        asked.filter(subject=OuterRef("channel"), began_at__lt=OuterRef("published_at"))
    )
    fed = Q(visibility=Visibility.PUBLIC) & ~Q(channel__offer__files=False)
    return Video.objects.filter(alone | (fed & (Q(channel__offer__ahead=True) | followed)))


def wishes_stale(subjects: Sequence[UUID], *, after: timedelta) -> list[UUID]:
    """Return those of *subjects* whose files nobody has asked for since *after* (one query)."""
    rows = FileWish.objects.filter(subject__in=list(subjects), asked_at__gt=now() - after)
    fresh = set(rows.values_list("subject", flat=True))
    return [subject for subject in subjects if subject not in fresh]
