"""Sound tracks that are added to a video: real ffmpeg, new files, cuts, removal."""

from __future__ import annotations

from pathlib import Path

import pytest

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.refusals import CatalogRefused, NotFound
from antenne.kernel.environment import environment
from antenne.kernel.storage.opening import storage_open
from antenne.pipeline.models import Dub, Rendition
from antenne.pipeline.stages.cut import cut_ask
from antenne.pipeline.stages.dub import dub_bring, dub_drop, dubs_of
from tests.clips import clip
from tests.pipeline.draining import drain, video_put
from tests.pipeline.watching import folder_of, master_of, playlist_seen

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.ffmpeg]


@pytest.fixture
def video(channel: Channel) -> Video:
    """Alice's video of five seconds, complete."""
    video = video_put(channel, clip("flashes"))
    drain()
    video.refresh_from_db()
    return video


def dub(video: Video, path: Path, *, label: str = "Français", by: Person | None = None) -> Dub:
    made = dub_bring(
        by=by or video.channel.person,
        public_id=video.public_id,
        language="fr",
        label=label,
        filename=path.name,
        pieces=[path.read_bytes()],
    )
    drain()
    video.refresh_from_db()
    return made


def sounds_of(video: Video) -> list[str]:
    return [media.name for media in master_of(video).media if media.type == "AUDIO"]


def dub_playlist(video: Video) -> Path:
    name = Rendition.objects.get(stream__name=video.stream, rung__has_key="dub").name
    return folder_of(video) / name / "index.m3u8"


def test_an_added_track_is_offered_and_as_long_as_the_video(video: Video) -> None:
    dub(video, clip("audio_only"))

    assert "Français" in sounds_of(video)
    assert [row.state for row in dubs_of(video)] == ["ready"]
    assert playlist_seen(dub_playlist(video)).duration_s == pytest.approx(5, abs=0.1)


def test_an_added_track_is_cut_with_the_video(video: Video) -> None:
    dub(video, clip("audio_only"))

    cut_ask(by=video.channel.person, public_id=video.public_id, ranges=[(0, 1000), (2000, 3500)])
    drain()

    video.refresh_from_db()
    assert video.stream == "s2"
    assert "Français" in sounds_of(video)
    assert playlist_seen(dub_playlist(video)).duration_s == pytest.approx(2.5, abs=0.1)


def test_a_removed_track_leaves_the_menu_and_its_file(video: Video) -> None:
    made = dub(video, clip("audio_only"))

    dub_drop(by=video.channel.person, public_id=video.public_id, dub_id=made.pk)
    drain()

    assert "Français" not in sounds_of(video)
    assert not list(storage_open(environment()).list(f"media/{video.public_id}/dubs"))
    assert dubs_of(video) == []


def test_a_file_without_sound_is_refused(video: Video) -> None:
    dub(video, clip("no_audio"))

    assert [row.state for row in dubs_of(video)] == ["refused"]
    assert "Français" not in sounds_of(video)


def test_nobody_adds_sound_to_a_video_of_others(video: Video, bob: Person) -> None:
    with pytest.raises(NotFound):
        dub(video, clip("audio_only"), by=bob)
    made = dub(video, clip("audio_only"))
    with pytest.raises(NotFound):
        dub_drop(by=bob, public_id=video.public_id, dub_id=made.pk)
    with pytest.raises(CatalogRefused):
        dub(video, clip("audio_only"))

    assert Dub.objects.get() == made
