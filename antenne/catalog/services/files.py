"""Writes to whole files, to whose are taken, and to what channels offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from antenne.accounts.models import Person
from antenne.catalog.models import ChannelOffer, FileWish, MediaFile, Video
from antenne.catalog.selectors.channels import channel_owned
from antenne.catalog.selectors.files import KEPT, Offer, files_of, files_wanted, wishes_stale
from antenne.kernel.clock import now
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.rate import Rate, rate_spend

TAKE_RATE: Final = Rate("catalog.files", limit=60, window_s=3600)
"""For each address: how often it may be the first to ask on a day."""
_DAILY: Final = timedelta(days=1)
_SOON: Final = timedelta(minutes=5)
_FED_PRIORITY: Final = 5
_AWAITED_PRIORITY: Final = 90


@dataclass(frozen=True, slots=True)
class FileMade:
    """A file that lies in the store."""

    path: str
    type: str
    size_bytes: int
    width_px: int = 0
    height_px: int = 0


@transaction.atomic
def media_files_put(*, video_id: UUID, stream: str, files: Sequence[FileMade]) -> bool:
    """Name the files of what a video plays; False where it has gone or plays another stream."""
    video = Video.objects.select_for_update().filter(pk=video_id, stream=stream).first()
    if video is None:
        return False
    MediaFile.objects.filter(video=video).exclude(path__in=[file.path for file in files]).delete()
    for file in files:
        MediaFile.objects.update_or_create(
            video=video,
            path=file.path,
            home=video.home,
            defaults={
                "audience": video.audience,
                "type": file.type,
                "size_bytes": file.size_bytes,
                "width_px": file.width_px,
                "height_px": file.height_px,
            },
        )
    Video.objects.filter(pk=video.pk).update(updated_at=now())
    fact_record(Fact("files.made", {"video": str(video.pk)}))
    return True


def files_take(*, videos: Sequence[UUID], channel: UUID | None, address: str) -> None:
    """Note that a feed with these videos is read, which may be the one of a *channel*.

    Writes once a day however often it is read. Raises `RateExceeded` where the reader at
    *address* was the first to ask for too much.
    """
    subjects = [*videos, channel] if channel else list(videos)
    stale = wishes_stale(subjects, after=_DAILY)
    if stale:
        rate_spend(TAKE_RATE, address)
        _wish(stale, priority=_FED_PRIORITY)


def file_await(*, video: Video, address: str) -> None:
    """Note that somebody waits for the files of a video; raise `RateExceeded` as `files_take`."""
    made = files_of([video])[video.pk]
    if wishes_stale([video.pk], after=_DAILY if made else _SOON):
        rate_spend(TAKE_RATE, address)
        _wish([video.pk], priority=_AWAITED_PRIORITY)


@transaction.atomic
def _wish(subjects: Sequence[UUID], *, priority: int) -> None:
    """Keep that these are asked for, in one order for all; have made what is not."""
    rows = [FileWish(subject=subject) for subject in sorted(subjects)]
    FileWish.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["subject"], update_fields=["asked_at"]
    )
    wanted = files_wanted().filter(pk__in=subjects).order_by("-published_at")
    for key in wanted.values_list("pk", flat=True):
        fact_record(Fact("file.asked", {"video": str(key), "priority": priority}))


@transaction.atomic
def media_file_drop(*, file: MediaFile) -> None:
    """Name a file no longer."""
    MediaFile.objects.filter(pk=file.pk).delete()
    Video.objects.filter(pk=file.video_id).update(updated_at=now())


def wishes_forget() -> None:
    """Forget what nobody has asked for any more."""
    FileWish.objects.filter(asked_at__lt=now() - KEPT).delete()


@transaction.atomic
def offer_set(*, by: Person, handle: str, offer: Offer) -> None:
    """Say what a channel of one's own hands to other sites."""
    channel = channel_owned(handle, by=by)
    ChannelOffer.objects.update_or_create(
        channel=channel,
        defaults={
            "home": channel.home,
            "files": offer.files,
            "rights": offer.rights,
            "ahead": offer.ahead,
        },
    )
