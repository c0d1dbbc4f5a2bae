"""Refusing a file by name, at whichever stage it is found out."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db import transaction

from antenne.catalog.services.videos import video_describe
from antenne.catalog.states import State
from antenne.kernel.events import event_send
from antenne.kernel.facts import Fact, fact_record
from antenne.pipeline.models import Stream, Upload
from antenne.pipeline.selectors import uploads_stuck
from antenne.pipeline.states import StreamState, UploadState

STUCK_S: Final = 120
_GIVEN_UP_AFTER_S: Final = 30 * 60
FAILED: Final = "failed"


def uploads_rescue() -> int:
    """Hand out again whole uploads that fell by the wayside; refuse what stays there too long.

    Returns how many. Every handler may run twice, so one that was only slow does no harm.
    """
    hopeless = uploads_stuck(for_s=_GIVEN_UP_AFTER_S)
    for upload in hopeless:
        upload_refuse(upload_id=upload.pk, code=FAILED, detail="no worker could look into it")
    stuck = list(uploads_stuck(for_s=STUCK_S))
    for upload in stuck:
        _again(upload)
    return len(stuck)


@transaction.atomic
def _again(upload: Upload) -> None:
    payload: dict[str, str | int] = {"upload": str(upload.pk), "priority": 90}
    if upload.probe is None:
        fact_record(Fact("upload.finished", payload))
    else:
        fact_record(Fact("source.probed", payload))


@transaction.atomic
def upload_refuse(*, upload_id: UUID, code: str, detail: str) -> None:
    """Refuse a file; a video that played before goes on playing, another says why it does not."""
    rows = Upload.objects.select_for_update(of=("self",)).select_related("video")
    upload = rows.filter(pk=upload_id).first()
    if upload is None:
        return
    upload.state = UploadState.REFUSED
    upload.refusal = code
    upload.refusal_detail = detail[:2000]
    upload.save(update_fields=["state", "refusal", "refusal_detail"])
    Stream.objects.filter(upload=upload).update(state=StreamState.REFUSED)
    video = upload.video
    if video is not None and not video.playable:
        video_describe(video_id=video.pk, state=State.REFUSED, refusal=code)
    event_send(f"video:{upload.video_public_id}", "refused", code=code)
    fact_record(Fact("source.refused", {"upload": str(upload.pk)}))
