"""Every operation of the API, and what each of the cast is answered.

The names in braces are keys of `tests.factories.world`; the order is that of its cast: Alice, Mia
(manager), Eddie (editor), Stan (statistics), Bob, Charlie, Mona (runs the site), a stranger.

A new operation is entered here once for each way in which it answers differently, and what its path
names in `tests.factories.world`; test_permissions.py and test_fuzzing.py take it from here.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any, Final

from PIL import Image

_CUES: Final = b"WEBVTT\n\n00:01.000 --> 00:02.000\nA swan"
Statuses = tuple[int, ...]
Operation = tuple[str, str, Any, Statuses]
BEGIN: Final = {"filename": "swans.mp4", "size_bytes": 1000}
SAID: Final = {"text": "Geese."}
LOCKED: Final[Statuses] = (200, 200, 200, 200, 403, 403, 403, 403)


def everybody(status: int = 200) -> Statuses:
    """Anybody, signed in or not."""
    return (status,) * 8


def signed_in(status: int = 200) -> Statuses:
    """Whoever has an account."""
    return (status,) * 7 + (401,)


def owner(status: int = 200) -> Statuses:
    """Alice alone; for others there is nothing."""
    return (status, *(404,) * 6, 401)


def managers(status: int = 200) -> Statuses:
    """Alice and Mia."""
    return (status, status, *(404,) * 5, 401)


def editors(status: int = 200) -> Statuses:
    """Alice, Mia and Eddie."""
    return (status, status, status, *(404,) * 4, 401)


def counters(status: int = 200) -> Statuses:
    """The whole team."""
    return (*(status,) * 4, *(404,) * 3, 401)


def operators(status: int = 200) -> Statuses:
    """Mona; others are told that they may not."""
    return (*(403,) * 6, status, 401)


def only(place: int, status: int = 200, others: int = 404) -> Statuses:
    """One of the cast, by place in it."""
    return (*(status if each == place else others for each in range(7)), 401)


@dataclass(frozen=True, slots=True)
class Form:
    """A form with a file under a name."""

    name: str
    file: str
    fields: dict[str, str]

    def parts(self) -> dict[str, Any]:
        """Return what the test client sends."""
        kept = io.BytesIO(_picture() if self.file.endswith("png") else _CUES)
        kept.name = self.file
        return {**self.fields, self.name: kept}


def _picture() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (600, 400), "#336699").save(kept, "PNG")
    return kept.getvalue()


PICTURE: Final = Form("file", "swans.png", {})

# Operation, path, body, and what each is answered.
ON_SELF: Final[list[Operation]] = [
    ("GET", "/me", None, signed_in()),
    ("GET", "/me/channels", None, signed_in()),
    ("GET", "/me/videos", None, signed_in()),
    ("GET", "/me/follows", None, signed_in()),
    ("GET", "/me/subscriptions", None, signed_in()),
    ("GET", "/me/likes", None, signed_in()),
    ("GET", "/me/notifications", None, signed_in()),
    ("POST", "/me/notifications/read", None, signed_in()),
    ("GET", "/tokens", None, signed_in()),
    ("POST", "/tokens", {"name": "A phone"}, signed_in(201)),
    ("DELETE", "/tokens/{token}", None, owner(204)),
]
ON_CHANNELS: Final[list[Operation]] = [
    ("GET", "/channels", None, everybody()),
    ("POST", "/channels", {"name": "Herons"}, signed_in(201)),
    ("GET", "/channels/{channel}", None, everybody()),
    ("PATCH", "/channels/{channel}", {"name": "Birds"}, managers()),
    ("GET", "/channels/{channel}/videos", None, everybody()),
    ("GET", "/channels/{channel}/statistics", None, counters()),
    ("PUT", "/channels/{channel}/follow", {}, (422, *(200,) * 6, 401)),
    ("DELETE", "/channels/{channel}/follow", None, signed_in(204)),
]
ON_VIDEOS: Final[list[Operation]] = [
    ("GET", "/videos", None, everybody()),
    ("GET", "/search?q=swan", None, everybody()),
    ("GET", "/categories", None, everybody()),
    ("GET", "/trending", None, everybody()),
    ("POST", "/videos", BEGIN, signed_in(201)),
    ("POST", "/videos", {**BEGIN, "channel": "alice"}, editors(201)),
    ("GET", "/videos/{public}", None, everybody()),
    ("GET", "/videos/{private}", None, LOCKED),
    ("PATCH", "/videos/{public}", {"title": "Geese"}, editors()),
    ("DELETE", "/videos/{public}", None, managers(204)),
    ("PUT", "/videos/{public}/visibility", {"visibility": "private"}, editors()),
    ("PUT", "/videos/{private}/visibility", {"visibility": "public"}, editors()),
    ("PUT", "/videos/{public}/embedding", {"embedding": "none"}, editors()),
    ("POST", "/videos/{public}/poster", PICTURE, editors()),
    ("DELETE", "/videos/{public}/poster", None, editors()),
    ("POST", "/videos/{public}/file", BEGIN, editors(201)),
    ("GET", "/videos/{public}/statistics", None, counters()),
    ("GET", "/videos/{public}/playback", None, everybody()),
    ("GET", "/videos/{private}/playback", None, LOCKED),
    ("GET", "/videos/{public}/progress", None, everybody()),
    ("GET", "/videos/{private}/progress", None, LOCKED),
    ("GET", "/videos/{public}/captions", None, everybody()),
    ("GET", "/videos/{private}/captions", None, LOCKED),
    ("POST", "/videos/{public}/captions", Form("file", "a.vtt", {"language": "de"}), editors(201)),
    ("DELETE", "/videos/{public}/captions/{caption}", None, editors(204)),
    ("PUT", "/videos/{public}/like", None, signed_in()),
    ("PUT", "/videos/{private}/like", None, (*LOCKED[:7], 401)),
    ("DELETE", "/videos/{public}/like", None, signed_in()),
    ("GET", "/uploads", None, signed_in()),
    ("GET", "/uploads/{upload}", None, owner()),
    ("POST", "/uploads/{upload}/ticket", None, owner(201)),
    ("DELETE", "/uploads/{upload}", None, owner(204)),
    ("POST", "/imports", {"url": "https://example.org/a.mp4"}, signed_in(201)),
]
ON_COMMUNITY: Final[list[Operation]] = [
    ("GET", "/playlists", None, signed_in()),
    ("POST", "/playlists", {"title": "Birds"}, signed_in(201)),
    # Eddie helps with this playlist, which is private.
    ("GET", "/playlists/{playlist}", None, (200, 404, 200, *(404,) * 5)),
    ("PATCH", "/playlists/{playlist}", {"title": "Geese"}, owner()),
    ("DELETE", "/playlists/{playlist}", None, owner(204)),
    ("GET", "/playlists/{playlist}/items", None, (200, 404, 200, *(404,) * 5)),
    (
        "POST",
        "/playlists/{playlist}/items",
        {"video": "{public}"},
        (201, 404, 201, 404, 404, 404, 404, 401),
    ),
    (
        "PUT",
        "/playlists/{playlist}/items/{item}/place",
        {"after": None},
        (200, 404, 200, 404, 404, 404, 404, 401),
    ),
    (
        "DELETE",
        "/playlists/{playlist}/items/{item}",
        None,
        (204, 404, 204, 404, 404, 404, 404, 401),
    ),
    ("GET", "/videos/{public}/comments", None, everybody()),
    ("GET", "/videos/{private}/comments", None, LOCKED),
    # Alice has blocked Bob.
    ("POST", "/videos/{public}/comments", SAID, (201, 201, 201, 201, 422, 201, 201, 401)),
    ("POST", "/videos/{private}/comments", SAID, (201, 201, 201, 201, 403, 403, 403, 401)),
    ("GET", "/comments/{comment}", None, everybody()),
    ("GET", "/comments/{comment}/answers", None, everybody()),
    ("PATCH", "/comments/{comment}", SAID, only(5)),
    ("DELETE", "/comments/{comment}", None, only(5, 204)),
    ("PUT", "/comments/{comment}/ruling", {"pinned": True}, editors()),
    ("PUT", "/comments/{comment}/ruling", {}, editors()),
    ("PUT", "/comments/{comment}/like", None, signed_in()),
    ("DELETE", "/comments/{comment}/like", None, signed_in()),
    ("POST", "/reports", {"kind": "channel", "key": "alice", "complaint": "spam"}, everybody(201)),
]
ON_DESK: Final[list[Operation]] = [
    ("GET", "/reports", None, operators()),
    ("POST", "/reports/{report}/decision", {"action": "none"}, operators(204)),
    ("GET", "/jobs/given-up", None, operators()),
]
OPERATIONS: Final = [*ON_SELF, *ON_CHANNELS, *ON_VIDEOS, *ON_COMMUNITY, *ON_DESK]


def matches(method: str, path: str) -> list[re.Match[str]]:
    """Return where the rows above call an operation, which *path* describes as the document does.

    The groups are what its parameters are there.
    """
    plain = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/?]+)", path)
    pattern = re.compile(rf"{plain}(\?.*)?")
    found = [pattern.fullmatch(row[1]) for row in OPERATIONS if row[0] == method]
    return [match for match in found if match]
