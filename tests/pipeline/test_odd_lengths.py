"""Pictures that are slow, late, or shorter than their sound go on the air all the same."""

from __future__ import annotations

from contextlib import suppress

import pytest

from antenne.catalog.models import Channel
from antenne.catalog.states import State
from antenne.ffmpeg.cmaf import CmafError
from antenne.pipeline.models import Rendition, Unit
from antenne.pipeline.services.units import ATTEMPTS_MAX
from antenne.pipeline.stages.encode import unit_run
from antenne.pipeline.states import UnitState, Wave
from tests.clips import clip
from tests.pipeline.draining import UNTIL_AIR, drain, video_put
from tests.pipeline.watching import folder_of, playlist_seen

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.ffmpeg]

FRAME_S = 0.05


@pytest.mark.parametrize(
    ("name", "picture_s", "sound_s"),
    [("slow", 12, 12), ("sound_a_little_longer", 2, 2.05), ("late_picture", 9, 9)],
)
def test_it_plays_to_its_end_and_no_unit_is_tried_twice(
    name: str, picture_s: float, sound_s: float, channel: Channel
) -> None:
    video = video_put(channel, clip(name))

    drain(UNTIL_AIR)

    video.refresh_from_db()
    assert video.state == State.ON_AIR
    units = Unit.objects.filter(wave=Wave.AIR).values_list("state", "attempt")
    assert set(units) == {(UnitState.DONE, 1)}
    for rendition in Rendition.objects.all():
        seen = playlist_seen(folder_of(video) / rendition.name / "index.m3u8")
        expected_s = picture_s if rendition.kind == "video" else sound_s
        assert seen.duration_s == pytest.approx(expected_s, abs=FRAME_S)


def test_a_picture_stands_still_while_its_sound_goes_on(channel: Channel) -> None:
    video = video_put(channel, clip("sound_much_longer"))

    for _ in range(ATTEMPTS_MAX * 2):
        with suppress(CmafError):
            drain(UNTIL_AIR)
    for _ in range(ATTEMPTS_MAX):
        for unit in Unit.objects.filter(wave=Wave.AIR).exclude(state=UnitState.DONE):
            with suppress(CmafError):
                unit_run(unit_id=unit.pk)
    drain(UNTIL_AIR)

    states = Unit.objects.filter(wave=Wave.AIR).values_list("state", flat=True)
    assert set(states) == {UnitState.DONE}
    video.refresh_from_db()
    assert video.state == State.ON_AIR
    seen = playlist_seen(folder_of(video) / "sound0-air" / "index.m3u8")
    assert seen.duration_s == pytest.approx(17, abs=FRAME_S)
    assert playlist_seen(folder_of(video) / "air" / "index.m3u8").duration_s > 2
