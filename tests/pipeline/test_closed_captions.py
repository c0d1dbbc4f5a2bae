"""A broadcast's closed captions become a track like any other, once the video plays."""

from __future__ import annotations

from pathlib import Path

import pytest

from antenne.catalog.models import Caption, Channel, Video
from antenne.ffmpeg.captions import captions_cues
from antenne.pipeline.models import Unit
from antenne.pipeline.stages.captions import caption_rewrite, caption_text, captions_read
from antenne.pipeline.stages.cut import cut_ask
from antenne.pipeline.states import UnitKind, UnitState, Wave
from tests.ffmpeg.test_closed_captions import POPPED, SPANISH
from tests.line21 import captioned, cleared, moved_apart, rolled
from tests.pipeline.draining import UNTIL_AIR, drain, video_put
from tests.pipeline.watching import master_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.ffmpeg]


@pytest.fixture
def broadcast(channel: Channel, tmp_path: Path) -> Video:
    """A film of Alice with English words in its first field and Spanish ones in its second."""
    return video_put(channel, captioned(tmp_path, POPPED, SPANISH))


def tracks() -> list[tuple[str, str, str]]:
    return list(Caption.objects.order_by("label").values_list("label", "language", "origin"))


def test_both_fields_become_tracks_that_playlists_name(broadcast: Video) -> None:
    drain()

    assert tracks() == [("CC", "en", "embedded"), ("CC3", "", "embedded")]
    assert "HELLO, WORLD." in caption_text(Caption.objects.get(label="CC"))
    assert "HOLA" in caption_text(Caption.objects.get(label="CC3"))
    broadcast.refresh_from_db()
    named = [media for media in master_of(broadcast).media if media.type == "SUBTITLES"]
    assert {(media.name, media.language) for media in named} == {("CC", "en"), ("CC3", None)}


def test_nobody_who_wants_to_watch_waits_for_them(broadcast: Video) -> None:
    drain(UNTIL_AIR)

    broadcast.refresh_from_db()
    assert broadcast.playable
    assert tracks() == []
    assert not Unit.objects.filter(kind=UnitKind.CAPTIONS, wave__in=[Wave.AIR, Wave.MID]).exists()


def test_those_with_a_track_of_their_own_are_read_like_the_others(
    channel: Channel, tmp_path: Path
) -> None:
    rolling = [(90, rolled("FIRST")), (150, rolled("SECOND")), (210, rolled("THIRD"))]
    video_put(channel, moved_apart(captioned(tmp_path, [*rolling, (300, cleared())])))

    drain()

    assert [(label, origin) for label, _language, origin in tracks()] == [("CC", "embedded")]
    cues = captions_cues(caption_text(Caption.objects.get()))
    assert [words for *_times, words in cues] == ["FIRST", "SECOND", "THIRD"]


def test_words_that_somebody_changed_stay(broadcast: Video) -> None:
    drain()
    caption = Caption.objects.get(label="CC")
    caption_rewrite(
        by=broadcast.channel.person,
        public_id=broadcast.public_id,
        caption_id=caption.pk,
        text=caption_text(caption).replace("WORLD", "THERE"),
    )
    unit = Unit.objects.get(kind=UnitKind.CAPTIONS)
    Unit.objects.filter(pk=unit.pk).update(state=UnitState.WAITING)

    captions_read(unit_id=unit.pk)

    assert "HELLO, THERE." in caption_text(Caption.objects.get(label="CC"))


def test_a_cut_keeps_the_words_that_were_moved(broadcast: Video) -> None:
    drain()
    cut_ask(
        by=broadcast.channel.person,
        public_id=broadcast.public_id,
        ranges=[(500, 10_000)],
        chapters=[],
    )
    drain()

    assert "00:00:00.500 -->" in caption_text(Caption.objects.get(label="CC"))
    assert not Unit.objects.filter(
        kind=UnitKind.CAPTIONS, stream__upload__cut_of__isnull=False
    ).exists()
