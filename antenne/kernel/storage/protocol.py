"""What every object store promises, and the names of what may go wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

_SEGMENT: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")
_MAX_KEY_CHARS: Final = 512


class StorageError(Exception):
    """The parent of everything that a store refuses or fails at."""


class KeyRefused(StorageError):
    """The key could lead outside of the store, or is not one that we write."""


class ObjectMissing(StorageError):
    """No object of this key, or no multipart upload of this name, is kept."""


class StorageUnavailable(StorageError):
    """The store did not do what it was asked; asking again later may help."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One object as a listing shows it."""

    key: str
    size_bytes: int
    etag: str
    modified: datetime


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a multipart upload that the store has accepted; numbers begin at 1."""

    number: int
    etag: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Multipart:
    """A multipart upload that was neither completed nor aborted."""

    key: str
    upload_id: str
    started: datetime


def key_check(key: str) -> str:
    """Return *key*, or raise `KeyRefused`.

    A key is folders and a name of ASCII letters, digits, `_`, `-` and `.`, joined by `/`; no part
    begins with a dot, so `..`, hidden files and our own drafts cannot be named.
    """
    if len(key) > _MAX_KEY_CHARS or not all(_SEGMENT.fullmatch(part) for part in key.split("/")):
        msg = f"{key[:_MAX_KEY_CHARS]!r} cannot be the key of an object"
        raise KeyRefused(msg)
    return key


def prefix_check(prefix: str) -> str:
    """Return *prefix*, a folder without its last `/` or empty for all; else raise `KeyRefused`."""
    return prefix and key_check(prefix)


class Storage(Protocol):
    """A store of immutable or whole-replaced objects.

    A write is seen whole or not at all. Every method raises `KeyRefused` on a key that is none of
    ours and `StorageUnavailable` where the store fails.
    """

    def put(self, key: str, data: bytes) -> None:
        """Write *data*, replacing what was there."""

    def put_file(self, key: str, path: Path) -> None:
        """Take the file at *path* over: afterwards it is the object, and gone from *path*."""

    def get(self, key: str) -> bytes:
        """Return the whole object; raise `ObjectMissing`."""

    def get_range(self, key: str, start: int, end: int) -> bytes:
        """Return the bytes from *start* up to, not including, *end*; raise `ObjectMissing`."""

    def stat(self, key: str) -> Stored:
        """Describe the object; raise `ObjectMissing`."""

    def list(self, prefix: str) -> Iterator[Stored]:
        """Yield the objects below the folder *prefix* in the order of their keys."""

    def delete(self, key: str) -> None:
        """Remove the object; nothing happens where there is none."""

    def delete_prefix(self, prefix: str) -> int:
        """Remove every object below the folder *prefix* and return how many there were."""

    def local_path(self, key: str) -> Path | None:
        """Return where the object lies on this machine (it may be missing), or None."""

    def fetch(self, key: str, to: Path) -> None:
        """Copy the object to the file *to*, whole or not at all; raise `ObjectMissing`."""

    def presign(self, key: str, expires_s: int) -> str | None:
        """Return an address that serves the object for *expires_s* seconds, or None."""

    def multipart_begin(self, key: str) -> str:
        """Begin an object in parts and return the name of the upload."""

    def multipart_part(self, key: str, upload_id: str, number: int, data: bytes) -> Part:
        """Keep part *number*, replacing it if it was sent before; raise `ObjectMissing`."""

    def multipart_complete(self, key: str, upload_id: str, parts: Sequence[Part]) -> None:
        """Make *parts*, in their order, the object; raise `ObjectMissing`."""

    def multipart_abort(self, key: str, upload_id: str) -> None:
        """Throw the parts away; nothing happens where there is no such upload."""

    def multipart_list(self, prefix: str) -> tuple[Multipart, ...]:
        """Return the unfinished multipart uploads below the folder *prefix*."""

    def sweep(self, older_than_s: int) -> int:
        """Remove what killed writers left behind longer ago, and return how many pieces."""
