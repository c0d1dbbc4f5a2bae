"""The bytes of one upload on the disk, and the true offset that follows from them.

The offset is the length of the file: what has arrived counts, wherever a connection was cut. Bytes
that still await their checksum do not count: while there is a file `checking`, the number in it is
the offset, and whoever finds it without a writer throws the bytes behind it away.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from antenne.edge.tus.state import Upload, folder_sync

_CHECKING: Final = "checking"
_YIELD: Final = "yield"


class Spool:
    """The file of an upload; all but `offset` and `ask_to_yield` want its lock held."""

    def __init__(self, folder: Path, upload: Upload) -> None:
        self._folder = folder
        self._base_bytes = upload.base_bytes
        self.path = folder / f"data.{upload.base_bytes}"

    def offset(self) -> int:
        """Return how many bytes of the upload are kept, for certain: they are on the disk."""
        try:
            with self.path.open("rb") as file:
                os.fdatasync(file.fileno())
                length = os.fstat(file.fileno()).st_size
        except FileNotFoundError:
            length = 0
        return self._base_bytes + min(length, self._unchecked_from(length))

    def length(self) -> int:
        """Return the length of the file, what awaits its checksum included."""
        return self.path.stat().st_size if self.path.exists() else 0

    def recover(self) -> None:
        """Throw away what a dead writer left without having checked it."""
        marker = self._folder / _CHECKING
        if marker.exists():
            if self.path.exists():
                os.truncate(self.path, self._unchecked_from(0))
            marker.unlink()
        (self._folder / _YIELD).unlink(missing_ok=True)

    def check_begin(self) -> None:
        """Let what is written from now on not count before `check_end`."""
        draft = self._folder / f"{_CHECKING}.draft"
        with draft.open("w") as file:
            file.write(str(self.length()))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._folder / _CHECKING)
        folder_sync(self._folder)

    def check_end(self) -> None:
        """Let everything written count; it is on the disk when this returns."""
        self.settle()
        (self._folder / _CHECKING).unlink()
        folder_sync(self._folder)

    def write(self, data: bytes) -> None:
        """Append *data*; on a full disk raise `OSError` and keep what fitted."""
        view = memoryview(data)
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
        try:
            while view:
                view = view[os.write(descriptor, view) :]
        finally:
            os.close(descriptor)

    def settle(self) -> None:
        """Force what was written to the disk."""
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o640)
        try:
            os.fdatasync(descriptor)
        finally:
            os.close(descriptor)
        folder_sync(self._folder)

    def ask_to_yield(self) -> None:
        """Ask a writer that hears nothing from its client to give up its lock."""
        (self._folder / _YIELD).touch()

    def asked_to_yield(self) -> bool:
        """Say whether somebody wants the lock."""
        return (self._folder / _YIELD).exists()

    def discard(self) -> None:
        """Remove the bytes."""
        for path in self._folder.glob("data.*"):
            path.unlink(missing_ok=True)

    def _unchecked_from(self, otherwise: int) -> int:
        try:
            return int((self._folder / _CHECKING).read_text())
        except FileNotFoundError:
            return otherwise
