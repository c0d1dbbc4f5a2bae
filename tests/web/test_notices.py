"""Pages of notifications, subscriptions and blocks."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.community.models import Follow, Notification, NotificationWish, PersonBlock, WordBlock
from antenne.community.services.follows import channel_follow
from antenne.community.services.letters import unsubscribe_url
from antenne.community.services.telling import video_told
from antenne.community.states import Kind, MailPace
from antenne.custody.settings import SiteSettings
from tests.custody.proving import say
from tests.factories.catalog import video_make
from tests.web.pages import client_of

PAGES = [
    "/notifications",
    "/settings/notices",
    "/settings/blocks",
    "/subscriptions",
    "/subscriptions/channels",
    "/subscriptions/channels.opml",
    "/liked",
    "/studio/comments",
]


@pytest.fixture
def video(channel: Channel) -> Video:
    """Alice's public video, of which Charlie was told."""
    return video_make(channel)


@pytest.fixture
def told(video: Video, channel: Channel, charlie: Person) -> Notification:
    """What Charlie was told."""
    channel_follow(by=charlie, channel=channel)
    video_told(key=video.pk)
    return Notification.objects.get()


@pytest.mark.parametrize("page", PAGES)
def test_these_pages_are_for_people_who_are_signed_in(page: str, charlie: Person) -> None:
    assert Client().get(page)["Location"].startswith("/sign-in?next=")
    assert client_of(charlie).get(page).status_code == 200


def test_the_bell_counts_and_a_notification_leads_on(
    told: Notification, video: Video, bob: Person, charlie: Person
) -> None:
    client = client_of(charlie)
    assert 'data-count="1"' in client.get("/notifications").content.decode()

    answer = client.get(f"/notifications/{told.pk}")

    assert answer["Location"] == f"/v/{video.public_id}"
    assert 'data-count="0"' in client.get("/notifications").content.decode()
    assert client_of(bob).get(f"/notifications/{told.pk}").status_code == 404


def test_nobody_reads_or_clears_what_others_were_told(told: Notification, bob: Person) -> None:
    client_of(bob).post("/notifications/read")
    client_of(bob).post("/notifications/clear")

    assert Notification.objects.get().read_at is None


def test_what_one_hears_of_is_kept(charlie: Person) -> None:
    client_of(charlie).post(
        "/settings/notices", {"video-pace": "daily", "reply-page": "1", "reply-pace": "vinegar"}
    )

    row = NotificationWish.objects.get()
    assert (row.kind, row.in_page, row.pace) == ("video", False, "daily")


def test_one_click_without_any_cookie_ends_letters(charlie: Person) -> None:
    address = unsubscribe_url(charlie, MailPace.WEEKLY).partition("8000")[2]
    client = Client(enforce_csrf_checks=True)

    looked = client.get(address)
    assert not NotificationWish.objects.exists()
    done = client.post(address, {"List-Unsubscribe": "One-Click"})

    assert (looked.status_code, done.status_code) == (200, 200)
    kinds = set(NotificationWish.objects.filter(pace="never").values_list("kind", flat=True))
    assert kinds == {Kind.VIDEO, Kind.POST}


@pytest.mark.parametrize("ticket", ["x", "x.y", "e30.AAAA", "é"])
def test_a_forged_address_ends_nothing(ticket: str, charlie: Person) -> None:
    assert Client().post(f"/letters/stop/{ticket}").status_code == 404
    assert not NotificationWish.objects.exists()


def test_subscriptions_show_what_followed_channels_publish(
    told: Notification, charlie: Person, bob: Person
) -> None:
    assert "Swans" in client_of(charlie).get("/subscriptions").content.decode()
    assert "Swans" not in client_of(bob).get("/subscriptions").content.decode()


def test_a_list_goes_out_and_comes_back(
    told: Notification, channel: Channel, charlie: Person, bob: Person
) -> None:
    say(SiteSettings, name="Harbour")
    file = client_of(charlie).get("/subscriptions/channels.opml")
    upload = SimpleUploadedFile("subscriptions.opml", file.content)

    client_of(bob).post("/subscriptions/bring", {"file": upload})

    assert b"<title>Subscriptions on Harbour</title>" in file.content
    assert Follow.objects.filter(person=bob).get().channel == channel


BOMB = b'<!DOCTYPE a [<!ENTITY x "y">]><opml><body><outline text="&x;"/></body></opml>'


@pytest.mark.parametrize("data", [b"x", b"<html/>", BOMB, b"\xff\xfe", b"<opml>" * 50_000])
def test_a_file_that_is_no_list_is_refused(channel: Channel, charlie: Person, data: bytes) -> None:
    answer = client_of(charlie).post(
        "/subscriptions/bring", {"file": SimpleUploadedFile("a.opml", data)}, follow=True
    )

    assert "This file is no list of channels that can be read." in answer.content.decode()
    assert not Follow.objects.exists()


def test_people_and_words_are_blocked_and_let_back(charlie: Person, bob: Person) -> None:
    client = client_of(charlie)
    client.post("/settings/blocks/people", {"handle": "@Bob"})
    client.post("/settings/blocks/words", {"word": "vinegar"})
    client.post("/settings/blocks/words", {"word": "VINEGAR"})
    person, word = PersonBlock.objects.get(), WordBlock.objects.get()

    other = client_of(bob)
    assert other.post(f"/settings/blocks/people/{person.pk}/remove").status_code == 404
    assert other.post(f"/settings/blocks/words/{word.pk}/remove").status_code == 404
    assert (PersonBlock.objects.count(), WordBlock.objects.count()) == (1, 1)

    client.post(f"/settings/blocks/people/{person.pk}/remove")
    client.post(f"/settings/blocks/words/{word.pk}/remove")
    assert (PersonBlock.objects.count(), WordBlock.objects.count()) == (0, 0)


@pytest.mark.parametrize("handle", ["", "nobody", "charlie", "x" * 500, "\x00"])
def test_nobody_blocks_themselves_or_nobody(charlie: Person, handle: str) -> None:
    client_of(charlie).post("/settings/blocks/people", {"handle": handle})

    assert not PersonBlock.objects.exists()
