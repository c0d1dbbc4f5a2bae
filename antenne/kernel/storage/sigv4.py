"""Signature version 4 of Amazon's services, for the S3 calls that obstore does not offer."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

_ALGORITHM: Final = "AWS4-HMAC-SHA256"


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who signs, and for which region's S3."""

    key: str
    secret: str
    region: str


@dataclass(frozen=True, slots=True)
class Call:
    """One request to be signed; *url* is without its query."""

    method: str
    url: str
    query: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def address(self) -> str:
        """The whole address, its query in the order that is signed."""
        return f"{self.url}?{self.canonical_query}"

    @property
    def canonical_query(self) -> str:
        """The query, sorted and escaped as the signature wants it."""
        return urlencode(sorted(self.query), quote_via=quote, safe="-_.~")


def headers_signed(call: Call, credentials: Credentials, *, at: datetime) -> dict[str, str]:
    """Return the headers that prove *call* comes from the holder of *credentials*."""
    stamp = at.strftime("%Y%m%dT%H%M%SZ")
    parts = urlsplit(call.url)
    digest = hashlib.sha256(call.body).hexdigest()
    headers = {"host": parts.netloc, "x-amz-content-sha256": digest, "x-amz-date": stamp}
    names = ";".join(headers)
    lines = "".join(f"{name}:{value}\n" for name, value in headers.items())
    request = "\n".join(
        (call.method, quote(parts.path, safe="/-_.~"), call.canonical_query, lines, names, digest)
    )
    scope = f"{stamp[:8]}/{credentials.region}/s3/aws4_request"
    hashed = hashlib.sha256(request.encode()).hexdigest()
    signature = hmac.new(
        _key(credentials, stamp[:8]),
        f"{_ALGORITHM}\n{stamp}\n{scope}\n{hashed}".encode(),
        hashlib.sha256,
    ).hexdigest()
    headers["authorization"] = (
        f"{_ALGORITHM} Credential={credentials.key}/{scope},"
        f"SignedHeaders={names},Signature={signature}"
    )
    return headers


def _key(credentials: Credentials, day: str) -> bytes:
    key = f"AWS4{credentials.secret}".encode()
    for part in (day, credentials.region, "s3", "aws4_request"):
        key = hmac.digest(key, part.encode(), hashlib.sha256)
    return key
