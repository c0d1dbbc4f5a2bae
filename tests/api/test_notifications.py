"""What somebody is told, read over the API, and how they want to hear of it."""

from __future__ import annotations

import pytest

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.community.models import Notification, NotificationWish
from antenne.community.services.follows import channel_follow
from antenne.community.services.posts import Words, channel_post
from antenne.community.services.telling import comment_told, post_told
from antenne.community.states import Ruled
from tests.api.callers import Calls, kept, refused, said, said_all
from tests.factories.community import comment_make


@pytest.fixture
def told(channel: Channel, video: Video, bob: Person) -> list[Notification]:
    """What Bob is told of Alice's post, and Alice of Bob's comment."""
    channel_follow(by=bob, channel=channel)
    post_told(key=channel_post(by=channel.person, channel=channel, words=Words("Hello.")).pk)
    comment_told(key=comment_make(video, by=bob).pk)
    return list(Notification.objects.order_by("pk"))


def test_a_notification_says_what_it_is_about(
    callers: dict[str, Calls], told: list[Notification], video: Video
) -> None:
    (of_post,) = said(callers["bob"].get("/me/notifications"))["items"]
    (of_comment,) = said(callers["alice"].get("/me/notifications"))["items"]

    assert (of_post["kind"], of_post["channel"], of_post["video"]) == ("post", "alice", None)
    assert of_post["path"] == f"/p/{of_post['post']}"
    assert (of_comment["kind"], of_comment["video"]) == ("comment", video.public_id)
    assert callers["bob"].get(f"/posts/{of_post['post']}").status_code == 200


def test_one_is_read_and_then_all_are_forgotten(
    callers: dict[str, Calls], told: list[Notification]
) -> None:
    call = callers["bob"]
    assert said(call.get("/me/notifications/unread")) == {"unread": 1}
    path = f"/me/notifications/{told[0].pk}/read"

    read = said(call("POST", path))
    again = said(call("POST", path))

    assert read["read_at"]
    assert read == again
    assert said(call.get("/me/notifications/unread")) == {"unread": 0}
    assert call("DELETE", "/me/notifications").status_code == 204
    assert said(call.get("/me/notifications"))["items"] == []
    assert said(callers["alice"].get("/me/notifications/unread")) == {"unread": 1}


def test_a_wish_is_chosen_and_holds(callers: dict[str, Calls], channel: Channel) -> None:
    call = callers["bob"]
    first = {row["kind"]: row for row in said_all(call.get("/me/notifications/wishes"))}

    chosen = said(
        call("PUT", "/me/notifications/wishes/post", {"in_page": False, "mail": "weekly"})
    )

    assert chosen == {"kind": "post", "in_page": False, "mail": "weekly"}
    after = {row["kind"]: row for row in said_all(call.get("/me/notifications/wishes"))}
    assert after == {**first, "post": chosen}


@pytest.mark.parametrize(("kind", "body"), [
    ("magic", {"in_page": True, "mail": "now"}),
    ("post", {"in_page": True, "mail": "magic"}),
    ("post", {"mail": "now"}),
    ("post", {"in_page": True, "mail": "now", "more": 1}),
])  # fmt: skip
def test_nonsense_chooses_nothing(
    callers: dict[str, Calls], kind: str, body: dict[str, object]
) -> None:
    before = kept()

    refused(callers["bob"]("PUT", f"/me/notifications/wishes/{kind}", body), 422, "invalid")

    assert kept() == before
    assert not NotificationWish.objects.exists()


def test_what_waits_for_review_is_listed_for_the_keeper_alone(
    callers: dict[str, Calls], video: Video, bob: Person, channel: Channel
) -> None:
    video.commenting = "held"
    video.save(update_fields=["commenting"])
    comment = comment_make(video, by=bob, body="Lovely.")

    (held,) = said(callers["alice"].get("/me/comments/held"))["items"]

    assert (held["id"], held["video"], held["text"]) == (
        str(comment.pk),
        video.public_id,
        "Lovely.",
    )
    assert held["person"]["handle"] == "bob"
    assert said(callers["bob"].get("/me/comments/held"))["items"] == []
    callers["alice"]("PUT", f"/comments/{comment.pk}/ruling", {"state": Ruled.SHOWN})
    assert said(callers["alice"].get("/me/comments/held"))["items"] == []
