"""Writes to whole files, and to what channels offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from antenne.accounts.models import Person
from antenne.catalog.models import ChannelOffer, MediaFile, Video
from antenne.catalog.selectors.channels import channel_owned
from antenne.catalog.selectors.files import Offer
from antenne.kernel.clock import now
from antenne.kernel.facts import Fact, fact_record


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


@transaction.atomic
def offer_set(*, by: Person, handle: str, offer: Offer) -> None:
    """Say what a channel of one's own hands to other sites."""
    channel = channel_owned(handle, by=by)
    ChannelOffer.objects.update_or_create(
        channel=channel,
        defaults={"home": channel.home, "files": offer.files, "rights": offer.rights},
    )
