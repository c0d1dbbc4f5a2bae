"""Objects as files below one folder, written whole by renaming."""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from antenne.kernel.ids import uuid7
from antenne.kernel.storage.protocol import (
    KeyRefused,
    Multipart,
    ObjectMissing,
    Part,
    Stored,
    key_check,
    prefix_check,
)

_DRAFTS: Final = ".drafts"
_PARTS: Final = ".parts"


class LocalStorage:
    """A folder; with *durable* every write is on the disk before it returns."""

    def __init__(self, root: Path, *, durable: bool = True) -> None:
        root.mkdir(parents=True, exist_ok=True)
        self.root = root.resolve()
        self.durable = durable
        for folder in (_DRAFTS, _PARTS):
            (self.root / folder).mkdir(exist_ok=True)

    def put(self, key: str, data: bytes) -> None:
        """Write *data*, replacing what was there."""
        path = self._path(key)
        draft = self._draft()
        draft.write_bytes(data)
        self._take(draft, path)

    def put_file(self, key: str, path: Path) -> None:
        """Rename the file into place; across file systems, copy it and remove it."""
        target = self._path(key)
        try:
            self._take(path, target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            draft = self._draft()
            shutil.copyfile(path, draft)
            self._take(draft, target)
            path.unlink()

    def get(self, key: str) -> bytes:
        """Return the whole object; raise `ObjectMissing`."""
        try:
            return self._path(key).read_bytes()
        except (FileNotFoundError, IsADirectoryError) as error:
            raise ObjectMissing(key) from error

    def get_range(self, key: str, start: int, end: int) -> bytes:
        """Return the bytes from *start* up to, not including, *end*; raise `ObjectMissing`."""
        try:
            with self._path(key).open("rb") as file:
                file.seek(start)
                return file.read(max(0, end - start))
        except (FileNotFoundError, IsADirectoryError) as error:
            raise ObjectMissing(key) from error

    def stat(self, key: str) -> Stored:
        """Describe the object; raise `ObjectMissing`."""
        path = self._path(key)
        if not path.is_file():
            raise ObjectMissing(key)
        return self._stored(path)

    def list(self, prefix: str) -> Iterator[Stored]:
        """Yield the objects below the folder *prefix* in the order of their keys."""
        found = []
        for folder, names, files in os.walk(self.root / prefix_check(prefix)):
            names[:] = [name for name in names if not name.startswith(".")]
            found += [Path(folder, name) for name in files if not name.startswith(".")]
        for path in sorted(found, key=lambda path: path.relative_to(self.root).as_posix()):
            try:
                yield self._stored(path)
            except FileNotFoundError:  # deleted while we were walking
                continue

    def delete(self, key: str) -> None:
        """Remove the object and the folders that it leaves empty."""
        path = self._path(key)
        path.unlink(missing_ok=True)
        self._prune(path.parent)

    def delete_prefix(self, prefix: str) -> int:
        """Remove every object below the folder *prefix* and return how many there were."""
        keys = [stored.key for stored in self.list(prefix)]
        for key in keys:
            self.delete(key)
        return len(keys)

    def local_path(self, key: str) -> Path | None:
        """Return where the object lies, or would."""
        return self._path(key)

    def fetch(self, key: str, to: Path) -> None:
        """Copy the object to the file *to*, whole or not at all; raise `ObjectMissing`."""
        draft = to.with_name(f".{to.name}.{uuid7().hex}")
        try:
            shutil.copyfile(self._path(key), draft)
        except (FileNotFoundError, IsADirectoryError) as error:
            raise ObjectMissing(key) from error
        draft.replace(to)

    def presign(self, key: str, expires_s: int) -> None:
        """Return None: files have no address of their own."""
        key_check(key)
        del expires_s

    def multipart_begin(self, key: str) -> str:
        """Begin an object in parts and return the name of the upload."""
        self._path(key)
        upload_id = uuid7().hex
        folder = self.root / _PARTS / upload_id
        folder.mkdir()
        (folder / "key").write_text(key)
        return upload_id

    def multipart_part(self, key: str, upload_id: str, number: int, data: bytes) -> Part:
        """Keep part *number*, replacing it if it was sent before; raise `ObjectMissing`."""
        draft = self._draft()
        draft.write_bytes(data)
        self._take(draft, self._parts(key, upload_id) / f"{number:05}")
        return Part(number=number, etag=f"{number}-{len(data)}", size_bytes=len(data))

    def multipart_complete(self, key: str, upload_id: str, parts: Sequence[Part]) -> None:
        """Make *parts*, in their order, the object; raise `ObjectMissing`."""
        folder = self._parts(key, upload_id)
        draft = self._draft()
        with draft.open("wb") as whole:
            for part in parts:
                with (folder / f"{part.number:05}").open("rb") as file:
                    shutil.copyfileobj(file, whole)
        self._take(draft, self._path(key))
        shutil.rmtree(folder)

    def multipart_abort(self, key: str, upload_id: str) -> None:
        """Throw the parts away; nothing happens where there is no such upload."""
        try:
            shutil.rmtree(self._parts(key, upload_id))
        except ObjectMissing:
            return

    def multipart_list(self, prefix: str) -> tuple[Multipart, ...]:
        """Return the unfinished multipart uploads below the folder *prefix*."""
        below = f"{prefix_check(prefix)}/" if prefix else ""
        found = []
        for note in sorted((self.root / _PARTS).glob("*/key")):
            started = datetime.fromtimestamp(note.stat().st_mtime, UTC)
            found.append(Multipart(note.read_text(), note.parent.name, started))
        return tuple(upload for upload in found if upload.key.startswith(below))

    def sweep(self, older_than_s: int) -> int:
        """Remove drafts and parts that killed writers left behind longer ago."""
        before = time.time() - older_than_s
        left = [*(self.root / _DRAFTS).iterdir(), *(self.root / _PARTS).iterdir()]
        stale = [path for path in left if path.stat().st_mtime <= before]
        for path in stale:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        return len(stale)

    def _path(self, key: str) -> Path:
        path = self.root / key_check(key)
        if not path.resolve().is_relative_to(self.root):
            msg = f"{key!r} leads out of the store by a symbolic link"
            raise KeyRefused(msg)
        return path

    def _parts(self, key: str, upload_id: str) -> Path:
        folder = self.root / _PARTS / key_check(upload_id)
        if not folder.is_dir() or (folder / "key").read_text() != key_check(key):
            raise ObjectMissing(upload_id)
        return folder

    def _draft(self) -> Path:
        return self.root / _DRAFTS / uuid7().hex

    def _take(self, draft: Path, path: Path) -> None:
        if self.durable:
            _to_disk(draft)
        while True:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                draft.replace(path)
            except FileNotFoundError:
                # A deletion may have pruned the new folder; a missing draft is a real fault.
                if not draft.exists():
                    raise
            else:
                break
        if self.durable:
            _to_disk(path.parent)

    def _prune(self, folder: Path) -> None:
        while folder != self.root:
            try:
                folder.rmdir()
            except OSError:  # not empty, or gone already
                return
            folder = folder.parent

    def _stored(self, path: Path) -> Stored:
        facts = path.stat()
        return Stored(
            key=path.relative_to(self.root).as_posix(),
            size_bytes=facts.st_size,
            etag=f"{facts.st_mtime_ns:x}-{facts.st_size:x}",
            modified=datetime.fromtimestamp(facts.st_mtime, UTC),
        )


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
