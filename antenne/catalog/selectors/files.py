"""Reads of whole files, and of what channels offer to other sites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Concat

from antenne.catalog.models import Channel, ChannelOffer, MediaFile, Video
from antenne.catalog.states import State, Visibility


@dataclass(frozen=True, slots=True)
class Offer:
    """What a channel hands on: *files* of its videos, and the *rights* to show them elsewhere."""

    files: bool = True
    rights: bool = False


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
    said = {row.channel_id: Offer(files=row.files, rights=row.rights) for row in rows}
    return {channel: said.get(channel, Offer()) for channel in channels}


def offer_of(channel: Channel) -> Offer:
    """Return what one channel offers."""
    return offers_of([channel.pk])[channel.pk]


def files_wanted() -> QuerySet[Video]:
    """Return complete public videos of channels that offer files, of whose stream there is none."""
    folder = Concat(OuterRef("stream"), Value("/"))
    made = MediaFile.objects.filter(video=OuterRef("pk"), path__startswith=folder)
    complete = Video.objects.filter(visibility=Visibility.PUBLIC, state=State.READY)
    return complete.exclude(Exists(made)).exclude(channel__offer__files=False)
