"""Playback addresses: who gets them, with a password too, and how long they hold."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest
import time_machine

from antenne.catalog.models import Channel, Video
from antenne.catalog.services.videos import PASSWORD_RATE, video_remove
from antenne.catalog.services.visibility import Showing, visibility_set
from antenne.kernel.clock import now
from tests.api.callers import Calls, refused, said
from tests.factories.catalog import caption_make, video_make

WORD = "drei Schwäne 100%"


@pytest.fixture
def locked(channel: Channel) -> Video:
    """A video with a password."""
    return video_make(channel, visibility="password", password=WORD)


def playback(video: Video, word: str | None = None, calls: Calls | None = None) -> str:
    headers = {} if word is None else {"Antenne_Password": quote(word)}
    response = (calls or Calls()).get(f"/videos/{video.public_id}/playback", **headers)
    if response.status_code != 200:
        return str(said(response)["type"]).rpartition(":")[2]
    return str(said(response)["master_url"])


def test_a_public_video_has_addresses_for_ever(video: Video) -> None:
    caption_make(video)

    answer = said(Calls().get(f"/videos/{video.public_id}/playback"))

    prefix = answer["master_url"].removesuffix("/s1/master.m3u8")
    assert f"/m/k1.0.{prefix.split('.0.')[1]}" in prefix
    assert prefix.endswith(f"/{video.public_id}/1")
    assert answer["mpd_url"] == f"{prefix}/s1/manifest.mpd"
    assert answer["poster_url"] == f"{prefix}/s1/poster.jpg"
    assert answer["preview_url"] is None
    assert answer["expires_at"] is None
    assert [row["url"] for row in answer["captions"]] == [f"{prefix}/captions/en.vtt"]


def test_only_the_right_password_opens(locked: Video) -> None:
    assert playback(locked) == "video-password"
    assert playback(locked, "swans") == "video-password"
    assert playback(locked, WORD).endswith("/s1/master.m3u8")


def test_the_addresses_of_a_locked_video_run_out(locked: Video) -> None:
    headers = {"Antenne_Password": quote(WORD)}

    answer = said(Calls().get(f"/videos/{locked.public_id}/playback", **headers))

    assert answer["expires_at"] is not None


def test_guessing_a_password_is_slowed_down(locked: Video) -> None:
    with time_machine.travel(now(), tick=False):
        said_no = [playback(locked, f"guess {count}") for count in range(PASSWORD_RATE.limit)]
        then = playback(locked, WORD)

    assert said_no == ["video-password"] * PASSWORD_RATE.limit
    assert then == "too-many-requests"


def test_a_password_does_not_open_what_is_private(channel: Channel) -> None:
    private = video_make(channel, visibility="private")

    assert playback(private, WORD) == "video-private"


@pytest.mark.parametrize("word", ["", "\x00", "é" * 200, "%ff"])
def test_a_strange_password_is_a_wrong_one(locked: Video, word: str) -> None:
    assert playback(locked, word) in ("video-password", "invalid")


def test_a_scheduled_video_has_no_addresses_yet(channel: Channel) -> None:
    later = now() + timedelta(days=1)
    scheduled = video_make(channel, visibility="scheduled", publish_at=later)

    assert playback(scheduled) == "video-scheduled"


def test_after_a_change_the_addresses_are_new(video: Video) -> None:
    before = playback(video)
    visibility_set(by=video.channel.person, public_id=video.public_id, showing=Showing("unlisted"))

    assert playback(video) != before


def test_a_removed_video_says_so(video: Video) -> None:
    video_remove(by=video.channel.person, public_id=video.public_id)

    refused(Calls().get(f"/videos/{video.public_id}"), 410, "video-removed")


def test_what_waits_for_its_file_has_no_addresses(channel: Channel) -> None:
    waiting = video_make(channel, state="awaiting")

    answer = said(Calls().get(f"/videos/{waiting.public_id}/playback"))

    assert (answer["master_url"], answer["mpd_url"], answer["state"]) == (None, None, "awaiting")
