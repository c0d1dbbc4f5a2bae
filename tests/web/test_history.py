"""The page of a history."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from antenne.accounts.models import Person
from antenne.audience.models import History
from antenne.audience.selectors.history import history_of, history_paused
from antenne.catalog.models import Channel, Video
from antenne.custody.selectors import setting_of
from antenne.custody.services import setting_write
from antenne.custody.settings import SiteSettings
from antenne.web.history.days import days_of
from tests.audience.watching import Page, taken
from tests.factories.catalog import video_make
from tests.web.pages import block_of, client_of

CHANGES = ["/history/pause", "/history/clear", f"/history/{UUID(int=7)}/remove"]


@pytest.mark.parametrize("path", ["/history", *CHANGES])
def test_a_stranger_is_asked_to_sign_in(db: None, path: str) -> None:
    client = client_of(None)
    answer = client.get(path) if path == "/history" else client.post(path)

    assert answer.status_code == 302
    assert answer["location"].startswith("/sign-in?")


@pytest.mark.parametrize("path", CHANGES)
def test_nothing_changes_by_looking(bob: Person, path: str) -> None:
    assert client_of(bob).get(path).status_code == 405


def test_the_page_says_what_was_watched_and_where_it_was_left(
    channel: Channel, bob: Person
) -> None:
    taken(*Page(video_make(channel), viewer=bob).watch(7_000))

    page = client_of(bob).get("/history").content.decode()

    assert "Swans" in page
    assert "Left at 0:07 of 0:12" in page
    assert "Today" in page


def test_days_of_a_history_are_those_of_the_site(db: None) -> None:
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    rows = [
        History(video=Video(), position_ms=0, at=late + n * timedelta(hours=-1)) for n in (0, 2)
    ]

    setting_write(value=replace(setting_of(SiteSettings), time_zone="Asia/Tokyo"), by=None)
    assert len(days_of(rows)) == 1
    setting_write(value=replace(setting_of(SiteSettings), time_zone="Europe/Paris"), by=None)
    assert len(days_of(rows)) == 2


def test_the_player_goes_on_where_the_person_left_it(channel: Channel, bob: Person) -> None:
    video = video_make(channel)
    taken(*Page(video, viewer=bob).watch(7_000))

    blocks = [
        block_of(client_of(who).get(f"/v/{video.public_id}"), "playback") for who in (bob, None)
    ]

    assert [block["resumeS"] for block in blocks] == [7, 0]


def test_a_person_pauses_clears_and_removes_their_own(
    channel: Channel, bob: Person, alice: Person
) -> None:
    video = video_make(channel)
    taken(*Page(video, viewer=bob).watch(7_000), *Page(video, viewer=alice).watch(7_000))
    client = client_of(bob)

    client.post("/history/pause", {"paused": "1"})
    assert history_paused(bob)
    assert "is paused" in client.get("/history").content.decode()
    client.post("/history/pause", {"paused": "0"})
    assert not history_paused(bob)

    client.post(f"/history/{video.pk}/remove")
    assert history_of(bob).count() == 0
    client.post("/history/clear")
    assert history_of(alice).count() == 1


def test_a_browser_that_must_not_track_is_told_why_the_page_is_empty(bob: Person) -> None:
    page = client_of(bob).get("/history", headers={"Sec-GPC": "1"}).content.decode()

    assert "asks sites not to track you" in page


@pytest.mark.parametrize("cursor", ["x", "é", "W10", "bnVsbA"])
def test_a_cursor_of_somebody_elses_making_is_no_page(bob: Person, cursor: str) -> None:
    assert client_of(bob).get("/history", {"after": cursor}).status_code == 404
