"""The pages of comments: with scripts and without, for each of the cast."""

from __future__ import annotations

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.services.visibility import Showing, visibility_set
from antenne.community.models import Comment, CommentRuling, Follow, Like
from tests.factories.catalog import video_make
from tests.factories.community import comment_make
from tests.web.pages import Answer, client_of

SCRIPT = {"HX-Request": "true"}
HOSTILE = "<script>alert(1)</script> https://x.example/?a=1&b=2 @bob 1:05 \u202egnp.exe"


@pytest.fixture
def video(channel: Channel) -> Video:
    """Alice's public video."""
    return video_make(channel)


def body_of(response: Answer) -> str:
    return response.content.decode()


def test_a_comment_goes_in_without_scripts_and_is_on_the_page(
    video: Video, charlie: Person
) -> None:
    client = client_of(charlie)
    address = f"/v/{video.public_id}/comments"

    answer = client.post(address, {"body": "Lovely swans."})

    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{address}?sort=new#c-")
    assert "Lovely swans." in body_of(client.get(answer["Location"]))
    assert f'hx-get="{address}"' in body_of(client.get(f"/v/{video.public_id}"))


def test_what_people_write_is_escaped_and_linked(video: Video, bob: Person) -> None:
    comment_make(video, by=bob, body=HOSTILE)

    page = body_of(Client().get(f"/v/{video.public_id}/comments"))

    assert "<script>alert" not in page
    assert 'href="https://x.example/?a=1&amp;b=2" rel="nofollow ugc noopener"' in page
    assert f'href="/v/{video.public_id}?t=65" data-seek="65">1:05</a>' in page
    assert '<a href="/u/bob">@bob</a>' in page
    assert "\u202e" not in page


def test_a_stranger_is_led_from_a_like_to_sign_in_and_back(video: Video, bob: Person) -> None:
    made = comment_make(video, by=bob, body="Swans.")

    page = Client().get(f"/v/{video.public_id}/comments", headers=SCRIPT)

    assert f'href="/sign-in?next=/v/{video.public_id}"' in body_of(page)
    assert f"/comments/{made.pk}/like" not in body_of(page)
    assert f"/comments/{made.pk}/like" in body_of(
        client_of(bob).get(f"/v/{video.public_id}/comments", headers=SCRIPT)
    )
    assert not page.cookies


def test_a_script_is_handed_the_new_comment_alone(video: Video, charlie: Person) -> None:
    address = f"/v/{video.public_id}/comments"

    answer = client_of(charlie).post(address, {"body": "Swans."}, headers=SCRIPT)

    assert body_of(answer).lstrip().startswith("<li")
    assert "<html" not in body_of(answer)


def test_a_refused_comment_keeps_its_words(video: Video, charlie: Person) -> None:
    address = f"/v/{video.public_id}/comments"
    long = "x" * 5001

    plain = client_of(charlie).post(address, {"body": long})
    script = client_of(charlie).post(address, {"body": long}, headers=SCRIPT)

    assert (plain.status_code, script.status_code) == (422, 200)
    assert script["HX-Retarget"] == "closest form"
    assert long in body_of(plain)
    assert long in body_of(script)
    assert not Comment.objects.exists()


def test_a_stranger_is_led_to_sign_in_and_back(video: Video) -> None:
    address = f"/v/{video.public_id}/comments"
    page = f"http://testserver/v/{video.public_id}"

    plain = Client().post(address, {"body": "Swans."}, headers={"Referer": page})
    script = Client().post(address, {"body": "Swans."}, headers={**SCRIPT, "Referer": page})

    assert plain["Location"] == f"/sign-in?next=/v/{video.public_id}"
    assert script["HX-Redirect"] == plain["Location"]
    assert not Comment.objects.exists()


ACTIONS = [
    ("remove", {}, "charlie"),
    ("edit", {"body": "Changed."}, "charlie"),
    ("rule", {"state": "hidden"}, "alice"),
    ("pin", {"on": "1"}, "alice"),
    ("heart", {"on": "1"}, "alice"),
]


@pytest.mark.parametrize(("action", "data", "allowed"), ACTIONS)
@pytest.mark.parametrize("name", ["alice", "bob", "charlie", "mona"])
def test_each_of_the_cast_does_only_what_they_may(
    request: pytest.FixtureRequest,
    video: Video,
    name: str,
    action: str,
    data: dict[str, str],
    allowed: str,
) -> None:
    comment = comment_make(video, by=request.getfixturevalue("charlie"))
    before = (Comment.objects.values().get(), CommentRuling.objects.values().get())

    answer = client_of(request.getfixturevalue(name)).post(f"/comments/{comment.pk}/{action}", data)

    assert answer.status_code == (302 if name == allowed else 404)
    if name != allowed:
        assert (Comment.objects.values().get(), CommentRuling.objects.values().get()) == before


def test_a_private_video_gives_no_comment_away(
    video: Video, alice: Person, charlie: Person
) -> None:
    comment = comment_make(video, by=charlie)
    visibility_set(by=alice, public_id=video.public_id, showing=Showing("private"))

    addresses = [f"/v/{video.public_id}/comments", f"/comments/{comment.pk}"]
    for client in (client_of(charlie), Client()):
        assert [client.get(address).status_code for address in addresses] == [404, 404]
        assert client.post(f"/comments/{comment.pk}/like", {"on": "1"}).status_code != 200
    assert client_of(alice).get(addresses[1]).status_code == 200
    assert not Like.objects.exists()


def test_a_like_and_a_subscription_work_without_scripts(
    video: Video, channel: Channel, charlie: Person
) -> None:
    client = client_of(charlie)

    client.post(f"/v/{video.public_id}/like", {"on": "1"})
    client.post(f"/c/{channel.handle}/follow", {"wish": "none"})

    assert Like.objects.get().subject == video.pk
    assert Follow.objects.get().bell == "none"
    assert "Swans" in body_of(client.get("/liked"))


def test_a_refused_action_is_said_and_changes_nothing(channel: Channel, alice: Person) -> None:
    answer = client_of(alice).post(f"/c/{channel.handle}/follow", {"wish": "all"}, headers=SCRIPT)

    assert answer.status_code == 204
    assert "This channel is your own." in answer["HX-Trigger"]
    assert not Follow.objects.exists()


@pytest.mark.parametrize("after", ["%00", "x", "eyJ9", "WzEsMl0", "W251bGwsbnVsbF0"])
def test_a_broken_cursor_is_not_found(video: Video, after: str) -> None:
    address = f"/v/{video.public_id}/comments?after={after}"

    assert Client().get(address).status_code == 404


def test_comments_that_wait_are_their_owners_matter(
    video: Video, alice: Person, bob: Person, charlie: Person
) -> None:
    Video.objects.update(commenting="held")
    comment = comment_make(video, by=charlie, body="Read me first.")

    assert "Read me first." in body_of(client_of(alice).get("/studio/comments"))
    assert "Read me first." not in body_of(client_of(bob).get("/studio/comments"))
    assert client_of(bob).get(f"/comments/{comment.pk}").status_code == 404


def test_the_studio_leads_to_the_comments_that_wait(alice: Person, channel: Channel) -> None:
    assert 'href="/studio/comments"' in body_of(client_of(alice).get("/studio"))
    assert 'href="/studio"' in body_of(client_of(alice).get("/studio/comments"))


def test_open_pages_of_a_video_hear_how_many_like_it(
    video: Video, bob: Person, charlie: Person
) -> None:
    address = f"/v/{video.public_id}/like"
    with CaptureQueriesContext(connection) as asked:
        client_of(bob).post(address, {"on": "1"})
        client_of(bob).post(address, {"on": "1"})
        client_of(charlie).post(address, {"on": "1"})
        client_of(bob).post(address, {"on": "0"})

    said = "\n".join(query["sql"] for query in asked.captured_queries)
    told = [json.loads(each) for each in re.findall(r"'antenne_event', '(.+?)'\)", said)]
    heard = [each for each in told if each["kind"] == "likes"]
    assert [each["count"] for each in heard] == [1, 2, 1]
    assert {each["topic"] for each in heard} == {f"video:{video.public_id}"}
