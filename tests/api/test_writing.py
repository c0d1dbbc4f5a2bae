"""Putting videos in and changing them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from antenne.accounts.models import AccessToken, Person
from antenne.catalog.models import Channel, Video, VideoLock
from antenne.catalog.selectors.sight import password_opens
from antenne.kernel.clock import now, unix_s
from antenne.kernel.environment import environment
from antenne.kernel.signing import ticket_read
from antenne.pipeline.models import Upload
from antenne.pipeline.services.receiving import upload_finish
from tests.api.callers import Calls, kept, refused, said
from tests.factories.pipeline import upload_make


@pytest.fixture
def calls(alice: Person) -> Calls:
    """Alice's own calls."""
    return Calls(alice)


def test_a_begun_video_comes_with_all_that_tus_needs(calls: Calls, alice: Person) -> None:
    answer = said(calls("POST", "/videos", {"filename": "Two_swans.mp4", "size_bytes": 1000}))

    upload = Upload.objects.get()
    ticket = ticket_read(environment().secret, "upload", answer["tus"]["ticket"], now_s=unix_s())
    assert ticket["upload"] == answer["upload"]["id"] == str(upload.pk)
    assert ticket["person"] == str(alice.pk)
    assert answer["tus"]["url"].endswith("/uploads")
    assert answer["tus"]["header"] == "Antenne-Ticket"
    assert answer["video"]["title"] == "Two swans"
    assert answer["video"]["state"] == "awaiting"


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"visibility": "scheduled"}, "refused"),
        ({"visibility": "password"}, "refused"),
        ({"size_bytes": environment().upload_max_bytes + 1}, "refused"),
        ({"size_bytes": 2**53}, "refused"),
        ({"title": "\u200b"}, "refused"),
    ],
)
def test_what_the_services_refuse_is_said_and_leaves_nothing(
    calls: Calls, channel: Channel, wish: dict[str, object], code: str
) -> None:
    before = kept()

    refused(calls("POST", "/videos", {"filename": "a.mp4", **wish}), 422, code)

    assert kept() == before


def test_a_schedule_and_a_password_are_kept(calls: Calls, video: Video) -> None:
    path, later = f"/videos/{video.public_id}/visibility", now() + timedelta(days=2)

    dated = calls("PUT", path, {"visibility": "scheduled", "publish_at": later.isoformat()})
    assert said(dated)["owner"]["publish_at"] == later.isoformat(timespec="milliseconds").replace(
        "+00:00", "Z"
    )
    calls("PUT", path, {"visibility": "password", "password": "swans"})

    video.refresh_from_db()
    assert (video.visibility, video.publish_at, video.epoch) == ("password", None, 3)
    assert password_opens(video, "swans")


def test_a_locked_video_keeps_its_password_when_none_is_sent(calls: Calls, video: Video) -> None:
    path = f"/videos/{video.public_id}/visibility"
    calls("PUT", path, {"visibility": "password", "password": "swans"})

    assert calls("PUT", path, {"visibility": "password"}).status_code == 200

    assert password_opens(video, "swans")
    assert VideoLock.objects.count() == 1


def test_what_is_left_out_of_an_edit_stays(calls: Calls, video: Video) -> None:
    path = f"/videos/{video.public_id}"
    calls("PATCH", path, {"description": "On the lake", "language": "fr"})

    answer = said(calls("PATCH", path, {"title": "Geese"}))

    edited = (answer["title"], answer["description"], answer["language"])
    assert edited == ("Geese", "On the lake", "fr")


def test_another_file_keeps_the_address_of_a_video(calls: Calls, video: Video) -> None:
    answer = said(calls("POST", f"/videos/{video.public_id}/file", {"filename": "new.mp4"}))

    assert answer["video"]["id"] == answer["upload"]["video"] == video.public_id
    assert answer["video"]["state"] == "ready"


def test_a_cancelled_upload_takes_its_empty_video_along(calls: Calls, channel: Channel) -> None:
    upload = upload_make(channel)

    assert calls("DELETE", f"/uploads/{upload.pk}").status_code == 204

    assert not Upload.objects.exists()
    assert not Video.objects.exists()


def test_an_upload_that_has_come_in_cannot_be_cancelled(calls: Calls, channel: Channel) -> None:
    upload = upload_make(channel)
    upload_finish(upload_id=upload.pk, size_bytes=1000)
    before = kept()

    refused(calls("DELETE", f"/uploads/{upload.pk}"), 422, "refused")

    assert kept() == before


def test_an_import_is_an_upload_that_the_site_fetches(calls: Calls) -> None:
    address = "https://example.org/a.mp4"

    answer = said(calls("POST", "/imports", {"url": address}))

    found = said(calls.get(f"/uploads/{answer['upload']['id']}"))
    assert (found["source_url"], found["state"]) == (address, "fetching")
    assert answer["video"]["state"] == "processing"


def test_a_new_token_is_said_once_and_works(calls: Calls) -> None:
    made = said(calls("POST", "/tokens", {"name": "script"}))

    listed = said(calls.get("/tokens"))["items"]

    assert made["token"].startswith("ant_")
    assert made["id"] == listed[0]["id"]
    assert "token" not in listed[0]
    assert not AccessToken.objects.filter(digest=made["token"]).exists()


def test_a_channel_with_a_taken_handle_is_given_a_number(calls: Calls, channel: Channel) -> None:
    answer = said(calls("POST", "/channels", {"name": "Birds", "handle": channel.handle}))

    assert answer["handle"] == f"{channel.handle}-2"
