"""Broadcasts put together byte by byte, each with a clock of its own, play as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from antenne.catalog.models import Channel
from antenne.catalog.states import State
from antenne.pipeline.models import Upload
from tests.clips import FLASHES_S, clip
from tests.ffmpeg.signals import beep_times_s, flash_times_s
from tests.pipeline.draining import UNTIL_AIR, drain, video_put
from tests.pipeline.watching import folder_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.ffmpeg]

SYNC_S = 0.04
PART_MS = 5000


@pytest.mark.parametrize("name", ["bare_h264", "bare_h264_in_order", "bare_hevc", "y4m"])
def test_pictures_without_a_container_go_on_the_air(name: str, channel: Channel) -> None:
    video = video_put(channel, clip(name))

    drain()

    video.refresh_from_db()
    assert video.state == State.READY, Upload.objects.get().refusal_detail
    assert video.duration_ms == pytest.approx(2000, abs=40)
    assert (video.width_px, video.height_px) == (320, 180)


@pytest.mark.parametrize(
    "parts",
    [
        ("broadcast", "broadcast_later"),
        ("broadcast_later", "broadcast"),
        ("broadcast", "broadcast", "broadcast"),
    ],
    ids=["forwards", "backwards", "again"],
)
def test_parts_with_clocks_of_their_own_play_one_after_the_other(
    parts: tuple[str, ...], channel: Channel, tmp_path: Path
) -> None:
    joined = tmp_path / "joined.ts"
    joined.write_bytes(b"".join(clip(name).read_bytes() for name in parts))
    video = video_put(channel, joined)

    drain(UNTIL_AIR)

    video.refresh_from_db()
    assert video.state == State.ON_AIR, Upload.objects.get().refusal_detail
    assert video.duration_ms == pytest.approx(len(parts) * PART_MS, abs=200)
    folder = folder_of(video)
    flashed = flash_times_s(folder / "air" / "index.m3u8")
    beeped = beep_times_s(folder / "sound0-air" / "index.m3u8")
    assert len(flashed) == len(FLASHES_S) * len(parts)
    assert beeped == pytest.approx(flashed, abs=SYNC_S)
