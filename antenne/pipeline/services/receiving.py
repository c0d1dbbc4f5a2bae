"""Taking in a file that already lies on this machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from antenne.kernel.environment import environment
from antenne.kernel.storage.opening import storage_open
from antenne.pipeline.models import Upload

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
