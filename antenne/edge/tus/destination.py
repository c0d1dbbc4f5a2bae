"""Brings an upload's bytes from the spool to the object store: at the end, or in parts."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from antenne.edge.tus.spool import Spool
from antenne.edge.tus.state import Upload, Uploads
from antenne.kernel.storage.protocol import ObjectMissing, Part, Storage

_PART_BYTES: Final = 8 * 1024 * 1024
_MAX_PARTS: Final = 9_000  # S3 allows 10,000


class Destination:
    """The object store; with *in_parts* the disk never holds more than about one part."""

    def __init__(self, storage: Storage, uploads: Uploads, *, in_parts: bool) -> None:
        self._storage = storage
        self._uploads = uploads
        self._in_parts = in_parts

    def ship(self, upload: Upload) -> Upload:
        """Send the full parts on and drop them from the disk; return the upload as it is now.

        A crash at any point only repeats parts: number and bytes follow from what was recorded.
        """
        size = max(_PART_BYTES, -(-upload.size_bytes // _MAX_PARTS))
        spool = Spool(self._uploads.folder(upload.id), upload)
        if not self._in_parts or upload.partial or spool.length() < size:
            return upload
        upload = self._begun(upload)
        sent = []
        with spool.path.open("rb") as file:
            for number in range(
                len(upload.parts) + 1, len(upload.parts) + 1 + spool.length() // size
            ):
                data = file.read(size)
                sent.append(
                    self._storage.multipart_part(
                        upload.object_key, upload.multipart_id, number, data
                    )
                )
            rest = file.read()
        return self._shorten(upload, spool, tuple(sent), rest)

    def finish(self, upload: Upload) -> None:
        """Make the upload an object; doing so again changes nothing."""
        if upload.multipart_id:
            self._complete(upload)
            return
        spool = Spool(self._uploads.folder(upload.id), upload)
        if not spool.path.exists():
            if self._is_there(upload):
                return
            spool.settle()  # an upload of no bytes
        self._storage.put_file(upload.object_key, spool.path)

    def give_up(self, upload: Upload) -> None:
        """Drop what was kept here and there."""
        if upload.multipart_id:
            self._storage.multipart_abort(upload.object_key, upload.multipart_id)
        Spool(self._uploads.folder(upload.id), upload).discard()

    def remove(self, upload: Upload) -> None:
        """Remove the object that the upload became."""
        self._storage.delete(upload.object_key)

    def _begun(self, upload: Upload) -> Upload:
        if upload.multipart_id:
            return upload
        upload_id = self._storage.multipart_begin(upload.object_key)
        upload = replace(upload, multipart_id=upload_id)
        self._uploads.keep(upload)
        return upload

    def _shorten(self, upload: Upload, spool: Spool, sent: tuple[Part, ...], rest: bytes) -> Upload:
        """Begin a new file behind the parts *sent*; the old one counts until that is recorded."""
        shipped = replace(
            upload,
            parts=upload.parts + sent,
            base_bytes=upload.base_bytes + sum(part.size_bytes for part in sent),
        )
        after = Spool(self._uploads.folder(upload.id), shipped)
        after.path.unlink(missing_ok=True)
        after.write(rest)
        after.settle()
        self._uploads.keep(shipped)
        spool.path.unlink()
        return shipped

    def _complete(self, upload: Upload) -> None:
        if self._is_there(upload):
            return
        spool = Spool(self._uploads.folder(upload.id), upload)
        parts = upload.parts
        if spool.length():
            last = self._storage.multipart_part(
                upload.object_key, upload.multipart_id, len(parts) + 1, spool.path.read_bytes()
            )
            parts = (*parts, last)
        self._storage.multipart_complete(upload.object_key, upload.multipart_id, parts)
        spool.discard()

    def _is_there(self, upload: Upload) -> bool:
        try:
            return self._storage.stat(upload.object_key).size_bytes == upload.size_bytes
        except ObjectMissing:
            return False
