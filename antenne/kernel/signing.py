"""Signed paths for media and signed tickets for uploads, events and internal calls.

Plain Python: the edge, Django and the nginx configuration all hold to these two formats.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

KEY_ID: Final = "k1"
PICTURES_ID: Final = "p1"
"""Names the paths under which a video's pictures may be fetched, and nothing else of it."""
PICTURES: Final = (".webp", ".jpg", ".jpeg", ".png", ".avif")
_SIGNATURE_CHARS: Final = 22
_NUMBER_CHARS: Final = 12
PUBLIC: Final = 0


class TicketRefused(Exception):
    """The ticket is malformed, forged, of another purpose, or has run out."""


@dataclass(frozen=True, slots=True)
class MediaPath:
    """The parts of `/m/<key>.<expiry>.<signature>/<video>/<epoch>/<rest>`."""

    token: str
    video: str
    epoch: int
    rest: str


@lru_cache(maxsize=64)
def subkey(secret: str, purpose: str) -> bytes:
    """Derive the key for one purpose, so that no signature serves another."""
    return hmac.digest(secret.encode(), f"antenne:{purpose}".encode(), hashlib.sha256)


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@lru_cache(maxsize=8192)
def _media_signature(
    key: bytes, *, video: str, epoch: int, expires_s: int, key_id: str = KEY_ID
) -> str:
    message = f"{key_id}.{expires_s}.{video}.{epoch}".encode()
    return _encode(hmac.digest(key, message, hashlib.sha256))[:_SIGNATURE_CHARS]


def media_prefix(key: bytes, *, video: str, epoch: int, expires_s: int) -> str:
    """Return the path under which everything of *video* may be fetched until *expires_s*.

    *key* is `subkey(secret, "media")`; *expires_s* is in Unix seconds, or `PUBLIC` for paths
    that hold as long as the epoch is current.
    """
    signature = _media_signature(key, video=video, epoch=epoch, expires_s=expires_s)
    return f"/m/{KEY_ID}.{expires_s}.{signature}/{video}/{epoch}"


def pictures_prefix(key: bytes, *, video: str, epoch: int) -> str:
    """Return the path under which the pictures of *video* alone may be fetched by everybody."""
    signature = _media_signature(
        key, video=video, epoch=epoch, expires_s=PUBLIC, key_id=PICTURES_ID
    )
    return f"/m/{PICTURES_ID}.{PUBLIC}.{signature}/{video}/{epoch}"


def media_path_parse(path: str) -> MediaPath | None:
    """Split a request path, or return None where it is not a media path."""
    parts = path.split("/", 5)
    if len(parts) != 6 or parts[0] or parts[1] != "m" or not _is_number(parts[4]):  # noqa: PLR2004 - the six parts of the docstring above
        return None
    return MediaPath(token=parts[2], video=parts[3], epoch=int(parts[4]), rest=parts[5])


def _is_number(text: str) -> bool:
    """Say whether *text* is a number written in the one way in which we write it."""
    return len(text) <= _NUMBER_CHARS and text.isdecimal() and str(int(text)) == text


def media_token_holds(key: bytes, path: MediaPath, *, now_s: int) -> bool:
    """Say whether the signature of *path* is ours and has not run out at *now_s*."""
    key_id, _, rest = path.token.partition(".")
    expiry, _, signature = rest.partition(".")
    pictures = key_id == PICTURES_ID and path.rest.endswith(PICTURES)
    if not (pictures or key_id == KEY_ID) or not _is_number(expiry):
        return False
    expires_s = int(expiry)
    expected = _media_signature(
        key, video=path.video, epoch=path.epoch, expires_s=expires_s, key_id=key_id
    )
    return hmac.compare_digest(expected, signature) and (expires_s == PUBLIC or now_s < expires_s)


def ticket_make(secret: str, purpose: str, payload: dict[str, str | int], *, expires_s: int) -> str:
    """Sign *payload* for *purpose* until *expires_s* (Unix seconds)."""
    body = _encode(
        json.dumps({**payload, "exp": expires_s}, separators=(",", ":"), sort_keys=True).encode()
    )
    signature = hmac.digest(subkey(secret, f"ticket:{purpose}"), body.encode(), hashlib.sha256)
    return f"{body}.{_encode(signature)}"


def ticket_read(secret: str, purpose: str, ticket: str, *, now_s: int) -> dict[str, str | int]:
    """Return the payload of a ticket of ours; raise `TicketRefused` for any other."""
    if not ticket.isascii():
        msg = "not a ticket"
        raise TicketRefused(msg)
    body, _, signature = ticket.partition(".")
    expected = hmac.digest(subkey(secret, f"ticket:{purpose}"), body.encode(), hashlib.sha256)
    if not hmac.compare_digest(_encode(expected).encode(), signature.encode()):
        msg = "not signed by this site for this purpose"
        raise TicketRefused(msg)
    payload: dict[str, str | int] = json.loads(_decode(body))
    if int(payload.pop("exp")) <= now_s:
        msg = "run out"
        raise TicketRefused(msg)
    return payload
