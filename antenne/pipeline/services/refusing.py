"""Refusing a file by name, at whichever stage it is found out."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from antenne.catalog.services import video_describe
from antenne.catalog.states import State
from antenne.kernel.events import event_send
from antenne.kernel.facts import Fact, fact_record
from antenne.pipeline.models import Stream, Upload
from antenne.pipeline.states import StreamState, UploadState


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
