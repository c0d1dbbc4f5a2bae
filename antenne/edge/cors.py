"""Which pages of other origins may read our answers."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from antenne.edge.replies import Headers
from antenne.edge.rsgi import Scope

# Media and events carry their right in the address and no cookie: every page may read them.
OPEN: Final[Headers] = [
    ("access-control-allow-origin", "*"),
    ("access-control-expose-headers", "Accept-Ranges, Content-Length, Content-Range, ETag"),
]
OPEN_PREFLIGHT: Final[Headers] = [
    ("access-control-allow-origin", "*"),
    ("access-control-allow-methods", "GET, HEAD, OPTIONS"),
    (
        "access-control-allow-headers",
        "Range, If-Range, If-None-Match, Cache-Control, Last-Event-ID",
    ),
    ("access-control-max-age", "86400"),
]
BEACON_PREFLIGHT: Final[Headers] = [
    ("access-control-allow-origin", "*"),
    ("access-control-allow-methods", "POST, OPTIONS"),
    ("access-control-allow-headers", "Content-Type"),
    ("access-control-max-age", "86400"),
]
_UPLOAD_EXPOSED: Final = (
    "Location, Upload-Offset, Upload-Length, Upload-Expires, Upload-Concat, Upload-Metadata, "
    "Tus-Resumable, Tus-Version, Tus-Extension, Tus-Max-Size, Tus-Checksum-Algorithm, Retry-After"
)
_UPLOAD_PREFLIGHT: Final[Headers] = [
    ("access-control-allow-methods", "POST, HEAD, PATCH, DELETE, OPTIONS"),
    (
        "access-control-allow-headers",
        "Antenne-Ticket, Content-Type, Tus-Resumable, Upload-Length, Upload-Offset, "
        "Upload-Metadata, Upload-Concat, Upload-Checksum, X-HTTP-Method-Override, X-Request-ID",
    ),
    ("access-control-max-age", "86400"),
]


def uploads_allow(scope: Scope, public_url: str, *, preflight: bool = False) -> Headers:
    """Return the headers that let the site's own pages upload from a browser.

    The site's pages are those of *public_url*; where none is set, those of the same host name,
    whatever the port.
    """
    origin = scope.headers.get("origin", "")
    if not origin or not _is_ours(origin, public_url, scope.headers.get("host", "")):
        return [("vary", "Origin")]
    headers = [
        ("vary", "Origin"),
        ("access-control-allow-origin", origin),
        ("access-control-expose-headers", _UPLOAD_EXPOSED),
    ]
    return headers + _UPLOAD_PREFLIGHT if preflight else headers


def _is_ours(origin: str, public_url: str, host: str) -> bool:
    if public_url:
        site = urlsplit(public_url)
        return origin == f"{site.scheme}://{site.netloc}"
    try:
        return urlsplit(origin).hostname == urlsplit(f"//{host}").hostname
    except ValueError:  # a bracket that opens and never closes
        return False
