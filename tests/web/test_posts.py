"""Pages of posts and groups, for each of the cast."""

from __future__ import annotations

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.services.translations import translation_put
from antenne.community.models import Comment, Group, GroupMember, Post, PostPhoto
from antenne.community.services.groups import group_create, group_join
from antenne.community.services.posts import Words, channel_post, group_post
from antenne.community.states import Joining
from antenne.kernel.clock import unix_s
from antenne.kernel.environment import environment
from antenne.kernel.signing import ticket_read
from tests.audience.watching import Page, taken
from tests.community.test_posts import picture
from tests.factories.catalog import video_make
from tests.web.pages import client_of


@pytest.fixture
def closed(alice: Person) -> Group:
    """Alice's group, which lets people in one by one."""
    return group_create(by=alice, name="Lighthouses", joining=Joining.APPROVAL)


def test_a_post_goes_in_with_pictures_and_is_on_the_page(channel: Channel, alice: Person) -> None:
    files = [SimpleUploadedFile(f"{name}.png", picture()) for name in ("a", "b")]
    data = {"body": "<b>Look</b> https://example.org/", "alts": "One\nTwo", "photos": files}

    answer = client_of(alice).post(f"/c/{channel.handle}/posts/new", data)

    page = Client().get(answer["Location"]).content.decode()
    assert [photo.alt for photo in PostPhoto.objects.order_by("position")] == ["One", "Two"]
    assert "&lt;b&gt;Look&lt;/b&gt;" in page
    assert 'alt="One" width="400" height="300"' in page
    assert "Look" in Client().get(f"/c/{channel.handle}/posts").content.decode()


@pytest.mark.parametrize("name", ["bob", "charlie", "mona"])
def test_others_neither_publish_nor_change_nor_remove(
    request: pytest.FixtureRequest, channel: Channel, alice: Person, name: str
) -> None:
    made = channel_post(by=alice, channel=channel, words=Words("Hello."))
    client = client_of(request.getfixturevalue(name))

    for address in (f"/c/{channel.handle}/posts/new", f"/p/{made.public_id}/edit",
                    f"/p/{made.public_id}/remove"):  # fmt: skip
        assert client.post(address, {"body": "Mine."}).status_code == 404
    assert Post.objects.get().body == "Hello."


def test_a_comment_under_a_post_works_without_scripts(
    channel: Channel, alice: Person, bob: Person
) -> None:
    made = channel_post(by=alice, channel=channel, words=Words("Hello."))
    client = client_of(bob)

    answer = client.post(f"/p/{made.public_id}/comments", {"body": "Welcome."})

    assert "Welcome." in client.get(answer["Location"]).content.decode()
    assert client.get(f"/comments/{Comment.objects.get().pk}").status_code == 200


def test_a_closed_group_gives_nothing_away(closed: Group, alice: Person, bob: Person) -> None:
    made = group_post(by=alice, group=closed, words=Words("A secret.", title="Whisper"))
    group_join(by=bob, group=closed)

    for client in (Client(), client_of(bob)):
        page = client.get(f"/g/{closed.handle}")
        assert page.status_code == 200
        assert "secret" not in page.content.decode()
        for address in (f"/p/{made.public_id}", f"/p/{made.public_id}/comments"):
            assert client.get(address).status_code == 404
    assert "secret" in client_of(alice).get(f"/g/{closed.handle}").content.decode()


def test_a_group_is_founded_joined_and_led_on_its_pages(
    alice: Person, bob: Person, charlie: Person
) -> None:
    made = client_of(alice).post("/groups/new", {"name": "Lights", "joining": "approval"})
    address = made["Location"]
    client_of(bob).post(f"{address}/join", {"wish": "join"})
    row = GroupMember.objects.get(person=bob)

    assert client_of(bob).get(f"{address}/members")["Location"] == address
    stranger = client_of(charlie).post(f"{address}/members/{row.pk}", {"role": "member"})
    client_of(alice).post(f"{address}/members/{row.pk}", {"role": "member"})

    assert stranger.status_code == 404
    assert GroupMember.objects.get(person=bob).role == "member"
    assert "Bob" in client_of(bob).get(f"{address}/members").content.decode()


PAGES = ["/groups", "/subscriptions/posts", "/g/lighthouses", "/g/lighthouses/members"]


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_of_groups_open_for_their_owner(closed: Group, alice: Person, page: str) -> None:
    assert client_of(alice).get(page).status_code == 200


@pytest.mark.parametrize("page", ["/p/%00", "/p/x", "/g/%00", "/g/nobody", "/c/nobody/posts"])
def test_what_is_not_there_is_not_found(db: None, region: None, page: str) -> None:
    assert Client().get(page).status_code == 404


def test_the_page_of_a_post_hears_of_its_likes_and_comments(
    channel: Channel, alice: Person, bob: Person, charlie: Person
) -> None:
    made = channel_post(by=alice, channel=channel, words=Words("Hello."))
    with CaptureQueriesContext(connection) as asked:
        client_of(bob).post(f"/p/{made.public_id}/like", {"on": "1"})
        client_of(bob).post(f"/p/{made.public_id}/like", {"on": "1"})
        client_of(charlie).post(f"/p/{made.public_id}/comments", {"body": "Welcome."})
        client_of(bob).post(f"/p/{made.public_id}/like", {"on": "0"})

    topic = f"post:{made.public_id}"
    said = "\n".join(query["sql"] for query in asked.captured_queries)
    told = re.findall(r"pg_notify\('antenne_event', '(.+?)'\)", said)
    events = [json.loads(each) for each in told]
    shown = [(each["kind"], each["count"]) for each in events if each["topic"] == topic]
    assert shown == [("likes", 1), ("comments", 1), ("likes", 0)]
    page = Client().get(f"/p/{made.public_id}").content.decode()
    ticket = page.split('data-events-url="', 1)[1].split('"', 1)[0].rpartition("/")[2]
    secret = environment().secret
    assert ticket_read(secret, "events", ticket, now_s=unix_s()) == {"topic": topic}


def test_nobody_hears_of_a_post_that_they_may_not_read(
    closed: Group, alice: Person, bob: Person
) -> None:
    made = group_post(by=alice, group=closed, words=Words("Hello.", title="First"))

    answer = client_of(bob).get(f"/p/{made.public_id}")

    assert answer.status_code == 404
    assert b"data-events-url" not in answer.content


def test_the_video_of_a_post_is_shown_as_every_card_is(
    channel: Channel, alice: Person, bob: Person
) -> None:
    video = video_make(channel, title="The swan")
    translation_put(by=alice, public_id=video.public_id, language="fr", title="Le cygne")
    Video.objects.filter(pk=video.pk).update(language="en", sensitive=True)
    taken(*Page(video, viewer=bob).watch(8_000))
    made = channel_post(by=alice, channel=channel, words=Words("Look.", video=video.public_id))
    client = client_of(bob)

    for address in (f"/c/{channel.handle}/posts", f"/p/{made.public_id}"):
        page = client.get(address, headers={"accept-language": "fr"}).content.decode()
        assert "Le cygne" in page
        assert "The swan" not in page
        assert "card__watched" in page
        assert "card__veil" in page
        assert video.poster not in page
