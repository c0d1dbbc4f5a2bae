"""Channels: made, described, given a face, renamed, handed on, removed; and their pages."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, HandleRedirect, Invitation, Member, Video
from antenne.catalog.refusals import CatalogRefused
from antenne.catalog.services.channels import channel_create, channel_rename
from antenne.pipeline.models import Upload
from tests.factories.catalog import video_make
from tests.web.pages import client_of

WORDS = {"name": "Birds", "description": "Of birds", "links": "", "featured": ""}
DEFAULTS = {
    "visibility": "unlisted",
    "category": "animals",
    "language": "fr",
    "tags": "Swans, lake",
}


def png(size: tuple[int, int] = (300, 200)) -> SimpleUploadedFile:
    into = BytesIO()
    Image.new("RGB", size, "red").save(into, "PNG")
    return SimpleUploadedFile("red.png", into.getvalue(), "image/png")


def test_a_second_channel_is_made_and_listed(alice: Person, channel: Channel) -> None:
    client = client_of(alice)

    made = client.post("/studio/channels/new", {"name": "Birds", "handle": "birds"})
    page = client.get("/studio/channels").content.decode()

    assert made.headers["Location"] == "/studio/channels/birds"
    assert "@birds" in page
    assert "@alice" in page


def test_a_channel_says_what_it_is(alice: Person, channel: Channel, client: Client) -> None:
    video = video_make(channel, title="The best of swans")
    links = "Shop | https://shop.example/a\nwww.example.org"
    fields = WORDS | {"links": links, "featured": video.public_id}

    client_of(alice).post("/studio/channels/alice/edit", fields)

    page, about = client.get("/c/alice"), client.get("/c/alice/about").content.decode()
    assert page.context["featured"] == video
    assert 'href="https://shop.example/a"' in about
    assert ">example.org</a>" in about


def test_what_was_refused_is_not_offered_for_the_top(alice: Person, channel: Channel) -> None:
    refused = video_make(channel, title="Ducks", state="refused")
    client = client_of(alice)

    page = client.get("/studio/channels/alice").content.decode()
    client.post("/studio/channels/alice/edit", WORDS | {"featured": refused.public_id})

    channel.refresh_from_db()
    assert "Ducks" not in page
    assert channel.featured == ""


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a.example", "x | data:text/html,x"])
def test_a_link_leads_to_the_web(alice: Person, channel: Channel, url: str) -> None:
    client_of(alice).post("/studio/channels/alice/edit", WORDS | {"links": url})

    channel.refresh_from_db()
    assert channel.links == []


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ("edit", WORDS | {"description": "Written for an hour", "links": "ftp://a.example"}),
        ("defaults", DEFAULTS | {"tags": "Written for an hour", "visibility": "scheduled"}),
    ],
)
def test_what_was_written_is_still_there_when_it_is_refused(
    alice: Person, channel: Channel, part: str, fields: dict[str, str]
) -> None:
    page = client_of(alice).post(f"/studio/channels/alice/{part}", fields)

    assert page.status_code == 200
    assert "Written for an hour" in page.content.decode()
    channel.refresh_from_db()
    assert channel.description == ""


def test_a_renamed_channel_is_found_under_both_handles(channel: Channel, client: Client) -> None:
    client_of(channel.person).post("/studio/channels/alice/handle", {"handle": "@Swan-Lake"})

    moved = client.get("/c/alice/about")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/c/swan-lake/about")
    assert client.get("/c/swan-lake").status_code == 200


def test_a_handle_once_had_is_nobody_elses(channel: Channel, bob: Person) -> None:
    channel_rename(by=channel.person, handle="alice", wish="swans")
    made = channel_create(person=bob, name="Bob", handle="alice")

    assert made.handle == "alice-2"
    with pytest.raises(CatalogRefused):
        channel_rename(by=bob, handle="alice-2", wish="alice")
    assert channel_rename(by=channel.person, handle="swans", wish="alice").handle == "alice"
    assert HandleRedirect.objects.get().handle == "swans"


@pytest.mark.parametrize("wish", ["ab", "Été", "a b", "x" * 25, "-/..", "@@"])
def test_a_handle_that_is_none_is_refused(alice: Person, channel: Channel, wish: str) -> None:
    client_of(alice).post("/studio/channels/alice/handle", {"handle": wish})

    channel.refresh_from_db()
    assert channel.handle == "alice"


@pytest.mark.parametrize("kind", ["avatar", "banner"])
def test_a_channel_has_a_face(alice: Person, channel: Channel, client: Client, kind: str) -> None:
    mine = client_of(alice)
    mine.post(f"/studio/channels/alice/pictures/{kind}", {"image": png()})

    channel.refresh_from_db()
    assert getattr(channel, kind).endswith(".webp")
    assert getattr(channel, kind) in client.get("/c/alice").content.decode()

    mine.post(f"/studio/channels/alice/pictures/{kind}", {"drop": "1"})
    channel.refresh_from_db()
    assert getattr(channel, kind) == ""


@pytest.mark.parametrize("data", [b"", b"no picture", b"<svg/>", b"\x89PNG\r\n\x1a\n"])
def test_a_face_is_a_picture(alice: Person, channel: Channel, data: bytes) -> None:
    file = SimpleUploadedFile("a.png", data, "image/png")

    client_of(alice).post("/studio/channels/alice/pictures/avatar", {"image": file})

    channel.refresh_from_db()
    assert channel.avatar == ""


def test_new_videos_begin_as_the_channel_says(alice: Person, channel: Channel) -> None:
    client = client_of(alice)
    client.post("/studio/channels/alice/defaults", DEFAULTS | {"commenting": "held"})

    client.post("/studio/uploads", {"filename": "swans.mp4", "size_bytes": "1000"})

    video = Video.objects.get()
    assert (video.visibility, video.audience, video.category) == ("unlisted", "link", "animals")
    assert (video.language, video.tags, video.commenting) == ("fr", ["swans", "lake"], "held")


def test_a_refused_first_upload_leaves_no_channel(alice: Person) -> None:
    client_of(alice).post("/studio/uploads", {"filename": "a.mp4", "size_bytes": "0"})

    assert not Channel.objects.exists()


def test_an_editor_brings_a_video_into_the_channel(channel: Channel, bob: Person) -> None:
    Member.objects.create(home=channel.home, channel=channel, person=bob, role="editor")
    fields = {"filename": "swans.mp4", "size_bytes": "1000", "channel": "alice"}

    assert client_of(bob).post("/studio/uploads", fields).status_code == 201

    assert Video.objects.get().channel == channel
    assert Upload.objects.get().person == bob


def test_a_stranger_brings_nothing_into_a_channel(channel: Channel, bob: Person) -> None:
    fields = {"filename": "swans.mp4", "size_bytes": "1000", "channel": "alice"}

    assert client_of(bob).post("/studio/uploads", fields).status_code == 404
    assert not Video.objects.exists()


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("edit", WORDS),
        ("handle", {"handle": "bobs-own"}),
        ("defaults", DEFAULTS | {"commenting": "off"}),
        ("pictures/avatar", {"drop": "1"}),
        ("team", {"whom": "bob", "role": "manager"}),
        ("hand-over", {"whom": "bob"}),
        ("remove", {"handle": "alice"}),
    ],
)
def test_a_stranger_changes_no_channel(
    channel: Channel, bob: Person, action: str, fields: dict[str, str]
) -> None:
    before = Channel.objects.values().get()
    client = client_of(bob)

    assert client.get("/studio/channels/alice").status_code == 404
    assert client.post(f"/studio/channels/alice/{action}", fields).status_code == 404

    assert Channel.objects.values().get() == before
    assert not Invitation.objects.exists()


def test_a_team_is_asked_and_answers_on_pages(channel: Channel, bob: Person) -> None:
    alice = client_of(channel.person)
    alice.post("/studio/channels/alice/team", {"whom": "@bob", "role": "editor"})
    assert "has not answered yet" in alice.get("/studio/channels/alice").content.decode()

    asked = Invitation.objects.get()
    client = client_of(bob)
    assert "asks you to join" in client.get("/studio/channels").content.decode()
    client.post(f"/studio/invitations/{asked.pk}", {"accept": "1"})

    assert Member.objects.get().person == bob
    assert client.post("/studio/channels/alice/edit", WORDS).status_code == 404


@pytest.mark.parametrize(
    ("action", "fields", "form", "words"),
    [
        ("team", {"whom": "@bbo", "role": "manager"}, "invitation_form", "Nobody here has"),
        ("team", {"whom": "bob@", "role": "manager"}, "invitation_form", "is not an e-mail"),
        ("hand-over", {"whom": "@bbo"}, "hand_over_form", "Nobody here has"),
        ("handle", {"handle": "no spaces"}, "handle_form", "Enter a valid value."),
    ],
)
def test_a_mistyped_name_is_still_there_with_what_is_wrong_beside_it(
    channel: Channel, action: str, fields: dict[str, str], form: str, words: str
) -> None:
    page = client_of(channel.person).post(f"/studio/channels/alice/{action}", fields)

    (name, (error,)), *_none = page.context[form].errors.items()
    assert words in error
    assert f'value="{fields[name]}"' in page.content.decode()
    assert page.context[form].data.dict() == fields
    assert not Invitation.objects.exists()
    assert Channel.objects.get().handle == "alice"


def test_the_name_of_a_channel_that_cannot_be_made_is_still_there(
    alice: Person, channel: Channel
) -> None:
    fields = {"name": "Birds of the lake", "handle": "of the lake"}

    page = client_of(alice).post("/studio/channels/new", fields)

    assert 'value="Birds of the lake"' in page.content.decode()
    assert Channel.objects.get() == channel


def test_a_channel_goes_once_its_handle_was_written(alice: Person, channel: Channel) -> None:
    video_make(channel)
    client = client_of(alice)

    client.post("/studio/channels/alice/remove", {"handle": "alic"})
    assert Channel.objects.exists()

    client.post("/studio/channels/alice/remove", {"handle": "@alice"})
    assert not Channel.objects.exists()
    assert not Video.objects.exists()
