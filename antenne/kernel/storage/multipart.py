"""The S3 multipart calls by name, so that an upload may outlive the process that began it."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Final
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import httpx

from antenne.kernel.clock import now
from antenne.kernel.storage.content_types import content_type
from antenne.kernel.storage.protocol import Multipart, ObjectMissing, Part, StorageUnavailable
from antenne.kernel.storage.sigv4 import Call, Credentials, headers_signed

_TIMEOUT_S: Final = 60.0
_ATTEMPTS: Final = 3


class MultipartCalls:
    """Multipart uploads below one bucket address; keys are complete, prefix included."""

    def __init__(self, bucket_url: str, credentials: Credentials) -> None:
        self._bucket_url = bucket_url
        self._credentials = credentials
        self._client = httpx.Client(timeout=_TIMEOUT_S, transport=httpx.HTTPTransport(retries=2))
        weakref.finalize(self, self._client.close)

    def begin(self, key: str) -> str:
        """Begin an upload and return its name."""
        answer = self._send("POST", key, (("uploads", ""),), b"", content_type(key))
        return _text(ET.fromstring(answer.content), "UploadId")  # noqa: S314 - our own store's answer; expat expands no external entity

    def part(self, key: str, upload_id: str, number: int, data: bytes) -> Part:
        """Send one part."""
        query = (("partNumber", str(number)), ("uploadId", upload_id))
        answer = self._send("PUT", key, query, data)
        return Part(number=number, etag=answer.headers["etag"], size_bytes=len(data))

    def complete(self, key: str, upload_id: str, parts: Sequence[Part]) -> None:
        """Join the parts; S3 may answer 200 and still say in the body that it failed."""
        rows = "".join(
            f"<Part><PartNumber>{part.number}</PartNumber><ETag>{escape(part.etag)}</ETag></Part>"
            for part in parts
        )
        body = f"<CompleteMultipartUpload>{rows}</CompleteMultipartUpload>".encode()
        answer = self._send("POST", key, (("uploadId", upload_id),), body)
        if b"<Error>" in answer.content:
            raise StorageUnavailable(answer.text)

    def abort(self, key: str, upload_id: str) -> None:
        """Throw the parts away."""
        self._send("DELETE", key, (("uploadId", upload_id),), b"")

    def list(self, prefix: str) -> tuple[Multipart, ...]:
        """Return every unfinished upload whose key begins with *prefix*, over all pages."""
        found: list[Multipart] = []
        query: tuple[tuple[str, str], ...] = (("uploads", ""), ("prefix", prefix))
        markers: tuple[tuple[str, str], ...] = ()
        while True:
            answer = ET.fromstring(self._send("GET", "", query + markers, b"").content)  # noqa: S314 - as above
            found += [_multipart(row) for row in answer.iterfind("{*}Upload")]
            if _text(answer, "IsTruncated") != "true":
                return tuple(found)
            markers = (
                ("key-marker", _text(answer, "NextKeyMarker")),
                ("upload-id-marker", _text(answer, "NextUploadIdMarker")),
            )

    def _send(
        self,
        method: str,
        key: str,
        query: tuple[tuple[str, str], ...],
        body: bytes,
        kind: str = "",
    ) -> httpx.Response:
        url = f"{self._bucket_url}/{key}" if key else self._bucket_url
        call = Call(method=method, url=url, query=query, body=body)
        answer: httpx.Response | None = None
        for _ in range(_ATTEMPTS):
            headers = headers_signed(call, self._credentials, at=now())
            if kind:
                headers["content-type"] = kind
            try:
                answer = self._client.request(method, call.address, headers=headers, content=body)
            except httpx.HTTPError as error:
                raise StorageUnavailable(str(error)) from error
            if answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
                break
        return _checked(answer, key)


def _checked(answer: httpx.Response | None, key: str) -> httpx.Response:
    if answer is None or answer.status_code >= HTTPStatus.BAD_REQUEST:
        if answer is not None and answer.status_code == HTTPStatus.NOT_FOUND:
            raise ObjectMissing(key)
        raise StorageUnavailable(answer.text if answer is not None else key)
    return answer


def _multipart(row: ET.Element) -> Multipart:
    started = datetime.fromisoformat(_text(row, "Initiated"))
    return Multipart(key=_text(row, "Key"), upload_id=_text(row, "UploadId"), started=started)


def _text(element: ET.Element, name: str) -> str:
    return element.findtext(f"{{*}}{name}") or ""
