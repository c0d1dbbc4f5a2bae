"""Begins uploads: whole ones, parts of one, and the whole made of its parts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from antenne.edge.replies import Problem
from antenne.edge.rsgi import Headers
from antenne.edge.tus.protocol import GONE, MISSING, Concat, concat_parse, number_parse
from antenne.edge.tus.receiving import disk_check
from antenne.edge.tus.spool import Spool
from antenne.edge.tus.state import State, Upload, Uploads
from antenne.kernel.clock import unix_s

LIFE_S: Final = 24 * 3600
_MAX_PARTS: Final = 64
_BUCKET_SPOOL_BYTES: Final = 64 * 1024 * 1024
_COPY_BYTES: Final = 64 * 1024 * 1024

_CONFLICT: Final = partial(
    Problem, 409, "upload-exists", "This upload was already begun with another size."
)
_UNFINISHED_PART: Final = partial(
    Problem, 409, "concat-unfinished", "A part of this upload is not complete."
)


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a person may upload: one file of at most *size_max_bytes*."""

    upload: str
    person: str
    size_max_bytes: int


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for every upload here."""

    reserve_bytes: int
    in_parts: bool


class Creator:
    """Writes the first state of uploads; a repeated request finds what the first one made."""

    def __init__(self, uploads: Uploads, rules: Rules) -> None:
        self._uploads = uploads
        self._rules = rules

    def create(self, ticket: Ticket, headers: Headers) -> Upload:
        """Begin what *headers* ask for; raise a `Problem` and change nothing."""
        concat = concat_parse(headers.get("upload-concat", ""))
        metadata = headers.get("upload-metadata", "")
        if concat is not None and not concat.partial:
            return self._joined(ticket, concat, metadata)
        if headers.get("upload-defer-length", ""):
            raise Problem(400, "length-deferred", "Upload-Length must be given at creation.")
        size_bytes = number_parse("Upload-Length", headers.get("upload-length", ""))
        if concat is None:
            return self._whole(ticket, size_bytes, metadata)
        return self._part(ticket, size_bytes, metadata)

    def _whole(self, ticket: Ticket, size_bytes: int, metadata: str) -> Upload:
        size_check(size_bytes, ticket)
        with self._uploads.lock(ticket.upload):
            found = self._existing(ticket, size_bytes)
            if found is not None:
                return found
            spooled = min(size_bytes, _BUCKET_SPOOL_BYTES) if self._rules.in_parts else size_bytes
            with self._nothing_left(ticket.upload):
                disk_check(self._uploads.root, spooled, self._rules.reserve_bytes)
                upload = Upload(
                    ticket.upload, ticket.person, size_bytes, metadata, unix_s() + LIFE_S
                )
                self._uploads.keep(upload)
            return upload

    def _part(self, ticket: Ticket, size_bytes: int, metadata: str) -> Upload:
        parts = [self._loaded(name) for name in self._uploads.parts_of(ticket.upload)]
        size_check(size_bytes + sum(part.size_bytes for part in parts if part), ticket)
        disk_check(self._uploads.root, size_bytes, self._rules.reserve_bytes)
        for number in range(1, _MAX_PARTS + 1):
            upload_id = f"{ticket.upload}.{number}"
            try:
                self._uploads.folder(upload_id).mkdir()
            except FileExistsError:
                continue
            expires_s = unix_s() + LIFE_S
            upload = Upload(upload_id, ticket.person, size_bytes, metadata, expires_s, partial=True)
            self._uploads.keep(upload)
            return upload
        raise Problem(409, "concat-too-many", f"An upload has at most {_MAX_PARTS} parts.")

    def _joined(self, ticket: Ticket, concat: Concat, metadata: str) -> Upload:
        with self._uploads.lock(ticket.upload):
            found = self._uploads.load(ticket.upload)
            if found is not None and found.concat:
                return self._still_there(found)
            parts = [self._complete_part(ticket, name) for name in concat.parts]
            size_bytes = sum(part.size_bytes for part in parts)
            size_check(size_bytes, ticket)
            if found is not None:
                raise _CONFLICT()
            with self._nothing_left(ticket.upload):
                disk_check(self._uploads.root, size_bytes, self._rules.reserve_bytes)
                upload = Upload(
                    id=ticket.upload,
                    person=ticket.person,
                    size_bytes=size_bytes,
                    metadata=metadata,
                    expires_s=unix_s() + LIFE_S,
                    concat="final;" + " ".join(f"/uploads/{name}" for name in concat.parts),
                )
                self._join(upload, parts)
        for part in parts:
            self._uploads.remove(part.id)
        return upload

    def _join(self, upload: Upload, parts: list[Upload]) -> None:
        """Copy the parts one behind the other; they stay until the whole is on the disk."""
        spool = Spool(self._uploads.folder(upload.id), upload)
        draft = spool.path.with_name("joining")
        with draft.open("wb") as whole:
            for part in parts:
                path = Spool(self._uploads.folder(part.id), part).path
                if part.size_bytes:
                    _append(path, whole.fileno())
        draft.replace(spool.path)
        spool.settle()
        self._uploads.keep(upload)

    def _complete_part(self, ticket: Ticket, name: str) -> Upload:
        part = self._loaded(name)
        if part is None or part.whole_id != ticket.upload or not part.partial:
            raise MISSING()
        if Spool(self._uploads.folder(name), part).offset() != part.size_bytes:
            raise _UNFINISHED_PART()
        return part

    def _existing(self, ticket: Ticket, size_bytes: int) -> Upload | None:
        found = self._uploads.load(ticket.upload)
        if found is not None and self._still_there(found).size_bytes != size_bytes:
            raise _CONFLICT()
        return found

    def _still_there(self, upload: Upload) -> Upload:
        if upload.state in {State.TERMINATED, State.EXPIRED}:
            raise GONE()
        return upload

    def _loaded(self, upload_id: str) -> Upload | None:
        return self._uploads.load(upload_id)

    @contextmanager
    def _nothing_left(self, upload_id: str) -> Iterator[None]:
        """On a refusal remove the folder that the lock has made."""
        try:
            yield
        except Problem:
            self._uploads.remove(upload_id)
            raise


def size_check(size_bytes: int, ticket: Ticket) -> None:
    """Raise a `Problem` where the ticket is for less."""
    if size_bytes > ticket.size_max_bytes:
        raise Problem(
            413,
            "upload-too-large",
            f"The file may have at most {ticket.size_max_bytes} bytes.",
            (("tus-max-size", str(ticket.size_max_bytes)),),
        )


def _append(path: Path, target: int) -> None:
    with path.open("rb") as file:
        while os.copy_file_range(file.fileno(), target, _COPY_BYTES):
            pass
