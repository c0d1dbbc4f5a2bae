"""Who may do what: each operation, each of the cast, and nothing changed by a refusal."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from antenne.accounts.models import Person
from antenne.api.v1.urls import document
from antenne.catalog.models import Channel, Video
from tests.api.callers import Calls, kept, undone
from tests.factories.catalog import caption_make, video_make
from tests.factories.community import comment_make
from tests.factories.moderation import report_make
from tests.factories.pipeline import upload_make
from tests.factories.playlists import playlist_make

CAST = ("alice", "bob", "charlie", "mona", "stranger")
BEGIN = {"filename": "swans.mp4", "size_bytes": 1000}
NAME = {"name": "Birds"}
SAID = {"text": "Geese."}
ALL = (200,) * 5
OWN = (200, 404, 404, 404, 401)
LOCKED = (200, 403, 403, 403, 403)
# Operation, path, body, and what Alice, Bob, Charlie, Mona and a stranger are answered.
OPERATIONS: list[tuple[str, str, Any, tuple[int, ...]]] = [
    ("GET", "/me", None, (200, 200, 200, 200, 401)),
    ("GET", "/me/channels", None, (200, 200, 200, 200, 401)),
    ("GET", "/me/videos", None, (200, 200, 200, 200, 401)),
    ("GET", "/tokens", None, (200, 200, 200, 200, 401)),
    ("POST", "/tokens", NAME, (201, 201, 201, 201, 401)),
    ("DELETE", "/tokens/{token}", None, (204, 404, 404, 404, 401)),
    ("GET", "/channels", None, ALL),
    ("POST", "/channels", NAME, (201, 201, 201, 201, 401)),
    ("GET", "/channels/{channel}", None, ALL),
    ("PATCH", "/channels/{channel}", NAME, OWN),
    ("GET", "/channels/{channel}/videos", None, ALL),
    ("GET", "/channels/{channel}/statistics", None, OWN),
    ("GET", "/videos/{public}/statistics", None, OWN),
    ("GET", "/videos", None, ALL),
    ("GET", "/search?q=swan", None, ALL),
    ("GET", "/categories", None, ALL),
    ("GET", "/trending", None, ALL),
    ("POST", "/videos", BEGIN, (201, 201, 201, 201, 401)),
    ("POST", "/videos", {**BEGIN, "channel": "alice"}, (201, 404, 404, 404, 401)),
    ("GET", "/videos/{public}", None, ALL),
    ("GET", "/videos/{private}", None, LOCKED),
    ("PATCH", "/videos/{public}", {"title": "Geese"}, OWN),
    ("DELETE", "/videos/{public}", None, (204, 404, 404, 404, 401)),
    ("PUT", "/videos/{public}/visibility", {"visibility": "private"}, OWN),
    ("PUT", "/videos/{private}/visibility", {"visibility": "public"}, OWN),
    ("PUT", "/videos/{public}/embedding", {"embedding": "none"}, OWN),
    ("DELETE", "/videos/{public}/poster", None, OWN),
    ("POST", "/videos/{public}/file", BEGIN, (201, 404, 404, 404, 401)),
    ("GET", "/videos/{public}/playback", None, ALL),
    ("GET", "/videos/{private}/playback", None, LOCKED),
    ("GET", "/videos/{public}/progress", None, ALL),
    ("GET", "/videos/{private}/progress", None, LOCKED),
    ("GET", "/videos/{public}/captions", None, ALL),
    ("GET", "/videos/{private}/captions", None, LOCKED),
    ("DELETE", "/videos/{public}/captions/{caption}", None, (204, 404, 404, 404, 401)),
    ("GET", "/playlists", None, (200, 200, 200, 200, 401)),
    ("POST", "/playlists", {"title": "Birds"}, (201, 201, 201, 201, 401)),
    ("GET", "/playlists/{playlist}", None, (200, 404, 404, 404, 404)),
    ("PATCH", "/playlists/{playlist}", {"title": "Geese"}, OWN),
    ("DELETE", "/playlists/{playlist}", None, (204, 404, 404, 404, 401)),
    ("GET", "/playlists/{playlist}/items", None, (200, 404, 404, 404, 404)),
    ("POST", "/playlists/{playlist}/items", {"video": "{public}"}, (201, 404, 404, 404, 401)),
    ("PUT", "/playlists/{playlist}/items/{item}/place", {"after": None}, OWN),
    ("DELETE", "/playlists/{playlist}/items/{item}", None, (204, 404, 404, 404, 401)),
    ("GET", "/uploads", None, (200, 200, 200, 200, 401)),
    ("GET", "/uploads/{upload}", None, OWN),
    ("POST", "/uploads/{upload}/ticket", None, (201, 404, 404, 404, 401)),
    ("DELETE", "/uploads/{upload}", None, (204, 404, 404, 404, 401)),
    ("POST", "/imports", {"url": "https://example.org/a.mp4"}, (201, 201, 201, 201, 401)),
    ("POST", "/reports", {"kind": "channel", "key": "alice", "complaint": "spam"}, (201,) * 5),
    ("GET", "/reports", None, (403, 403, 403, 200, 401)),
    ("POST", "/reports/{report}/decision", {"action": "none"}, (403, 403, 403, 204, 401)),
    ("GET", "/jobs/given-up", None, (403, 403, 403, 200, 401)),
    ("GET", "/videos/{public}/comments", None, ALL),
    ("GET", "/videos/{private}/comments", None, LOCKED),
    ("POST", "/videos/{public}/comments", SAID, (201, 201, 201, 201, 401)),
    ("POST", "/videos/{private}/comments", SAID, (201, 403, 403, 403, 401)),
    ("GET", "/comments/{comment}", None, ALL),
    ("GET", "/comments/{comment}/answers", None, ALL),
    ("PATCH", "/comments/{comment}", SAID, (404, 404, 200, 404, 401)),
    ("DELETE", "/comments/{comment}", None, (404, 404, 204, 404, 401)),
    ("PUT", "/comments/{comment}/ruling", {"pinned": True}, OWN),
    ("PUT", "/comments/{comment}/ruling", {}, OWN),
    ("PUT", "/comments/{comment}/like", None, (200, 200, 200, 200, 401)),
    ("DELETE", "/comments/{comment}/like", None, (200, 200, 200, 200, 401)),
    ("PUT", "/videos/{public}/like", None, (200, 200, 200, 200, 401)),
    ("PUT", "/videos/{private}/like", None, (200, 403, 403, 403, 401)),
    ("DELETE", "/videos/{public}/like", None, (200, 200, 200, 200, 401)),
    ("PUT", "/channels/{channel}/follow", {}, (422, 200, 200, 200, 401)),
    ("DELETE", "/channels/{channel}/follow", None, (204, 204, 204, 204, 401)),
    ("GET", "/me/follows", None, (200, 200, 200, 200, 401)),
    ("GET", "/me/subscriptions", None, (200, 200, 200, 200, 401)),
    ("GET", "/me/likes", None, (200, 200, 200, 200, 401)),
    ("GET", "/me/notifications", None, (200, 200, 200, 200, 401)),
    ("POST", "/me/notifications/read", None, (200, 200, 200, 200, 401)),
]


class Call(NamedTuple):
    """One request."""

    method: str
    path: str
    body: object


CASES = [
    pytest.param(
        Call(method, path, body),
        dict(zip(CAST, statuses, strict=True)),
        id=f"{method} {path} {len(str(body))}",
    )
    for method, path, body, statuses in OPERATIONS
]


@pytest.fixture
def ids(
    callers: dict[str, Calls], channel: Channel, video: Video, charlie: Person
) -> dict[str, str]:
    """What the paths are filled with; all of it is Alice's, but for Charlie's comment."""
    playlist = playlist_make(channel.person, video, visibility="private")
    token = channel.person.user.tokens.get() if channel.person.user else None
    return {
        "channel": channel.handle,
        "public": video.public_id,
        "private": video_make(channel, visibility="private").public_id,
        "caption": str(caption_make(video).pk),
        "upload": str(upload_make(channel).pk),
        "token": str(token.pk if token else ""),
        "playlist": playlist.public_id,
        "item": str(playlist.items.get().pk),
        "comment": str(comment_make(video, by=charlie).pk),
        "report": str(report_make(video, by=charlie).pk),
    }


@pytest.mark.parametrize(("call", "statuses"), CASES)
def test_each_of_the_cast_is_answered_by_what_they_may(
    callers: dict[str, Calls], ids: dict[str, str], call: Call, statuses: dict[str, int]
) -> None:
    body = {"video": ids["public"]} if call.body == {"video": "{public}"} else call.body
    before = kept()

    for name, status in statuses.items():
        with undone():  # nobody comes upon what another has changed
            response = callers[name](call.method, call.path.format(**ids), body)

            assert response.status_code == status, (name, response.content)
            if status >= 400:
                assert response["Content-Type"] == "application/problem+json"
                assert kept() == before, name


def test_every_operation_of_the_document_is_tried_above() -> None:
    names = {"channel": "handle", "public": "public_id", "private": "public_id"}
    names |= {
        "caption": "caption_id",
        "upload": "upload_id",
        "token": "token_id",
        "playlist": "public_id",
        "item": "item_id",
        "comment": "comment_id",
        "report": "report_id",
    }
    braced = {name: f"{{{value}}}" for name, value in names.items()}
    tried = {
        f"{method} /api/v1{path.format(**braced).partition('?')[0]}"
        for method, path, *_rest in OPERATIONS
    }

    written = {
        f"{method.upper()} {path}"
        for path, methods in document()["paths"].items()
        for method in methods
    }

    # Files are sent with a form: test_captions.py and test_posters.py try those over the cast.
    assert written - tried == {
        "POST /api/v1/videos/{public_id}/captions",
        "POST /api/v1/videos/{public_id}/poster",
    }
