"""Deleting what nobody may or will watch any more."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from antenne.catalog.models import Video
from antenne.catalog.states import State
from antenne.kernel.clock import now
from antenne.kernel.environment import environment
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.storage.opening import storage_open
from antenne.pipeline.models import Dub, Rendition, Stream, Upload
from antenne.pipeline.services.chunks import folder_of
from antenne.pipeline.services.refusing import FAILED, upload_refuse
from antenne.pipeline.states import ImportRefusal, RenditionState, StreamState, UploadState

ABANDONED: Final = timedelta(days=8)
"""Longer than the ticket of an upload holds."""
FETCH_MOST: Final = timedelta(hours=6)
CUT_MOST: Final = timedelta(hours=24)
ENCODED_AFTER_ALL: Final = "e"
"""Ends the name of a stream that was first to be copied: its first folder may hold objects."""
_CHUNK: Final = re.compile(r"\d{5}-\d+\.m4s")
# A path signed before lives five minutes; a page that plays on from before needs a little more.
PATHS_OUTLIVED_S: Final = 15 * 60


def objects_clear(*, public_id: str) -> None:
    """Delete every object of a removed video and the rows that named its sources.

    It may run twice; a worker in the midst of it finds its unit gone and deletes what it stored.
    """
    storage = storage_open(environment())
    storage.delete_prefix(f"media/{public_id}")
    for upload in Upload.objects.filter(video_public_id=public_id, video=None):
        storage.delete(upload.object_key)
        upload.delete()


def source_clear(*, upload_id: UUID) -> None:
    """Delete a file that was refused: it counts into nobody's storage.

    One that we could not look into, whatever it is, stays until its video is removed.
    """
    refused = Upload.objects.filter(pk=upload_id, state=UploadState.REFUSED)
    upload = refused.exclude(refusal=FAILED).first()
    if upload is not None:
        storage_open(environment()).delete(upload.object_key)


def stream_clear(*, stream_id: UUID) -> None:
    """Delete a replaced stream, its objects and the file it was made of.

    A file that another was cut out of is kept, to go back to; so is a stream that plays again.
    """
    rows = Stream.objects.select_related("video", "upload__cut_of")
    stream = rows.filter(pk=stream_id, state=StreamState.RETIRED).first()
    if stream is None:
        return
    storage = storage_open(environment())
    for name in {stream.name, stream.name.removesuffix(ENCODED_AFTER_ALL)}:
        storage.delete_prefix(f"media/{stream.video.public_id}/{name}")
    if _cuts_of(stream.upload):
        _upload_keep(stream)
        return
    whole = stream.upload.cut_of
    storage.delete(stream.upload.object_key)
    stream.upload.delete()
    if whole is not None and whole.state == UploadState.KEPT and not _cuts_of(whole):
        storage.delete(whole.object_key)
        whole.delete()


def stream_sweep(*, stream_id: UUID) -> None:
    """Delete the chunks of a complete stream that no row names: their worker died in between."""
    rows = Stream.objects.select_related("video")
    stream = rows.filter(pk=stream_id, state=StreamState.COMPLETE).first()
    if stream is None:
        return
    storage = storage_open(environment())
    for rendition in Rendition.objects.filter(stream=stream).select_related("stream__video"):
        folder = folder_of(rendition)
        named = set(rendition.chunks.values_list("object_name", flat=True))
        for stored in list(storage.list(folder)):
            name = stored.key.removeprefix(f"{folder}/")
            if _CHUNK.fullmatch(name) and name not in named:
                storage.delete(stored.key)


def _cuts_of(upload: Upload) -> bool:
    """Say whether something that plays, or will, was cut out of a file."""
    return upload.cuts.exclude(state=UploadState.REFUSED).exists()


@transaction.atomic
def _upload_keep(stream: Stream) -> None:
    stream.delete()
    Upload.objects.filter(pk=stream.upload.pk).update(state=UploadState.KEPT)


def uploads_clean() -> None:
    """Forget uploads that never came, and delete renditions that a better one has replaced."""
    endless = Upload.objects.filter(state=UploadState.FETCHING, created_at__lt=now() - FETCH_MOST)
    for upload in endless:
        upload_refuse(
            upload_id=upload.pk, code=ImportRefusal.TOOK_TOO_LONG, detail="it never came to an end"
        )
    uncut = Upload.objects.filter(state=UploadState.CUTTING, created_at__lt=now() - CUT_MOST)
    for upload in uncut:
        upload_refuse(upload_id=upload.pk, code="cut_failed", detail="it never came to an end")
    abandoned = Upload.objects.filter(state=UploadState.RECEIVING, created_at__lt=now() - ABANDONED)
    for upload in abandoned.select_related("video"):
        _abandoned_forget(upload)
    retired = Rendition.objects.filter(
        state=RenditionState.RETIRED,
        stream__completed_at__lt=now() - timedelta(seconds=PATHS_OUTLIVED_S),
        chunks__isnull=False,
    )
    for rendition in retired.select_related("stream__video").distinct():
        rendition_clear(rendition)


@transaction.atomic
def _abandoned_forget(upload: Upload) -> None:
    video = upload.video
    upload.delete()
    if video is not None and video.state == State.AWAITING:
        Video.objects.filter(pk=video.pk).delete()


def rendition_clear(rendition: Rendition) -> None:
    """Delete the objects and chunks of one retired rendition."""
    stream = rendition.stream
    prefix = f"media/{stream.video.public_id}/{stream.name}/{rendition.name}"
    storage_open(environment()).delete_prefix(prefix)
    rendition.chunks.all().delete()


def person_clear(*, person_id: UUID) -> None:
    """Delete the files that somebody who leaves has sent, then say that none is left.

    What they brought to other people's videos is those people's from now on.
    """
    storage = storage_open(environment())
    for upload in Upload.objects.filter(person=person_id).select_related("video__channel"):
        if not _handed_on(upload, person_id):
            storage.delete(upload.object_key)
            upload.delete()
    for dub in Dub.objects.filter(person=person_id).select_related("video__channel"):
        if not _handed_on(dub, person_id):
            storage.delete(dub.object_key)
            dub.delete()
    fact_record(Fact("person.cleared", {"person": str(person_id)}))


def _handed_on(row: Upload | Dub, person_id: UUID) -> bool:
    """Give a file to the owner of its video; say whether that is somebody else."""
    video = row.video
    if video is None or video.channel.person_id == person_id:
        return False
    type(row)._default_manager.filter(pk=row.pk).update(person=video.channel.person_id)
    return True
