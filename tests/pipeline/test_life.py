"""The life of a video in the pipeline: real database, real ffmpeg, real files."""

from __future__ import annotations

import pytest

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.services.videos import video_remove
from antenne.catalog.states import State
from antenne.kernel.environment import environment
from antenne.pipeline.models import Rendition, Stream, Unit, Upload
from antenne.pipeline.services.receiving import file_receive, upload_finish
from antenne.pipeline.stages.upload import upload_replace
from antenne.pipeline.states import RenditionState, StreamState, UnitState
from tests.clips import clip
from tests.pipeline.draining import UNTIL_AIR, drain, video_put
from tests.pipeline.watching import folder_of, frames_decode, heights_of, master_of, playlist_seen

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.ffmpeg]


def test_a_clip_that_may_be_copied_is_on_the_air_before_any_encoding(channel: Channel) -> None:
    video = video_put(channel, clip("plain"))

    drain(UNTIL_AIR)

    video.refresh_from_db()
    assert video.state == State.ON_AIR
    assert video.published_at is not None
    assert Rendition.objects.get(stream__video=video, name="air").rung == {"copy": True}
    assert playlist_seen(folder_of(video) / "air" / "index.m3u8").width == video.width_px


def test_when_every_unit_is_done_the_video_is_complete_with_pictures(channel: Channel) -> None:
    video = video_put(channel, clip("plain"))

    drain()

    video.refresh_from_db()
    assert video.state == State.READY
    assert video.thumbhash
    for name in (video.poster, video.preview, video.storyboard):
        assert (folder_of(video).parent / name).stat().st_size > 0
    assert not Unit.objects.exclude(state=UnitState.DONE).exists()


def test_what_cannot_be_copied_is_encoded_in_chunks_that_join_without_a_hole(
    channel: Channel,
) -> None:
    video = video_put(channel, clip("rotated"))

    drain()

    video.refresh_from_db()
    name = master_of(video).playlists[0].uri
    expected = round(playlist_seen(folder_of(video) / name).duration_s * 30)
    assert frames_decode(folder_of(video) / name) == expected
    assert (video.width_px, video.height_px) == (180, 320)


def test_no_size_above_the_source_is_offered(channel: Channel) -> None:
    video = video_put(channel, clip("plain"))

    drain()

    video.refresh_from_db()
    assert max(heights_of(video)) == video.height_px


def test_a_removed_video_leaves_neither_rows_nor_objects(channel: Channel, alice: Person) -> None:
    video = video_put(channel, clip("plain"))
    source_key = Upload.objects.get().object_key
    drain(UNTIL_AIR)

    video_remove(by=alice, public_id=video.public_id)
    drain()

    objects = environment().home / "objects"
    assert not Stream.objects.exists()
    assert not Upload.objects.exists()
    assert not list(objects.glob(f"media/{video.public_id}/**/*"))
    assert not (objects / source_key).exists()


def test_a_replaced_file_keeps_the_address_and_the_old_one_is_deleted(
    channel: Channel, alice: Person
) -> None:
    video = video_put(channel, clip("plain"))
    drain()
    path = clip("rotated")
    begun = upload_replace(
        by=alice, public_id=video.public_id, filename="b.mp4", size_bytes=path.stat().st_size
    )
    size_bytes = file_receive(upload=begun.upload, path=path)
    upload_finish(upload_id=begun.upload.pk, size_bytes=size_bytes)

    drain()

    again = Video.objects.get(public_id=video.public_id)
    assert (again.stream, again.state) == ("s2", State.READY)
    assert not (folder_of(again).parent / "s1").exists()
    assert Stream.objects.get().state == StreamState.COMPLETE


def test_renditions_that_better_ones_replace_leave_the_master(channel: Channel) -> None:
    video = video_put(channel, clip("rotated"))

    drain()

    video.refresh_from_db()
    air = Rendition.objects.get(stream__video=video, name="air")
    assert air.state == RenditionState.RETIRED
    assert "air/" not in (folder_of(video) / "master.m3u8").read_text()


def test_a_copy_that_turns_out_impossible_becomes_an_encode(channel: Channel) -> None:
    video = video_put(channel, clip("late_long_gop"))

    drain(UNTIL_AIR)

    video.refresh_from_db()
    assert (video.state, video.stream) == (State.ON_AIR, "s1e")
    assert "copy" not in Rendition.objects.get(stream__video=video, name="air").rung
