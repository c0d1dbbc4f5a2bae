"""Posts of channels and discussions of groups over the API: sent, read, switched off."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.community.models import Group, GroupMember, Post
from antenne.community.services.groups import group_create, group_join
from antenne.community.services.posts import Words, channel_post, group_post
from antenne.custody.services import setting_write
from antenne.custody.settings import FeatureSettings
from antenne.kernel.environment import environment
from antenne.kernel.storage.opening import storage_open
from tests.api.callers import Calls, kept, refused, said
from tests.community.test_posts import picture

WORDS = {"body": "Back from the sea."}


def photo(name: str = "swans.png", data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture() if data is None else data)


@pytest.fixture
def group(alice: Person, bob: Person) -> Group:
    """Alice's closed group, with Bob in it."""
    made = group_create(by=alice, name="Lighthouses", joining="approval")
    GroupMember.objects.create(group=made, home=made.home, person=bob, role="member")
    return made


@pytest.mark.parametrize(
    ("name", "status"),
    [("alice", 201), ("bob", 404), ("charlie", 404), ("mona", 404), ("stranger", 401)],
)
def test_only_its_team_publishes_in_a_channel(
    callers: dict[str, Calls], channel: Channel, name: str, status: int
) -> None:
    before = kept()

    response = callers[name].parts(f"/channels/{channel.handle}/posts", WORDS)

    assert response.status_code == status, response.content
    assert (kept() == before) == (status >= 400)


@pytest.mark.parametrize(
    ("name", "status"),
    [("alice", 201), ("bob", 201), ("charlie", 422), ("mona", 422), ("stranger", 401)],
)
def test_only_members_discuss_in_a_group(
    callers: dict[str, Calls], group: Group, name: str, status: int
) -> None:
    before = kept()

    response = callers[name].parts(f"/groups/{group.handle}/posts", {**WORDS, "title": "Lights"})

    assert response.status_code == status, response.content
    assert (kept() == before) == (status >= 400)


def test_a_post_has_its_pictures_what_they_show_and_its_video(
    callers: dict[str, Calls], channel: Channel, video: Video
) -> None:
    parts = {
        **WORDS,
        "video": video.public_id,
        "alts": ["A lighthouse", "The sea"],
        "photos": [photo(), photo("sea.png")],
    }

    made = said(callers["alice"].parts(f"/channels/{channel.handle}/posts", parts))

    assert made == said(callers["alice"].get(f"/posts/{made['id']}"))
    assert (made["channel"], made["group"], made["video"]) == ("alice", None, video.public_id)
    assert made["person"]["handle"] == "alice"
    shown = [(each["alt"], each["width_px"], each["height_px"]) for each in made["photos"]]
    assert shown == [("A lighthouse", 400, 300), ("The sea", 400, 300)]
    name = made["photos"][0]["url"].rpartition("/")[2]
    assert storage_open(environment()).get(f"media/{made['id']}/{name}")


@pytest.mark.parametrize(("parts", "code"), [
    ({}, "refused"),
    ({"body": "x" * 10_001}, "invalid"),
    ({"body": "a", "video": "x0nothing"}, "refused"),
    ({"body": "a", "alts": ["a"] * 11}, "invalid"),
])  # fmt: skip
def test_nonsense_publishes_nothing(
    callers: dict[str, Calls], channel: Channel, parts: dict[str, object], code: str
) -> None:
    before = kept()

    refused(callers["alice"].parts(f"/channels/{channel.handle}/posts", parts), 422, code)

    assert kept() == before


@pytest.mark.parametrize(("count", "data", "status", "code"), [
    (1, b"GIF89a", 422, "refused"),
    (11, b"\x89PNG", 413, "too-large"),
    (1, b"x" * 5_000_001, 413, "too-large"),
])  # fmt: skip
def test_pictures_that_do_not_fit_are_refused(
    callers: dict[str, Calls], channel: Channel, count: int, data: bytes, status: int, code: str
) -> None:
    before = kept()
    parts = {**WORDS, "photos": [photo(f"{number}.png", data) for number in range(count)]}

    refused(callers["alice"].parts(f"/channels/{channel.handle}/posts", parts), status, code)

    assert kept() == before


def test_what_one_follows_is_one_list_page_by_page(
    callers: dict[str, Calls], channel: Channel, group: Group, alice: Person, bob: Person
) -> None:
    callers["bob"]("PUT", f"/channels/{channel.handle}/follow", {})
    made = [
        channel_post(by=alice, channel=channel, words=Words("One.")).public_id,
        group_post(by=bob, group=group, words=Words("Two.")).public_id,
        channel_post(by=alice, channel=channel, words=Words("Three.")).public_id,
    ]

    first = said(callers["bob"].get("/me/posts?size=2"))
    rest = said(callers["bob"].get(f"/me/posts?size=2&cursor={first['next_cursor']}"))

    assert [row["id"] for row in first["items"] + rest["items"]] == made[::-1]
    assert rest["next_cursor"] is None
    assert said(callers["charlie"].get("/me/posts"))["items"] == []
    refused(callers["bob"].get("/me/posts?cursor=magic"), 422, "invalid")


def test_what_began_a_discussion_is_gone_and_its_answers_stay(
    callers: dict[str, Calls], alice: Person, bob: Person
) -> None:
    group = group_create(by=alice, name="Harbours")
    group_join(by=bob, group=group)
    path = f"/posts/{group_post(by=bob, group=group, words=Words('Which?')).public_id}"
    answer = said(callers["alice"]("POST", f"{path}/comments", {"text": "The old one."}))

    callers["bob"]("DELETE", path)

    found = said(callers["stranger"].get(path))
    assert (found["person"], found["body"], found["comments"]) == (None, "", 1)
    listed = said(callers["stranger"].get(f"{path}/comments"))["items"]
    assert [(row["id"], row["post"], row["video"]) for row in listed] == [
        (answer["id"], found["id"], None)
    ]


@pytest.mark.parametrize(("switched_off", "left"), [
    ({"posts": False}, "discussion"),
    ({"groups": False}, "post"),
    ({"posts": False, "groups": False}, ""),
])  # fmt: skip
def test_what_the_site_has_switched_off_is_not_there(
    callers: dict[str, Calls],
    channel: Channel,
    group: Group,
    bob: Person,
    switched_off: dict[str, Any],
    left: str,
) -> None:
    callers["bob"]("PUT", f"/channels/{channel.handle}/follow", {})
    made = {
        "post": channel_post(by=channel.person, channel=channel, words=Words("One.")).public_id,
        "discussion": group_post(by=bob, group=group, words=Words("Two.")).public_id,
    }
    setting_write(value=FeatureSettings(**switched_off), by=None)
    before = kept()

    for what, key in made.items():
        for path in (f"/posts/{key}", f"/posts/{key}/comments"):
            assert callers["bob"].get(path).status_code == (200 if what == left else 404)
    listed = callers["bob"].get("/me/posts")
    if left:
        assert [row["id"] for row in said(listed)["items"]] == [made[left]]
    else:
        refused(listed, 404, "not-found")
    _switched_off(callers["alice"], channel, group, switched_off)
    assert kept() == before


def _switched_off(
    call: Calls, channel: Channel, group: Group, switched_off: dict[str, bool]
) -> None:
    """Nobody publishes, founds, joins or lists what is switched off."""
    words = Words("Three.")
    if "posts" in switched_off:
        refused(call.get(f"/channels/{channel.handle}/posts"), 404, "not-found")
        refused(call.parts(f"/channels/{channel.handle}/posts", WORDS), 404, "not-found")
    if "groups" in switched_off:
        refused(call("POST", "/groups", {"name": words.body}), 404, "not-found")
        refused(call.parts(f"/groups/{group.handle}/posts", WORDS), 404, "not-found")
        for path in ("/groups", "/me/groups", f"/groups/{group.handle}",
                     f"/groups/{group.handle}/members"):  # fmt: skip
            refused(call.get(path), 404, "not-found")


def test_a_removed_post_is_nowhere(
    callers: dict[str, Calls], channel: Channel, alice: Person
) -> None:
    made = channel_post(by=alice, channel=channel, words=Words("One."))

    callers["alice"]("DELETE", f"/posts/{made.public_id}")

    assert not Post.objects.exists()
    refused(callers["bob"].get(f"/posts/{made.public_id}"), 404, "not-found")
    assert said(callers["bob"].get(f"/channels/{channel.handle}/posts"))["items"] == []
