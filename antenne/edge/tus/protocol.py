"""The words of tus 1.0.0: headers read into values, with a named refusal for each that is wrong."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from functools import partial
from typing import Final

from antenne.edge.replies import Headers, Problem

VERSION: Final = "1.0.0"
EXTENSIONS: Final = "creation,creation-with-upload,expiration,checksum,termination,concatenation"
ALGORITHMS: Final = ("sha1", "sha256", "md5")
BODY_TYPE: Final = "application/offset+octet-stream"
BASE_PATH: Final = "/uploads"
_MAX_METADATA_CHARS: Final = 4096
_NUMBER: Final = re.compile(r"\d{1,18}")

RESUMABLE: Final = ("tus-resumable", VERSION)
MISSING: Final = partial(Problem, 404, "upload-missing", "There is no such upload.")
GONE: Final = partial(Problem, 410, "upload-gone", "This upload has expired or was given up.")
LOCKED: Final = partial(
    Problem,
    423,
    "upload-locked",
    "Another request is writing to this upload.",
    (("retry-after", "1"),),
)


@dataclass(frozen=True, slots=True)
class Checksum:
    """What the body of a request must hash to."""

    algorithm: str
    digest: bytes

    def matches(self, hasher: hashlib._Hash) -> bool:
        """Say whether *hasher* has seen the right bytes."""
        return hasher.digest() == self.digest

    def hasher(self) -> hashlib._Hash:
        """Return a hash to feed; these guard against damage, not against people."""
        return hashlib.new(self.algorithm, usedforsecurity=False)


@dataclass(frozen=True, slots=True)
class Concat:
    """What Upload-Concat says: a part of a whole, or the whole made of the uploads *parts*."""

    partial: bool
    parts: tuple[str, ...]


def version_check(version: str) -> None:
    """Raise a `Problem` where the client speaks another tus."""
    if version != VERSION:
        detail = f"This server speaks tus {VERSION}."
        raise Problem(412, "tus-version", detail, (("tus-version", VERSION),))


def number_parse(name: str, text: str) -> int:
    """Return the number in the header *name*; raise a `Problem`."""
    if not _NUMBER.fullmatch(text):
        raise Problem(400, "header-invalid", f"{name} must be a number of bytes.")
    return int(text)


def metadata_parse(header: str) -> dict[str, str]:
    """Return Upload-Metadata as text by name; raise a `Problem`."""
    if len(header) > _MAX_METADATA_CHARS:
        raise Problem(400, "metadata-too-long", "Upload-Metadata is too long.")
    values = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        name, _, encoded = pair.partition(" ")
        try:
            values[name] = base64.b64decode(encoded.strip(), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            detail = f"Upload-Metadata: {name[:64]} is not Base64 of UTF-8."
            raise Problem(400, "metadata-invalid", detail) from None
    return values


def checksum_parse(header: str) -> Checksum | None:
    """Return what Upload-Checksum announces, None where there is none; raise a `Problem`."""
    if not header:
        return None
    algorithm, _, encoded = header.partition(" ")
    if algorithm not in ALGORITHMS:
        detail = "Upload-Checksum may use " + ", ".join(ALGORITHMS) + "."
        raise Problem(400, "checksum-unknown", detail)
    try:
        digest = base64.b64decode(encoded.strip(), validate=True)
    except binascii.Error:
        raise Problem(400, "checksum-invalid", "Upload-Checksum is not Base64.") from None
    return Checksum(algorithm=algorithm, digest=digest)


def concat_parse(header: str) -> Concat | None:
    """Return what Upload-Concat says, None where there is none; raise a `Problem`."""
    if not header:
        return None
    if header == "partial":
        return Concat(partial=True, parts=())
    kind, _, addresses = header.partition(";")
    parts = tuple(address.rstrip("/").rpartition("/")[2] for address in addresses.split())
    if kind != "final" or not parts:
        raise Problem(400, "concat-invalid", "Upload-Concat is `partial` or `final;` and uploads.")
    return Concat(partial=False, parts=parts)


def options_headers(size_max_bytes: int) -> Headers:
    """Return what the server can do."""
    return [
        RESUMABLE,
        ("tus-version", VERSION),
        ("tus-extension", EXTENSIONS),
        ("tus-max-size", str(size_max_bytes)),
        ("tus-checksum-algorithm", ",".join(ALGORITHMS)),
    ]
