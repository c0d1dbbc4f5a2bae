"""Cutting parts out of a video: real ffmpeg, what hangs on its time, and going back."""

from __future__ import annotations

from pathlib import Path

import pytest

from antenne.accounts.models import Person
from antenne.catalog.models import Caption, Channel, Video
from antenne.catalog.refusals import CatalogRefused, NotFound
from antenne.catalog.services.details import Details
from antenne.catalog.services.videos import video_edit
from antenne.kernel.environment import environment
from antenne.pipeline.models import Stream, Upload
from antenne.pipeline.selectors import bytes_kept
from antenne.pipeline.services import clearing
from antenne.pipeline.stages.captions import caption_bring, caption_rewrite, caption_text
from antenne.pipeline.stages.cut import cut_ask, cut_of, cut_undo
from antenne.pipeline.states import UploadState
from tests.clips import clip
from tests.ffmpeg.signals import beep_times_s, flash_times_s
from tests.pipeline.draining import UNTIL_AIR, drain, video_put
from tests.pipeline.watching import folder_of, playlist_seen

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.ffmpeg]

PARTS = [(500, 2000), (2500, 4500)]
CUES = (("00.200", "00.900", "A"), ("02.100", "02.400", "B"), ("03.000", "04.000", "C"))
VTT = "WEBVTT\n\n" + "\n\n".join(f"00:{a} --> 00:{b}\n{text}" for a, b, text in CUES)


@pytest.fixture
def video(channel: Channel) -> Video:
    """Alice's video with flashes and beeps at 1 s and 3 s, captions and chapters; complete."""
    video = video_put(channel, clip("flashes"))
    drain()
    by = channel.person
    caption_bring(
        by=by,
        public_id=video.public_id,
        language="en",
        label="",
        filename="a.vtt",
        data=VTT.encode(),
    )
    rows = [{"start_ms": 0, "title": "Dawn"}, {"start_ms": 2000, "title": "Night"}]
    rows += [{"start_ms": 2500, "title": "Dusk"}]
    return video_edit(by=by, public_id=video.public_id, details=Details(chapters=rows))


def cut(video: Video, parts: list[tuple[int, int]]) -> Video:
    """Cut, run every job, and return the video as it then is."""
    by = video.channel.person
    cut_ask(by=by, public_id=video.public_id, ranges=parts, chapters=video.chapters)
    drain()
    video.refresh_from_db()
    return video


def cues_of(video: Video) -> list[str]:
    lines = caption_text(Caption.objects.get(video=video)).splitlines()
    return [line for line in lines if "-->" in line]


def test_the_parts_that_stay_follow_one_another_in_step(video: Video, tmp_path: Path) -> None:
    cut(video, PARTS)

    assert (video.stream, video.duration_ms) == ("s2", 3500)
    folder = folder_of(video)
    for rendition in folder.glob("*/index.m3u8"):
        assert playlist_seen(rendition).duration_s == pytest.approx(3.5, abs=0.05)
    upload = cut_of(video)
    assert upload is not None
    made = environment().home / "objects" / upload.object_key
    assert flash_times_s(made) == pytest.approx([0.5, 2.0], abs=0.04)
    assert beep_times_s(made) == pytest.approx([0.5, 2.0], abs=0.03)


def test_captions_and_chapters_come_when_what_they_are_of_comes(video: Video) -> None:
    cut(video, PARTS)

    assert cues_of(video) == [
        "00:00:00.000 --> 00:00:00.400",
        "00:00:02.000 --> 00:00:03.000",
    ]
    assert [row["start_ms"] for row in video.chapters] == [0, 1500]
    assert [row["title"] for row in video.chapters] == ["Dawn", "Dusk"]


def test_what_was_cut_out_comes_back_at_once(video: Video, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clearing, "stream_clear", lambda **_stream: None)  # a quarter of an hour
    before = Caption.objects.get().path, video.chapters, video.duration_ms
    cut(video, PARTS)

    cut_undo(by=video.channel.person, public_id=video.public_id)
    drain(UNTIL_AIR)

    video.refresh_from_db()
    assert video.stream == "s1"
    assert (Caption.objects.get().path, video.chapters, video.duration_ms) == before


def test_the_whole_file_is_kept_when_its_stream_is_gone(video: Video) -> None:
    cut(video, PARTS)
    whole = Upload.objects.get(cut_of=None)
    assert whole.state == UploadState.KEPT
    assert not Stream.objects.filter(upload=whole).exists()

    cut_undo(by=video.channel.person, public_id=video.public_id)
    drain()

    video.refresh_from_db()
    assert (video.stream, video.duration_ms) == ("s3", 5000)
    assert len(cues_of(video)) == 3
    assert Upload.objects.get() == whole


def test_a_cut_is_cut_again_out_of_the_whole(video: Video) -> None:
    cut(video, PARTS)
    by = video.channel.person
    caption = Caption.objects.get()
    text = caption_text(caption).replace("A", "Mine")
    caption_rewrite(by=by, public_id=video.public_id, caption_id=caption.pk, text=text)

    cut(video, [(1000, 3500)])

    upload = cut_of(video)
    assert upload is not None
    assert upload.cut is not None
    assert upload.cut["ranges"] == [[1500, 2000], [2500, 4500]]
    assert video.duration_ms == 2500
    assert cues_of(video) == ["00:00:01.000 --> 00:00:02.000"]
    assert bytes_kept(by) == Upload.objects.get(cut_of=None).size_bytes


@pytest.mark.parametrize(
    "parts",
    [[], [(0, 5000)], [(0, 9_000_000)], [(3000, 2000)], [(0, 100)], [(i, i) for i in range(9)]],
    ids=str,
)
def test_nothing_is_cut_where_nothing_would_be(video: Video, parts: list[tuple[int, int]]) -> None:
    with pytest.raises(CatalogRefused):
        cut_ask(by=video.channel.person, public_id=video.public_id, ranges=parts)

    assert Upload.objects.count() == 1


def test_one_cut_is_made_at_a_time_and_only_by_the_team(video: Video, bob: Person) -> None:
    with pytest.raises(NotFound):
        cut_ask(by=bob, public_id=video.public_id, ranges=PARTS)
    with pytest.raises(NotFound):
        cut_undo(by=bob, public_id=video.public_id)
    by = video.channel.person
    with pytest.raises(CatalogRefused):
        cut_undo(by=by, public_id=video.public_id)
    cut_ask(by=by, public_id=video.public_id, ranges=PARTS)
    with pytest.raises(CatalogRefused):
        cut_ask(by=by, public_id=video.public_id, ranges=PARTS)

    assert Upload.objects.filter(state=UploadState.CUTTING).count() == 1
