"""The page of a person: what they say of themselves, and what they let others see of the rest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from antenne.accounts.models import Person, SignUpRequest
from antenne.accounts.services import preferences_set, profile_edit
from antenne.accounts.services.profile import Liking
from antenne.catalog.models import Channel, Video
from antenne.catalog.services.channels import channel_create, channel_rename
from antenne.catalog.services.search import channel_index, video_index
from antenne.catalog.services.visibility import Showing, visibility_set
from antenne.community.services.rulings import comment_rule
from antenne.moderation.services.people import person_suspend
from tests.cast import login_of
from tests.factories.catalog import video_make, video_of
from tests.factories.community import comment_make
from tests.factories.playlists import playlist_make
from tests.web.pages import client_of

LIKING = Liking(language="", autoplay=True, data_saver=False, sensitive="ask")


def page_of(handle: str, viewer: Person | None = None) -> str:
    answer = client_of(viewer).get(f"/u/{handle}")
    assert answer.status_code == 200, answer
    return answer.content.decode()


@pytest.fixture
def video(channel: Channel) -> Video:
    """Alice's public video, which can be found."""
    found = video_make(channel)
    video_index(video_id=found.pk)
    channel_index(channel_id=channel.pk)
    return found


def test_it_says_what_the_person_says(alice: Person) -> None:
    profile_edit(by=alice, about="I film swans.", links=["https://swans.example/"])

    page = page_of("alice")

    assert '<h1 dir="auto">Alice</h1>' in page
    assert "I film swans." in page
    assert 'href="https://swans.example/" rel="nofollow ugc noopener"' in page
    assert 'content="noindex, follow"' in page
    assert "alice@example.org" not in page


def test_it_lists_channels_and_public_playlists(alice: Person, bob: Person, video: Video) -> None:
    playlist_make(alice, video, title="Birds")
    playlist_make(alice, video, title="Secret birds", visibility="private")
    channel_create(person=alice, name="Nothing here yet")

    page = page_of("alice", bob)

    assert f'href="/c/{video.channel.handle}"' in page
    assert "Birds" in page
    assert "Secret birds" not in page
    assert "Nothing here yet" not in page


def test_channels_can_be_kept_apart(alice: Person, bob: Person, video: Video) -> None:
    comment_make(video, by=alice, body="Mine.")
    preferences_set(by=alice, liking=replace(LIKING, channels_shown=False))

    page = page_of("alice", bob)
    said = client_of(None).get(f"/api/v1/videos/{video.public_id}/comments").json()

    assert f'href="/c/{video.channel.handle}"' not in page
    assert said["items"][0]["person"] == {"handle": "alice", "name": "Alice", "channel": None}


def test_comments_stand_there_only_if_they_like(
    alice: Person, bob: Person, charlie: Person, video: Video
) -> None:
    comment_make(video, by=bob, body="Open words.")
    hidden = comment_make(video, by=bob, body="Hidden words.")
    comment_rule(by=alice, key=hidden.pk, state="hidden")
    secret = video_of(bob, title="Boats")
    comment_make(secret, by=bob, body="Private words.")
    visibility_set(by=bob, public_id=secret.public_id, showing=Showing(visibility="private"))
    assert "Open words." not in page_of("bob", charlie)

    preferences_set(by=bob, liking=replace(LIKING, comments_shown=True))

    page = page_of("bob", charlie)
    assert "Open words." in page
    assert "Hidden words." not in page
    assert "Private words." not in page


@pytest.mark.parametrize("handle", ["nobody", "%00", "..", "x" * 500])
def test_nobody_has_no_page(alice: Person, handle: str) -> None:
    assert client_of(None).get(f"/u/{handle}").status_code == 404


def test_who_is_shut_out_or_waits_has_no_page(alice: Person, bob: Person, mona: Person) -> None:
    person_suspend(by=mona, handle="alice", reason="Spam.")
    SignUpRequest.objects.create(home=bob.home, user=login_of(bob))
    assert [client_of(None).get(f"/u/{who}").status_code for who in ("alice", "bob")] == [404, 404]


def test_old_handles_lead_on_and_back_again(alice: Person, channel: Channel) -> None:
    profile_edit(by=alice, handle="heron")
    channel_rename(by=alice, handle=channel.handle, wish="herons")

    person, place = (client_of(None).get(path) for path in ("/u/@Alice", "/c/alice"))
    assert (person.status_code, person["Location"]) == (301, "/u/heron")
    assert (place.status_code, place["Location"]) == (301, "/c/herons")
    # Taken back, the two would lead to one another in a browser that remembers.
    assert person["Cache-Control"] == place["Cache-Control"] == "no-cache"

    profile_edit(by=alice, handle="alice")
    assert client_of(None).get("/u/heron")["Location"] == "/u/alice"


def test_a_mention_leads_to_the_person_not_to_a_channel_that_is_called_so(
    alice: Person, bob: Person, charlie: Person, video: Video
) -> None:
    channel_create(person=charlie, name="Bob", handle="bob")
    channel_create(person=charlie, name="Boats", handle="boats")
    profile_edit(by=bob, handle="bobby")
    comment_make(video, by=alice, body="Ask @bobby, once @bob, on @boats, not @nobody.")

    page = client_of(None).get(f"/v/{video.public_id}/comments").content.decode()

    assert '<a href="/u/bobby">@bobby</a>' in page
    assert '<a href="/u/bob">@bob</a>' in page
    assert '<a href="/c/boats">@boats</a>' in page
    assert "not @nobody." in page
    assert '<a class="comment__who" href="/u/alice">' in page
