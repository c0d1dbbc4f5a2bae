"""Putting videos in and looking after them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.custody.settings import SiteSettings
from antenne.pipeline.models import Upload
from tests.custody.proving import say
from tests.factories.catalog import video_make
from tests.web.pages import block_of, client_of


@pytest.mark.parametrize("address", ["/upload", "/studio"])
def test_a_stranger_is_asked_to_sign_in(region: None, address: str) -> None:
    response = client_of(None).get(address)

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in?next=")


@pytest.mark.parametrize(
    ("came", "back"),
    [
        ("http://testserver/studio?state=ready", "/studio%3Fstate%3Dready"),
        ("https://elsewhere.example/studio", "/"),
        ("", "/"),
    ],
)
def test_a_form_sent_by_a_stranger_leads_back_to_its_page(
    region: None, came: str, back: str
) -> None:
    response = client_of(None).post("/studio/bulk", headers={"referer": came})

    assert response.headers["Location"] == f"/sign-in?next={back}"


def test_a_script_is_told_that_the_session_has_ended(region: None) -> None:
    fields = {"filename": "swans.mp4", "size_bytes": "1000"}

    response = client_of(None).post(
        "/studio/uploads", fields, headers={"accept": "application/json"}
    )

    assert response.status_code == 401
    assert "Sign in again" in response.json()["error"]
    assert not Upload.objects.exists()


def test_the_upload_page_knows_where_the_bytes_go(alice: Person) -> None:
    block = block_of(client_of(alice).get("/upload"), "upload")

    assert block["tusUrl"].endswith("/uploads")
    assert block["sizeMaxBytes"] > 0


def test_a_file_is_announced_before_its_bytes_come(alice: Person) -> None:
    fields = {"filename": "swans_at_dawn.mp4", "size_bytes": "1000"}

    response = client_of(alice).post("/studio/uploads", fields)

    video = Video.objects.get()
    assert response.status_code == 201
    assert response.json()["video"] == video.public_id
    assert response.json()["ticket"]
    assert video.title == "swans at dawn"


def test_an_empty_file_is_refused_and_leaves_nothing(alice: Person) -> None:
    response = client_of(alice).post("/studio/uploads", {"filename": "a.mp4", "size_bytes": "0"})

    assert response.status_code == 409
    assert response.json()["error"] == "This file is empty."
    assert not Upload.objects.exists()


def test_title_and_visibility_are_kept_while_the_bytes_travel(
    alice: Person, channel: Channel
) -> None:
    video = video_make(channel, state="awaiting")
    fields = {"title": "Geese", "visibility": "unlisted", "publish_at": "", "password": ""}

    response = client_of(alice).post(f"/studio/videos/{video.public_id}/details", fields)

    video.refresh_from_db()
    assert response.json() == {"saved": True}
    assert (video.title, video.visibility) == ("Geese", "unlisted")


@pytest.mark.parametrize("action", ["details", "remove"])
def test_nobody_changes_a_video_of_somebody_else(
    bob: Person, channel: Channel, action: str
) -> None:
    video = video_make(channel, title="Swans")
    fields = {"title": "Geese", "visibility": "private"}

    response = client_of(bob).post(f"/studio/videos/{video.public_id}/{action}", fields)

    video.refresh_from_db()
    assert response.status_code == 404
    assert (video.title, video.visibility) == ("Swans", "public")


def test_the_studio_changes_everything_that_is_said(alice: Person, channel: Channel) -> None:
    video = video_make(channel)
    fields = {
        "title": "Geese",
        "description": "0:00 Dawn",
        "visibility": "private",
        "language": "fr",
        "embedding": "listed",
        "sites": "news.example",
        "commenting": "open",
        "geo": "all",
    }

    response = client_of(alice).post(f"/studio/videos/{video.public_id}", fields)

    video.refresh_from_db()
    assert response.status_code == 302
    assert (video.title, video.description, video.language) == ("Geese", "0:00 Dawn", "fr")
    assert (video.visibility, video.embed_sites) == ("private", ["news.example"])


def test_a_site_that_would_change_the_policy_is_refused(alice: Person, channel: Channel) -> None:
    video = video_make(channel, title="Swans")
    fields = {
        "title": "Geese",
        "visibility": "public",
        "embedding": "listed",
        "sites": "x; script-src *",
    }

    response = client_of(alice).post(f"/studio/videos/{video.public_id}", fields)

    video.refresh_from_db()
    assert response.status_code == 200
    assert (video.title, video.embed_sites) == ("Swans", [])


def test_a_moment_in_utc_stays_one_whatever_the_clocks_of_the_site_show(
    alice: Person, channel: Channel
) -> None:
    say(SiteSettings, time_zone="Asia/Tokyo")
    video = video_make(channel)
    browser, path = client_of(alice), f"/studio/videos/{video.public_id}"
    fields = {"title": "Geese", "visibility": "scheduled", "publish_at": "2090-05-01T12:00"}

    browser.post(f"{path}/details", {**fields, "password": ""})

    video.refresh_from_db()
    assert video.publish_at == datetime(2090, 5, 1, 12, tzinfo=UTC)
    assert 'value="2090-05-01T12:00"' in browser.get(path).content.decode()


PASSED = "This moment has passed. Choose a later one, or make the video public."


@pytest.mark.parametrize(
    ("moment", "words"), [("2020-05-01T12:00", PASSED), ("", "A scheduled video needs a date.")]
)
def test_a_moment_that_has_passed_is_refused_beside_its_field(
    alice: Person, channel: Channel, moment: str, words: str
) -> None:
    video = video_make(channel, title="Swans", visibility="private")
    before = Video.objects.values().get()
    fields = {"title": "Geese", "visibility": "scheduled", "publish_at": moment}
    rest = {"embedding": "all", "commenting": "open", "geo": "all"}
    browser, path = client_of(alice), f"/studio/videos/{video.public_id}"

    page = browser.post(path, fields | rest)
    script = browser.post(f"{path}/details", {**fields, "password": ""})

    assert page.context["form"].errors == {"publish_at": [words]}
    assert (script.status_code, script.json()) == (422, {"errors": {"publish_at": [words]}})
    assert Video.objects.values().get() == before


def test_without_scripts_the_upload_page_says_how_videos_come_in(alice: Person) -> None:
    page = client_of(alice).get("/upload").content.decode()

    plain = page.partition("<noscript>")[2].partition("</noscript>")[0]
    assert "have a video fetched from its address below" in plain
    assert 'href="/api/v1/docs"' in plain
    assert '<form class="import" id="import" method="post" action="/studio/imports"' in page
