"""Every file of the corpus goes on the air as it should, or is refused by name."""

from __future__ import annotations

import pytest

from antenne.catalog.models import Channel, Video
from antenne.catalog.states import State
from antenne.pipeline.models import Rendition, Upload
from antenne.pipeline.stages.upload import UploadRefused
from tests.corpus import Entry, entries, needs_corpus
from tests.pipeline.draining import UNTIL_AIR, drain, video_put
from tests.pipeline.watching import folder_of, frames_decode, playlist_seen

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.ffmpeg,
    pytest.mark.corpus,
    needs_corpus,
]

DURATION_TOLERANCE_S = 0.25
SHAPE_TOLERANCE = 0.02
DURATIONS_THAT_COUNT_MORE = {
    # The manifest counts subtitles, or the time before the first frame, or what was cut off.
    "nasa_multi_av_subs.mp4",
    "mkv_embedded_srt.mkv",
    "legacy.flv",
    "fragmented.mp4",
}


@pytest.fixture(params=entries(), ids=lambda entry: entry.name)
def entry(request: pytest.FixtureRequest) -> Entry:
    """One file of the corpus."""
    found: Entry = request.param
    return found


def test_a_file_is_on_the_air_as_a_person_would_see_it_or_is_refused_by_name(
    entry: Entry, channel: Channel
) -> None:
    if not entry.path.stat().st_size:
        with pytest.raises(UploadRefused):
            video_put(channel, entry.path)
        return
    video = video_put(channel, entry.path)

    drain(UNTIL_AIR)

    video.refresh_from_db()
    if video.state == State.REFUSED:
        assert entry.may_be_refused, Upload.objects.get().refusal_detail
        assert video.refusal
        return
    assert not entry.must_be_refused
    assert video.state == State.ON_AIR
    _plays_as_expected(video, entry)


def _plays_as_expected(video: Video, entry: Entry) -> None:
    if entry.size is not None:
        assert (video.width_px, video.height_px) == entry.size
    lengths_s = []
    for rendition in Rendition.objects.filter(stream__video=video):
        seen = playlist_seen(folder_of(video) / rendition.name / "index.m3u8")
        lengths_s.append(seen.duration_s)
        if rendition.kind == "video" and not entry.name.startswith("bad_"):
            assert frames_decode(folder_of(video) / rendition.name / "index.m3u8") > 0
            shape = (video.width_px or 1) / (video.height_px or 1)
            assert seen.width / seen.height == pytest.approx(shape, rel=SHAPE_TOLERANCE)
    expected_s = (video.duration_ms or 0) / 1000
    if not entry.name.startswith("bad_"):
        assert max(lengths_s) == pytest.approx(expected_s, abs=DURATION_TOLERANCE_S)
    if entry.duration_s is not None and entry.name not in DURATIONS_THAT_COUNT_MORE:
        assert expected_s == pytest.approx(entry.duration_s, abs=DURATION_TOLERANCE_S)
