"""Stage 2: look into a file, in a private folder, and accept or refuse it by name."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from antenne.catalog.models import Video
from antenne.catalog.services.videos import video_describe
from antenne.ffmpeg.probe import Probe
from antenne.ffmpeg.refusals import RefusalCode, SourceRefused
from antenne.kernel.environment import environment
from antenne.kernel.facts import Fact, fact_record
from antenne.pipeline.models import Upload
from antenne.pipeline.services.refusing import upload_refuse
from antenne.pipeline.services.workplace import source_probed, workplace
from antenne.pipeline.states import UploadState


def source_look(*, upload_id: UUID) -> None:
    """Probe an upload; done twice it finds the same and records it once."""
    upload = Upload.objects.filter(pk=upload_id, state=UploadState.FINISHED).first()
    if upload is None or upload.probe is not None:
        return
    try:
        with workplace(upload) as place:
            probe = source_probed(upload, place)
        _length_check(probe)
    except SourceRefused as refusal:
        upload_refuse(upload_id=upload_id, code=str(refusal.code), detail=refusal.detail)
    else:
        _probe_keep(upload_id, probe)


def _length_check(probe: Probe) -> None:
    if probe.duration_ms > environment().video_max_s * 1000:
        raise SourceRefused(RefusalCode.TOO_LONG, f"{probe.duration_ms} ms")


@transaction.atomic
def _probe_keep(upload_id: UUID, probe: Probe) -> None:
    upload = Upload.objects.select_for_update().filter(pk=upload_id, probe__isnull=True).first()
    if upload is None or upload.video_id is None:
        return
    upload.probe = probe.to_json()
    upload.save(update_fields=["probe"])
    video = Video.objects.get(pk=upload.video_id)
    if not video.playable:
        video_describe(
            video_id=video.pk,
            duration_ms=probe.duration_ms,
            width_px=probe.video.width if probe.video else None,
            height_px=probe.video.height if probe.video else None,
        )
    fact_record(Fact("source.probed", {"upload": str(upload.pk), "priority": 90}))
