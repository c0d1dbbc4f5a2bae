"""What many people watch is encoded again in AV1: chosen, encoded, offered whole or not at all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from antenne.catalog.models import Channel, Trend, Video
from antenne.catalog.selectors.trending import heat_of
from antenne.custody.services import setting_write
from antenne.custody.settings import LimitsSettings
from antenne.kernel.clock import now
from antenne.pipeline.models import Chunk, Rendition, Stream, Unit
from antenne.pipeline.selectors import progress_of, stream_played
from antenne.pipeline.services import hot as hot_rules
from antenne.pipeline.services.clearing import uploads_clean
from antenne.pipeline.stages.hot import hot_begin
from antenne.pipeline.stages.package import stream_advance
from antenne.pipeline.states import RenditionState, UnitState, Wave
from tests.clips import clip
from tests.pipeline.draining import drain, video_put
from tests.pipeline.watching import folder_of, frames_decode, master_of, playlist_seen

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.ffmpeg]

WATCHED_DAILY = 1000


@pytest.fixture(autouse=True)
def _worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pattern without noise is small in any codec: let AV1 be worth it all the same."""
    monkeypatch.setattr(hot_rules, "_SHARE_MOST", 100.0)


@pytest.fixture
def video(channel: Channel) -> Video:
    """Alice's video of five seconds, complete since yesterday and watched by many."""
    video = video_put(channel, clip("flashes"))
    drain()
    video.refresh_from_db()
    Stream.objects.update(completed_at=now() - timedelta(days=1))
    warm(video, WATCHED_DAILY)
    return video


def warm(video: Video, views_daily: int) -> None:
    heat = heat_of(views_daily) + 0.01
    Trend.objects.update_or_create(video=video, defaults={"heat": heat, "audience": video.audience})


def codecs_of(video: Video) -> list[str]:
    return [variant.stream_info.codecs.split(".")[0] for variant in master_of(video).playlists]


def hot_rows() -> list[Rendition]:
    return list(Rendition.objects.filter(wave=Wave.HOT))


def test_a_warm_video_is_offered_in_av1_beside_what_it_had(video: Video) -> None:
    before = master_of(video).playlists

    hot_begin()
    drain()

    assert set(codecs_of(video)) == {"avc1", "av01"}
    assert len(master_of(video).playlists) > len(before)
    for rendition in hot_rows():
        playlist = folder_of(video) / rendition.name / "index.m3u8"
        assert frames_decode(playlist) == 150
        seen = playlist_seen(playlist)
        assert (seen.width, seen.height) == (rendition.width_px, rendition.height_px)


def test_its_samples_are_of_ten_bits_though_those_of_the_source_have_eight(video: Video) -> None:
    hot_begin()
    drain()

    named = [variant.stream_info.codecs.split(",")[0] for variant in master_of(video).playlists]
    assert {name.split(".")[3] for name in named if name.startswith("av01")} == {"10"}


def test_the_rungs_of_both_codecs_cut_their_segments_alike(video: Video) -> None:
    hot_begin()
    drain()

    made = Rendition.objects.filter(kind="video", state=RenditionState.ENDED)
    cuts = {
        tuple(
            round(segment[2] * 1000 / row.timescale)
            for chunk in Chunk.objects.filter(rendition=row).order_by("index")
            for segment in chunk.segments
        )
        for row in made
    }
    assert len(cuts) == 1


def test_dash_keeps_the_codecs_in_sets_of_their_own(video: Video) -> None:
    hot_begin()
    drain()

    manifest = (folder_of(video) / "manifest.mpd").read_text()
    sets = [part for part in manifest.split("<AdaptationSet")[1:] if "video/mp4" in part]
    assert sorted("av01" in part for part in sets) == [False, True]
    assert not any("av01" in part and "avc1" in part for part in sets)


def test_nobody_is_told_to_wait_for_it(video: Video) -> None:
    hot_begin()

    stream = stream_played(video)
    assert stream is not None
    assert {row.state for row in progress_of(stream)} == {RenditionState.ENDED}
    assert set(codecs_of(video)) == {"avc1"}


@pytest.mark.parametrize("views_daily", [99, 0])
def test_a_lukewarm_video_is_left_as_it_is(video: Video, views_daily: int) -> None:
    warm(video, views_daily)

    hot_begin()

    assert hot_rows() == []


def test_an_operator_can_forbid_it(video: Video) -> None:
    setting_write(value=LimitsSettings(av1_views_daily=0), by=None)

    hot_begin()

    assert hot_rows() == []


def test_what_was_completed_just_now_is_left_for_later(video: Video) -> None:
    Stream.objects.update(completed_at=now())

    hot_begin()

    assert hot_rows() == []


def test_one_video_is_encoded_at_a_time(video: Video, channel: Channel) -> None:
    second = video_put(channel, clip("plain"))
    drain()
    Stream.objects.update(completed_at=now() - timedelta(days=1))
    warm(second, 10 * WATCHED_DAILY)

    hot_begin()
    hot_begin()

    assert {row.stream.video for row in hot_rows()} == {second}


def test_a_ladder_of_which_a_part_fails_is_given_up_whole(video: Video) -> None:
    hot_begin()
    Unit.objects.filter(wave=Wave.HOT, track=1).update(state=UnitState.DEAD, finished_at=now())
    drain()
    stream_advance(stream_id=Stream.objects.get().pk)

    assert {row.state for row in hot_rows()} == {RenditionState.RETIRED}
    assert set(codecs_of(video)) == {"avc1"}
    uploads_clean()
    assert not Chunk.objects.filter(rendition__wave=Wave.HOT).exists()
    hot_begin()
    assert not Unit.objects.filter(wave=Wave.HOT, state=UnitState.WAITING).exists()


def test_what_saves_little_is_not_offered(video: Video, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hot_rules, "_SHARE_MOST", 0.0)
    hot_begin()
    drain()

    assert {row.state for row in hot_rows()} == {RenditionState.RETIRED}
    assert set(codecs_of(video)) == {"avc1"}
