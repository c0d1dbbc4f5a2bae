"""What is known of an upload, and the folder in which it is kept."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from antenne.edge.replies import Problem
from antenne.edge.tus.protocol import LOCKED
from antenne.kernel.storage.protocol import Part

_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.[1-9]\d{0,2})?")
_INFO: Final = "info.json"


class State(StrEnum):
    """Where an upload stands; all but the first are kept for a while as a tombstone."""

    OPEN = "open"
    STORED = "stored"  # it is an object, but the web has not been told
    FINISHED = "finished"
    TERMINATED = "terminated"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Upload:
    """One upload; *expires_s* is in Unix seconds.

    Towards a bucket, *parts* were sent as the multipart upload *multipart_id* and the file on the
    disk begins behind them, at *base_bytes*.
    """

    id: str
    person: str
    size_bytes: int
    metadata: str
    expires_s: int
    state: State = State.OPEN
    partial: bool = False
    concat: str = ""
    multipart_id: str = ""
    parts: tuple[Part, ...] = ()
    base_bytes: int = 0

    @property
    def whole_id(self) -> str:
        """The upload that this one is a part of, or itself."""
        return self.id.partition(".")[0]

    @property
    def object_key(self) -> str:
        """The key of the object that it becomes."""
        return f"sources/{self.id}"


def upload_id_valid(upload_id: str) -> bool:
    """Say whether *upload_id* has the form of one, and so is safe as the name of a folder."""
    return _ID.fullmatch(upload_id) is not None


class Uploads:
    """The folders of all uploads on this machine; every change to one is made under its lock."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)

    def folder(self, upload_id: str) -> Path:
        """Return where the upload lies, or would."""
        if not upload_id_valid(upload_id):
            msg = f"{upload_id!r} is no upload"
            raise ValueError(msg)
        return self.root / upload_id

    def load(self, upload_id: str) -> Upload | None:
        """Return the upload, or None."""
        if not upload_id_valid(upload_id):
            return None
        try:
            fields = json.loads((self.folder(upload_id) / _INFO).read_text())
        except FileNotFoundError:
            return None
        parts = tuple(Part(**part) for part in fields.pop("parts"))
        return Upload(**{**fields, "state": State(fields["state"]), "parts": parts})

    def keep(self, upload: Upload) -> None:
        """Write the upload; it is on the disk when this returns."""
        folder = self.folder(upload.id)
        folder.mkdir(exist_ok=True)
        draft = folder / f"{_INFO}.draft"
        with draft.open("w") as file:
            json.dump(asdict(upload), file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(folder / _INFO)
        folder_sync(folder)

    def ids(self) -> Iterator[str]:
        """Yield the names of all uploads."""
        for entry in sorted(self.root.iterdir()):
            if upload_id_valid(entry.name):
                yield entry.name

    def parts_of(self, upload_id: str) -> list[str]:
        """Return the names of the partial uploads of *upload_id*."""
        return [name for name in self.ids() if name.startswith(f"{upload_id}.")]

    @contextmanager
    def lock(self, upload_id: str) -> Iterator[None]:
        """Hold the upload against all other requests and processes; raise `LOCKED`.

        The kernel lets go of it when the process dies, however it dies.
        """
        folder = self.folder(upload_id)
        folder.mkdir(exist_ok=True)
        with (folder / "lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise LOCKED() from None
            yield

    def is_locked(self, upload_id: str) -> bool:
        """Say whether some request is writing to the upload now."""
        try:
            with self.lock(upload_id):
                return False
        except Problem:
            return True

    def remove(self, upload_id: str) -> None:
        """Forget the upload altogether."""
        shutil.rmtree(self.folder(upload_id), ignore_errors=True)


def folder_sync(folder: Path) -> None:
    """Make the names in *folder* outlive a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
