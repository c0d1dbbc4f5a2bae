"""Lines of another server's log of media: ours as deploy/nginx writes it, or the usual combined."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

_SERVED: Final = (200, 206)
_FIRST_YEAR: Final = 2000
_PATH: Final = re.compile(r"/m/[^/?]+/([A-Za-z0-9]{1,64})/[^/?]+/[^?]+(?:\?(.*))?", re.DOTALL)
# Who asked, when, for what, what came of it, how much of it, and from which page.
_COMBINED: Final = re.compile(
    r'(\S+) \S+ \S+ \[([^\]]{1,40})\] "([A-Z]{1,10}) (\S+) [^"]*" (\d{3}) (\d+)(?: "([^"]*)")?'
)


class LineUnreadable(Exception):
    """This line has neither form."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer with media of a video: when, to whom, how much, on whose page."""

    at: datetime
    video: str
    address: str
    sent_bytes: int
    host: str
    referrer: str
    query: str


def line_read(line: str) -> Sent | None:
    """Return what a line says was sent; None where it is no media, or nothing of it.

    Raises `LineUnreadable`.
    """
    try:
        said = _ours(line) if line.startswith("{") else _combined(line)
        moment = _moment(said["at"])
        status, sent_bytes = int(said["status"]), int(said["bytes"])
    except (ValueError, KeyError, TypeError) as error:
        raise LineUnreadable(line[:200]) from error
    found = _PATH.fullmatch(said["uri"])
    if moment.tzinfo is None or moment.year < _FIRST_YEAR:
        raise LineUnreadable(line[:200])
    if found is None or said["method"] != "GET" or status not in _SERVED or sent_bytes <= 0:
        return None
    return Sent(
        at=moment,
        video=found[1],
        address=said["address"],
        sent_bytes=sent_bytes,
        host=said["host"],
        referrer=said["referer"],
        query=found[2] or "",
    )


def _moment(at: str) -> datetime:
    """Return the time of a line, of either form; each says how far it is from UTC."""
    if "T" in at:
        return datetime.fromisoformat(at)
    return datetime.strptime(at, "%d/%b/%Y:%H:%M:%S %z")


def _ours(line: str) -> dict[str, str]:
    said = json.loads(line)
    names = ("at", "address", "method", "uri", "status", "bytes", "host", "referer")
    return {name: str(said[name]) for name in names}


def _combined(line: str) -> dict[str, str]:
    found = _COMBINED.match(line)
    if found is None:
        raise ValueError(line[:200])
    address, at, method, uri, status, sent_bytes, referrer = found.groups()
    return {
        "at": at,
        "address": address,
        "method": method,
        "uri": uri,
        "status": status,
        "bytes": sent_bytes,
        "host": "",
        "referer": "" if referrer in (None, "-") else referrer,
    }
