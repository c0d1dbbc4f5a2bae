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
NOT_THEIRS: Final[Statuses] = (404, 404, 404, 401)


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


def asking(role: str) -> dict[str, str]:
    """Ask Bob into a team."""
    return {"whom": "@bob", "role": role}


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
POST: Final = Form("photos", "swans.png", {"body": "Geese.", "alts": "A goose."})
SOUND: Final = Form("file", "a.vtt", {"language": "de"})
LIKING: Final = {
    "language": "fr",
    "autoplay": True,
    "data_saver": False,
    "sensitive": "hide",
    "channels_shown": True,
    "comments_shown": False,
}
HOOK: Final = {"url": "https://example.org/other", "events": ["video.removed"]}
RULING: Final = {
    "kind": "channel",
    "keys": ["alice"],
    "action": "suspend",
    "ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
    "reference": "terms, section 3",
    "facts": "It shows somebody who did not agree.",
}
# Alice's group is closed: Stan keeps order in it, Bob is a member.
INSIDE: Final[Statuses] = (200, 404, 404, 200, 200, 404, 404, 401)

# Operation, path, body, and what each is answered.
ON_SELF: Final[list[Operation]] = [
    ("GET", "/site", None, everybody()),
    ("GET", "/me", None, signed_in()),
    ("GET", "/me/channels", None, signed_in()),
    ("GET", "/me/videos", None, signed_in()),
    ("GET", "/me/follows", None, signed_in()),
    ("GET", "/me/subscriptions", None, signed_in()),
    ("GET", "/me/likes", None, signed_in()),
    ("GET", "/me/profile", None, signed_in()),
    ("PATCH", "/me/profile", {"about": "I watch birds."}, signed_in()),
    ("POST", "/me/picture", PICTURE, signed_in(204)),
    ("DELETE", "/me/picture", None, signed_in(204)),
    ("GET", "/me/preferences", None, signed_in()),
    ("PUT", "/me/preferences", LIKING, signed_in()),
    ("GET", "/me/history", None, signed_in()),
    ("DELETE", "/me/history", None, signed_in(204)),
    ("GET", "/me/history/begun", None, signed_in()),
    ("GET", "/me/history/keeping", None, signed_in()),
    ("PUT", "/me/history/keeping", {"paused": True}, signed_in()),
    ("DELETE", "/me/history/videos/{public}", None, owner(204)),
    ("GET", "/me/later", None, signed_in()),
    ("PUT", "/me/later/{public}", None, signed_in()),
    ("PUT", "/me/later/{private}", None, (*LOCKED[:7], 401)),
    ("DELETE", "/me/later/{public}", None, signed_in(204)),
    ("GET", "/me/posts", None, signed_in()),
    ("GET", "/me/groups", None, signed_in()),
    ("GET", "/me/teams", None, signed_in()),
    ("GET", "/me/comments/held", None, signed_in()),
    ("GET", "/me/notifications", None, signed_in()),
    ("DELETE", "/me/notifications", None, signed_in(204)),
    ("GET", "/me/notifications/unread", None, signed_in()),
    ("POST", "/me/notifications/read", None, signed_in()),
    ("POST", "/me/notifications/{notification}/read", None, owner()),
    ("GET", "/me/notifications/wishes", None, signed_in()),
    ("PUT", "/me/notifications/wishes/video", {"in_page": True, "mail": "now"}, signed_in()),
    ("GET", "/me/blocks/people", None, signed_in()),
    ("POST", "/me/blocks/people", {"handle": "dora"}, signed_in(201)),
    ("DELETE", "/me/blocks/people/{block}", None, owner(204)),
    ("GET", "/me/blocks/channels", None, signed_in()),
    # It is Alice's, and her team's: Mia and Eddie edit it.
    ("PUT", "/me/blocks/channels/{channel}", None, (422, 422, 422, *(204,) * 4, 401)),
    ("DELETE", "/me/blocks/channels/{channel}", None, signed_in(204)),
    ("GET", "/me/blocks/words", None, signed_in()),
    ("POST", "/me/blocks/words", {"word": "heron"}, signed_in(201)),
    ("DELETE", "/me/blocks/words/{word}", None, owner(204)),
    ("GET", "/me/invitations", None, signed_in()),
    ("POST", "/me/invitations/{invited}/accept", None, only(5)),
    ("DELETE", "/me/invitations/{invited}", None, only(5, 204)),
    ("GET", "/me/decisions", None, signed_in()),
    ("GET", "/me/decisions/{decision}", None, owner()),
    ("POST", "/me/decisions/{decision}/appeal", SAID, owner(201)),
    ("GET", "/tokens", None, signed_in()),
    ("POST", "/tokens", {"name": "A phone"}, signed_in(201)),
    ("DELETE", "/tokens/{token}", None, owner(204)),
]
ON_CHANNELS: Final[list[Operation]] = [
    ("GET", "/channels", None, everybody()),
    ("POST", "/channels", {"name": "Herons"}, signed_in(201)),
    ("GET", "/channels/{channel}", None, everybody()),
    ("PATCH", "/channels/{channel}", {"name": "Birds"}, managers()),
    ("DELETE", "/channels/{channel}", None, owner(204)),
    ("PUT", "/channels/{channel}/handle", {"handle": "swans"}, owner()),
    ("POST", "/channels/{channel}/pictures/avatar", PICTURE, managers()),
    ("DELETE", "/channels/{channel}/pictures/avatar", None, managers()),
    ("GET", "/channels/{channel}/defaults", None, managers()),
    ("PUT", "/channels/{channel}/defaults", {"language": "fr"}, managers()),
    ("GET", "/channels/{channel}/offer", None, managers()),
    ("PUT", "/channels/{channel}/offer", {"files": False, "rights": True}, managers()),
    ("GET", "/channels/{channel}/posts", None, everybody()),
    ("POST", "/channels/{channel}/posts", POST, editors(201)),
    ("GET", "/channels/{channel}/members", None, managers()),
    ("DELETE", "/channels/{channel}/members/{stan}", None, (204, 204, 404, 204, *NOT_THEIRS)),
    ("GET", "/channels/{channel}/invitations", None, managers()),
    ("POST", "/channels/{channel}/invitations", asking("editor"), managers(201)),
    ("POST", "/channels/{channel}/invitations", asking("manager"), owner(201)),
    ("POST", "/channels/{channel}/invitations", asking("owner"), owner(201)),
    ("DELETE", "/channels/{channel}/invitations/{invitation}", None, managers(204)),
    ("GET", "/channels/{channel}/webhooks", None, managers()),
    ("POST", "/channels/{channel}/webhooks", HOOK, managers(201)),
    ("GET", "/webhooks/{webhook}", None, managers()),
    ("GET", "/webhooks/{site_webhook}", None, only(6)),
    ("PATCH", "/webhooks/{webhook}", {"active": False}, managers()),
    ("PATCH", "/webhooks/{site_webhook}", {"active": False}, only(6)),
    ("DELETE", "/webhooks/{webhook}", None, managers(204)),
    ("POST", "/webhooks/{webhook}/try", None, managers(202)),
    ("GET", "/webhooks/{webhook}/deliveries", None, managers()),
    ("POST", "/deliveries/{delivery}/again", None, managers(202)),
    ("GET", "/channels/{channel}/sources", None, managers()),
    ("POST", "/channels/{channel}/sources", {"url": "https://example.org/b.xml"}, managers(201)),
    ("GET", "/sources/{source}", None, managers()),
    ("PATCH", "/sources/{source}", {"active": False}, managers()),
    ("DELETE", "/sources/{source}", None, managers(204)),
    ("GET", "/sources/{source}/entries", None, managers()),
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
    ("GET", "/videos/{public}/translations", None, everybody()),
    ("GET", "/videos/{private}/translations", None, LOCKED),
    ("PUT", "/videos/{public}/translations/es", {"title": "Cisnes"}, editors()),
    ("DELETE", "/videos/{public}/translations/fr", None, editors(204)),
    ("GET", "/videos/{public}/sounds", None, editors()),
    ("POST", "/videos/{public}/sounds", SOUND, editors(201)),
    ("DELETE", "/videos/{public}/sounds/{sound}", None, editors(204)),
    # Nothing has been encoded that could be cut.
    ("GET", "/videos/{public}/cut", None, editors()),
    ("PUT", "/videos/{public}/cut", {"ranges": [{"start_ms": 0, "end_ms": 900}]}, editors(422)),
    ("DELETE", "/videos/{public}/cut", None, editors(422)),
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
    ("GET", "/playlists/{playlist}/helpers", None, (200, 404, 200, 404, *NOT_THEIRS)),
    ("POST", "/playlists/{playlist}/helpers", {"handle": "bob"}, owner(201)),
    ("DELETE", "/playlists/{playlist}/helpers/{helper}", None, (204, 404, 204, 404, *NOT_THEIRS)),
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
    ("GET", "/posts/{post}", None, everybody()),
    ("PATCH", "/posts/{post}", {"body": "Swans."}, owner()),
    ("DELETE", "/posts/{post}", None, editors(204)),
    ("PUT", "/posts/{post}/like", None, signed_in()),
    ("DELETE", "/posts/{post}/like", None, signed_in()),
    ("GET", "/posts/{post}/comments", None, everybody()),
    ("POST", "/posts/{post}/comments", SAID, (201, 201, 201, 201, 422, 201, 201, 401)),
    ("GET", "/posts/{discussion}", None, (*INSIDE[:7], 404)),
    ("PATCH", "/posts/{discussion}", {"body": "Swans."}, only(4)),
    ("DELETE", "/posts/{discussion}", None, (204, 404, 404, 204, 204, 404, 404, 401)),
    ("PUT", "/posts/{discussion}/like", None, INSIDE),
    ("GET", "/posts/{discussion}/comments", None, (*INSIDE[:7], 404)),
    ("POST", "/posts/{discussion}/comments", SAID, (201, 404, 404, 201, 201, 404, 404, 401)),
    ("GET", "/groups", None, everybody()),
    ("POST", "/groups", {"name": "Herons"}, signed_in(201)),
    ("GET", "/groups/{group}", None, everybody()),
    ("PATCH", "/groups/{group}", {"about": "Birds."}, owner()),
    ("PUT", "/groups/{group}/membership", None, signed_in()),
    ("DELETE", "/groups/{group}/membership", None, (422, *(204,) * 6, 401)),
    ("GET", "/groups/{group}/members", None, INSIDE),
    (
        "PUT",
        "/groups/{group}/members/{member}",
        {"role": "moderator"},
        (200, 404, 404, 422, 404, 404, 404, 401),
    ),
    ("GET", "/groups/{group}/posts", None, (*INSIDE[:7], 404)),
    ("POST", "/groups/{group}/posts", POST, (201, 422, 422, 201, 201, 422, 422, 401)),
    ("POST", "/reports", {"kind": "channel", "key": "alice", "complaint": "spam"}, everybody(201)),
]
ON_DESK: Final[list[Operation]] = [
    ("GET", "/reports", None, operators()),
    ("POST", "/reports/{report}/decision", {"action": "none"}, operators(204)),
    ("GET", "/jobs/given-up", None, operators()),
    ("GET", "/desk", None, operators()),
    ("GET", "/desk/storage", None, operators()),
    ("GET", "/desk/log", None, operators()),
    ("GET", "/desk/people", None, operators()),
    ("GET", "/desk/channels", None, operators()),
    ("GET", "/desk/videos", None, operators()),
    ("GET", "/desk/comments", None, operators()),
    ("GET", "/desk/people/{person}", None, operators()),
    ("PUT", "/desk/people/{person}/suspension", {"reason": "Spam."}, operators()),
    ("DELETE", "/desk/people/{person}/suspension", None, operators(422)),
    ("PUT", "/desk/people/{person}/quota", {"quota_bytes": 1000}, operators()),
    ("PUT", "/desk/channels/{channel}/owner", {"handle": "bob", "reason": "Asked."}, operators()),
    ("GET", "/desk/sign-ups", None, operators()),
    ("POST", "/desk/sign-ups/{sign_up}/approve", None, operators(204)),
    ("POST", "/desk/sign-ups/{sign_up}/refuse", {}, operators(204)),
    ("GET", "/desk/invitations", None, operators()),
    ("POST", "/desk/invitations", {}, operators(201)),
    ("DELETE", "/desk/invitations/{site_invitation}", None, operators(204)),
    ("GET", "/desk/reports/{report}", None, operators()),
    ("GET", "/desk/decisions", None, operators()),
    ("POST", "/desk/decisions", RULING, operators()),
    ("POST", "/desk/decisions/{decision}/reverse", {}, operators()),
    ("GET", "/desk/appeals", None, operators()),
    # Mona decided, but nobody else runs the site.
    ("POST", "/desk/appeals/{appeal}/answer", {"reverse": True, "answer": "Yes."}, operators()),
    ("GET", "/desk/settings", None, operators()),
    ("GET", "/desk/settings/{setting}", None, operators()),
    ("PATCH", "/desk/settings/{setting}", {"value": {"events_days": 30}}, operators()),
    ("GET", "/desk/settings/{setting}/versions", None, operators()),
    ("POST", "/desk/versions/{version}/restore", {}, operators()),
    ("POST", "/desk/logos/logo", PICTURE, operators()),
    ("DELETE", "/desk/logos/logo", None, operators()),
    # There is no mail server.
    ("POST", "/desk/mail/try", {"address": "mona@example.org"}, operators(422)),
    ("GET", "/desk/jobs", None, operators()),
    ("GET", "/desk/lanes", None, operators()),
    ("POST", "/desk/jobs/retry", None, operators()),
    ("POST", "/desk/jobs/{job}/cancel", None, operators(204)),
    ("POST", "/desk/jobs/{job}/retry", None, operators(422)),
    ("POST", "/desk/units/{unit}/retry", None, operators(204)),
    ("GET", "/desk/delivery", None, operators()),
    ("GET", "/desk/webhooks", None, operators()),
    ("POST", "/desk/webhooks", HOOK, operators(201)),
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
