"""Objects in an S3-compatible bucket, below one prefix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Final

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import S3Store

from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7
from antenne.kernel.storage.content_types import content_type
from antenne.kernel.storage.multipart import MultipartCalls
from antenne.kernel.storage.protocol import (
    Multipart,
    ObjectMissing,
    Part,
    StorageUnavailable,
    Stored,
    key_check,
    prefix_check,
)
from antenne.kernel.storage.sigv4 import Credentials

_DELETE_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Bucket:
    """Which bucket, where, and the folder in it that is ours (may be empty)."""

    name: str
    prefix: str
    endpoint: str
    credentials: Credentials


class S3Storage:
    """A bucket, addressed by path: what every S3-compatible server understands."""

    def __init__(self, bucket: Bucket) -> None:
        who = bucket.credentials
        endpoint = bucket.endpoint or f"https://s3.{who.region}.amazonaws.com"
        self._prefix = f"{bucket.prefix}/" if bucket.prefix else ""
        self._store = S3Store(
            bucket.name,
            endpoint=endpoint,
            region=who.region,
            access_key_id=who.key,
            secret_access_key=who.secret,
            virtual_hosted_style_request=False,
            client_options={"allow_http": endpoint.startswith("http://")},
        )
        self._multipart = MultipartCalls(f"{endpoint}/{bucket.name}", who)

    def put(self, key: str, data: bytes) -> None:
        """Write *data*, replacing what was there."""
        with _named(key):
            obstore.put(
                self._store, self._key(key), data, attributes={"Content-Type": content_type(key)}
            )

    def put_file(self, key: str, path: Path) -> None:
        """Send the file, in parts where it is large, then remove it from *path*."""
        with _named(key):
            obstore.put(
                self._store, self._key(key), path, attributes={"Content-Type": content_type(key)}
            )
        path.unlink()

    def get(self, key: str) -> bytes:
        """Return the whole object; raise `ObjectMissing`."""
        with _named(key):
            return bytes(obstore.get(self._store, self._key(key)).bytes())

    def get_range(self, key: str, start: int, end: int) -> bytes:
        """Return the bytes from *start* up to, not including, *end*; raise `ObjectMissing`."""
        if end <= start:
            self.stat(key)
            return b""
        with _named(key):
            return bytes(obstore.get_range(self._store, self._key(key), start=start, end=end))

    def stat(self, key: str) -> Stored:
        """Describe the object; raise `ObjectMissing`."""
        with _named(key):
            return self._stored(obstore.head(self._store, self._key(key)))

    def list(self, prefix: str) -> Iterator[Stored]:
        """Yield the objects below the folder *prefix* in the order of their keys."""
        below = self._prefix + prefix_check(prefix)
        with _named(prefix):
            for page in obstore.list(self._store, below or None):
                yield from (self._stored(meta) for meta in page)

    def delete(self, key: str) -> None:
        """Remove the object; nothing happens where there is none."""
        try:
            with _named(key):
                obstore.delete(self._store, self._key(key))
        except ObjectMissing:
            return

    def delete_prefix(self, prefix: str) -> int:
        """Remove every object below the folder *prefix* and return how many there were."""
        keys = [self._key(stored.key) for stored in self.list(prefix)]
        for first in range(0, len(keys), _DELETE_AT_ONCE):
            with _named(prefix):
                obstore.delete(self._store, keys[first : first + _DELETE_AT_ONCE])
        return len(keys)

    def local_path(self, key: str) -> None:
        """Return None: the object is elsewhere."""
        key_check(key)

    def fetch(self, key: str, to: Path) -> None:
        """Copy the object to the file *to*, whole or not at all; raise `ObjectMissing`."""
        draft = to.with_name(f".{to.name}.{uuid7().hex}")
        try:
            with _named(key), draft.open("wb") as file:
                for piece in obstore.get(self._store, self._key(key)):
                    file.write(piece)
            draft.replace(to)
        finally:
            draft.unlink(missing_ok=True)

    def presign(self, key: str, expires_s: int) -> str | None:
        """Return an address that serves the object for *expires_s* seconds."""
        with _named(key):
            return obstore.sign(
                self._store, "GET", self._key(key), expires_in=timedelta(seconds=expires_s)
            )

    def multipart_begin(self, key: str) -> str:
        """Begin an object in parts and return the name of the upload."""
        return self._multipart.begin(self._key(key))

    def multipart_part(self, key: str, upload_id: str, number: int, data: bytes) -> Part:
        """Keep part *number*, replacing it if it was sent before; raise `ObjectMissing`."""
        return self._multipart.part(self._key(key), upload_id, number, data)

    def multipart_complete(self, key: str, upload_id: str, parts: Sequence[Part]) -> None:
        """Make *parts*, in their order, the object; raise `ObjectMissing`."""
        self._multipart.complete(self._key(key), upload_id, parts)

    def multipart_abort(self, key: str, upload_id: str) -> None:
        """Throw the parts away; nothing happens where there is no such upload."""
        try:
            self._multipart.abort(self._key(key), upload_id)
        except ObjectMissing:
            return

    def multipart_list(self, prefix: str) -> tuple[Multipart, ...]:
        """Return the unfinished multipart uploads below the folder *prefix*."""
        below = self._prefix + (f"{prefix_check(prefix)}/" if prefix else "")
        return tuple(
            replace(upload, key=upload.key.removeprefix(self._prefix))
            for upload in self._multipart.list(below)
        )

    def sweep(self, older_than_s: int) -> int:
        """Abort the multipart uploads that were begun longer ago."""
        before = now() - timedelta(seconds=older_than_s)
        stale = [upload for upload in self.multipart_list("") if upload.started <= before]
        for upload in stale:
            self.multipart_abort(upload.key, upload.upload_id)
        return len(stale)

    def _key(self, key: str) -> str:
        return self._prefix + key_check(key)

    def _stored(self, meta: obstore.ObjectMeta) -> Stored:
        return Stored(
            key=meta["path"].removeprefix(self._prefix),
            size_bytes=meta["size"],
            etag=(meta["e_tag"] or "").strip('"'),
            modified=meta["last_modified"],
        )


@contextmanager
def _named(key: str) -> Iterator[None]:
    """Give obstore's errors the names of this package."""
    try:
        yield
    except (NotFoundError, FileNotFoundError) as error:
        raise ObjectMissing(key) from error
    except BaseError as error:
        raise StorageUnavailable(str(error)) from error
