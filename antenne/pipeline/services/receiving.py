"""Taking in the bytes of a file, wherever they came from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db import transaction

from antenne.accounts.models import Person
from antenne.catalog.models import Video
from antenne.catalog.services.videos import video_describe
from antenne.catalog.states import State
from antenne.kernel.clock import now
from antenne.kernel.environment import environment
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.storage.opening import storage_open
from antenne.pipeline.models import Upload
from antenne.pipeline.selectors import bytes_kept, quota_of
from antenne.pipeline.services.refusing import upload_refuse
from antenne.pipeline.states import ImportRefusal, UploadState

_READ_BYTES: Final = 4 * 1024 * 1024


def file_receive(
    *, upload: Upload, path: Path, on_progress: Callable[[int], None] = lambda _bytes: None
) -> int:
    """Copy *path* into the store as the upload's source and return its size in bytes.

    The file itself stays where it is; a copy that was cut short is never seen by the store.
    """
    drafts = environment().home / "uploads" / str(upload.pk)
    drafts.mkdir(parents=True, exist_ok=True)
    draft = drafts / "data"
    done = 0
    with path.open("rb") as source, draft.open("wb") as target:
        while data := source.read(_READ_BYTES):
            target.write(data)
            done += len(data)
            on_progress(done)
    storage_open(environment()).put_file(upload.object_key, draft)
    drafts.rmdir()
    return done


@transaction.atomic
def upload_finish(*, upload_id: UUID, size_bytes: int) -> Upload | None:
    """Note that every byte is in the store; told twice it changes nothing.

    Returns None where the upload is unknown or its video has been removed: its bytes may go. A file
    whose size nobody had announced is refused where it does not fit into what its person may keep.
    """
    upload = Upload.objects.select_for_update().filter(pk=upload_id).first()
    if upload is None or upload.video_id is None:
        return None
    if upload.state == UploadState.FINISHED:
        return upload
    announced = upload.size_bytes is not None or upload.state != UploadState.RECEIVING
    upload.state = UploadState.FINISHED
    upload.size_bytes = size_bytes
    upload.finished_at = now()
    upload.save(update_fields=["state", "size_bytes", "finished_at"])
    if not announced and not _fits(upload.person_id):
        words = f"{size_bytes} bytes that were not announced"
        upload_refuse(upload_id=upload.pk, code=ImportRefusal.NO_ROOM, detail=words)
        return upload
    video = Video.objects.get(pk=upload.video_id)
    if not video.playable:
        video_describe(video_id=video.pk, state=State.PROCESSING, refusal="")
    fact_record(Fact("upload.finished", {"upload": str(upload.pk), "priority": 90}))
    return upload


def _fits(person_id: UUID) -> bool:
    """Say whether a person keeps no more than they may; others of theirs wait to be counted."""
    person = Person.objects.select_for_update(no_key=True).get(pk=person_id)
    return bytes_kept(person) <= quota_of(person)
