"""Comments over the API: what is said, in which order, and what is refused."""

from __future__ import annotations

import pytest

from antenne.accounts.models import Person
from antenne.catalog.models import Video
from antenne.community.models import Comment
from antenne.community.services.follows import channel_follow
from antenne.community.services.telling import video_told
from tests.api.callers import Calls, refused, said
from tests.factories.community import comment_make


def test_a_comment_is_read_as_it_was_written(
    callers: dict[str, Calls], video: Video, charlie: Person
) -> None:
    made = said(
        callers["charlie"]("POST", f"/videos/{video.public_id}/comments", {"text": "Swans. 0:05"})
    )

    found = said(callers["stranger"].get(f"/videos/{video.public_id}/comments"))

    assert found == {"items": [{**made, "liked": False}], "next_cursor": None}
    assert (made["text"], made["state"], made["person"]["handle"]) == (
        "Swans. 0:05", "shown", "charlie",
    )  # fmt: skip


def test_lists_go_on_at_their_cursor(
    callers: dict[str, Calls], video: Video, charlie: Person
) -> None:
    for number in range(3):
        comment_make(video, by=charlie, body=f"Swan {number}")
    path = f"/videos/{video.public_id}/comments?sort=new&size=2"

    first = said(callers["stranger"].get(path))
    rest = said(callers["stranger"].get(f"{path}&cursor={first['next_cursor']}"))

    texts = [item["text"] for item in first["items"] + rest["items"]]
    assert (texts, rest["next_cursor"]) == (["Swan 2", "Swan 1", "Swan 0"], None)


WRONG: list[object] = [
    {"text": ""},
    {"text": "x" * 5001},
    {"text": "a\x00b"},
    {"text": ["a"]},
    {"text": "a", "reply_to": "x"},
    {"text": "a", "person": "alice"},
    {},
]


@pytest.mark.parametrize("body", WRONG)
def test_what_does_not_fit_is_refused(
    callers: dict[str, Calls], video: Video, body: object
) -> None:
    answer = callers["charlie"]("POST", f"/videos/{video.public_id}/comments", body)

    refused(answer, 422, "invalid")
    assert not Comment.objects.exists()


def test_a_comment_held_is_no_secret_of_the_api(
    callers: dict[str, Calls], video: Video, charlie: Person
) -> None:
    Video.objects.update(commenting="held")
    key = comment_make(video, by=charlie).pk

    assert said(callers["charlie"].get(f"/comments/{key}"))["state"] == "held"
    assert said(callers["alice"].get(f"/comments/{key}"))["state"] == "held"
    refused(callers["bob"].get(f"/comments/{key}"), 404, "not-found")
    assert said(callers["bob"].get(f"/videos/{video.public_id}/comments"))["items"] == []


def test_everything_of_a_ruling_is_written_or_nothing(
    callers: dict[str, Calls], video: Video, charlie: Person
) -> None:
    key = comment_make(video, by=charlie).pk

    ruled = callers["alice"]("PUT", f"/comments/{key}/ruling", {"pinned": True, "hearted": True})
    wrong = callers["alice"]("PUT", f"/comments/{key}/ruling", {"state": "held", "pinned": False})

    assert (said(ruled)["pinned"], said(ruled)["hearted"]) == (True, True)
    refused(wrong, 422, "refused")
    assert said(callers["alice"].get(f"/comments/{key}"))["pinned"] is True


def test_likes_and_news_are_ones_own(
    callers: dict[str, Calls], video: Video, charlie: Person
) -> None:
    channel_follow(by=charlie, channel=video.channel)
    video_told(key=video.pk)
    callers["charlie"]("PUT", f"/videos/{video.public_id}/like")
    liked = said(callers["charlie"]("PUT", f"/videos/{video.public_id}/like"))

    news = said(callers["charlie"].get("/me/notifications"))["items"]
    assert liked == {"liked": True, "likes": 1}
    assert [(item["kind"], item["path"]) for item in news] == [("video", f"/v/{video.public_id}")]
    assert said(callers["bob"].get("/me/notifications"))["items"] == []
    assert said(callers["charlie"]("POST", "/me/notifications/read")) == {"read": 1}
