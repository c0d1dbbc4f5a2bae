"""What people say of themselves over the API, and how they like the site."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from antenne.accounts.models import Person, Preferences
from tests.api.callers import Calls, refused, said
from tests.community.test_posts import picture

LIKING = {
    "language": "fr",
    "autoplay": True,
    "data_saver": False,
    "sensitive": "hide",
    "channels_shown": True,
    "comments_shown": True,
}


def test_a_profile_is_read_and_changed(callers: dict[str, Calls]) -> None:
    call = callers["alice"]

    changed = said(call("PATCH", "/me/profile", {"about": "Birds.", "links": ["https://a.org/"]}))

    assert changed == {
        "handle": "alice", "name": "Alice", "about": "Birds.", "links": ["https://a.org/"],
    }  # fmt: skip
    assert said(call.get("/me/profile")) == changed
    assert said(call("PATCH", "/me/profile", {"handle": "alouette"}))["about"] == "Birds."


@pytest.mark.parametrize(("body", "code"), [
    ({"handle": "bob"}, "refused"),
    ({"name": ""}, "invalid"),
    ({"name": "\u200b"}, "refused"),
    ({"about": "x" * 1001}, "invalid"),
    ({"links": ["javascript:alert(1)"]}, "invalid"),
    ({"links": ["https://a.org/"] * 6}, "invalid"),
    ({"is_operator": True}, "invalid"),
])  # fmt: skip
def test_nonsense_changes_no_profile(
    callers: dict[str, Calls], alice: Person, body: dict[str, object], code: str
) -> None:
    before = said(callers["alice"].get("/me/profile"))

    refused(callers["alice"]("PATCH", "/me/profile", body), 422, code)

    assert said(callers["alice"].get("/me/profile")) == before


def test_a_picture_stands_beside_a_name(callers: dict[str, Calls], alice: Person) -> None:
    call = callers["alice"]

    assert call.send("/me/picture", SimpleUploadedFile("a.png", picture())).status_code == 204
    alice.refresh_from_db()
    assert alice.avatar

    refused(call.send("/me/picture", SimpleUploadedFile("a.png", b"GIF89a")), 422, "refused")
    assert call("DELETE", "/me/picture").status_code == 204
    alice.refresh_from_db()
    assert not alice.avatar


def test_preferences_are_chosen(callers: dict[str, Calls]) -> None:
    call = callers["alice"]
    first = said(call.get("/me/preferences"))

    assert said(call("PUT", "/me/preferences", LIKING)) == LIKING

    assert said(call.get("/me/preferences")) == LIKING
    assert said(callers["bob"].get("/me/preferences")) == first


@pytest.mark.parametrize("wrong", [
    {"language": "xx"}, {"sensitive": "magic"}, {"autoplay": "perhaps"}, {"more": 1},
])  # fmt: skip
def test_nonsense_is_no_preference(callers: dict[str, Calls], wrong: dict[str, object]) -> None:
    answer = callers["alice"]("PUT", "/me/preferences", {**LIKING, **wrong})

    assert answer.status_code == 422, answer.content
    assert not Preferences.objects.exists()
