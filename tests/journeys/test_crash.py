"""Whatever dies while a video comes in, the video ends up watchable and nothing is left over."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from antenne.kernel.storage.local import LocalStorage
from benchmarks.clips import moving
from benchmarks.crash import Killed, broken_videos, strike
from benchmarks.leftovers import leftovers_of
from benchmarks.platform import Client, Platform, platform_running

pytestmark = [pytest.mark.journey, pytest.mark.ffmpeg]
CLIP_S = 8
# Whom to kill, and so many seconds after the upload began.
KILLS = (("edge", 0.3), ("worker", 2.5), ("ffmpeg", 1.5))


@pytest.fixture(scope="module")
def platform() -> Iterator[Platform]:
    with platform_running() as running:
        yield running


@pytest.fixture(scope="module")
def client(platform: Platform) -> Iterator[Client]:
    made = Client(platform, platform.admin_make())
    yield made
    made.close()


@pytest.fixture(scope="module")
def killed(platform: Platform, client: Client) -> list[Killed]:
    """Send one encoded video after the other, and kill something on the way of each."""
    clip = moving(CLIP_S, vp9=True)
    return [strike(platform, client, clip, victim, after_s) for victim, after_s in KILLS]


def test_every_upload_that_was_accepted_becomes_a_video(killed: list[Killed]) -> None:
    assert [each.fate for each in killed] == ["complete"] * len(KILLS), killed


def test_no_unit_of_work_is_given_up(killed: list[Killed]) -> None:
    assert sum(each.given_up for each in killed) == 0, killed


def test_every_video_plays(platform: Platform, client: Client, killed: list[Killed]) -> None:
    assert broken_videos(platform, client) == []


def test_nothing_unnamed_is_left_in_the_store(platform: Platform, killed: list[Killed]) -> None:
    assert platform.idle_await(60)
    # What a killed worker was in the midst of writing goes within the hour; here at once.
    LocalStorage(platform.home / "objects").sweep(0)

    left = leftovers_of(platform)

    assert (left.objects, left.drafts, left.spooled) == ((), (), ())
