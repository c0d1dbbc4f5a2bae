"""The demo draws its videos itself and adds nothing to a site that has its own."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from antenne.audience.models import Watch
from antenne.audience.services.checking import statistics_check
from antenne.catalog.models import Channel, Playlist, Video
from antenne.catalog.selectors.captions import captions_of
from antenne.catalog.selectors.tallies import tallies_of
from antenne.catalog.services.videos import video_create
from antenne.catalog.services.visibility import Showing
from antenne.cli.demo import demo_put, demo_run
from antenne.cli.demo_life import (
    Cast,
    cast_make,
    password_of_demo,
    site_enliven,
    stills_wanted,
    video_enliven,
)
from antenne.cli.demo_making import font_find, scene_draw, still_take
from antenne.cli.demo_people import CAPTIONS, LIKES, SHOWN, TALK
from antenne.cli.demo_scenes import Scene, scenes, tint
from antenne.cli.demo_words import channels, videos
from antenne.cli.late import CommandRefused
from antenne.community.models import Comment, Follow, Like, Post
from antenne.ffmpeg.plan import air_plan
from antenne.ffmpeg.probe import source_probe
from antenne.kernel.clock import now
from antenne.pipeline.chapters import chapters_of
from tests.cast import login_of
from tests.factories.catalog import video_make

SHORT_S = 2


def shortened(scene: Scene) -> Scene:
    """The same picture for a moment only."""
    return Scene(
        scene.name,
        scene.width_px,
        scene.height_px,
        scene.rate,
        SHORT_S,
        scene.graph,
        scene.sound,
    )


@pytest.mark.ffmpeg
@pytest.mark.parametrize("scene", scenes(), ids=lambda scene: scene.name)
def test_each_scene_is_drawn_so_that_it_goes_on_the_air_as_it_is(
    scene: Scene, tmp_path: Path
) -> None:
    if scene.needs_font and font_find() is None:
        pytest.skip("there is no font on this machine")

    probe = source_probe(scene_draw(shortened(scene), tmp_path), folder=tmp_path)

    assert probe.video is not None
    assert (probe.video.width, probe.video.height) == (scene.width_px, scene.height_px)
    assert probe.video.fps == scene.rate
    assert abs(probe.duration_ms - SHORT_S * 1000) <= 100
    assert [track.channels for track in probe.audios] == [2]
    assert air_plan(probe).copy_video


def test_every_scene_has_words_a_channel_and_a_length_of_its_own() -> None:
    said = videos()

    assert {scene.name for scene in scenes()} == set(said)
    assert {video.channel for video in said.values()} == {one.handle for one in channels()}
    assert len({video.title for video in said.values()}) == len(said)
    assert set(TALK) == set(LIKES) == set(SHOWN) == set(said)
    assert all(10 <= scene.seconds <= 40 for scene in scenes())
    assert max(scene.lasts_s for scene in scenes()) >= 180
    assert {"portrait", "4:3", "wide"} <= {shape(scene) for scene in scenes()}


def shape(scene: Scene) -> str:
    if scene.width_px < scene.height_px:
        return "portrait"
    return "4:3" if scene.width_px * 3 == scene.height_px * 4 else "wide"


def test_chapters_lie_inside_their_video_and_are_understood() -> None:
    lengths_ms = {scene.name: scene.lasts_s * 1000 for scene in scenes()}

    for name, video in videos().items():
        found = chapters_of(video.description, duration_ms=lengths_ms[name])
        assert [chapter.title for chapter in found] == [title for _second, title in video.chapters]


def test_a_tint_runs_through_its_colours() -> None:
    assert tint(("#000000", "#ff8000")).endswith(
        "y='if(lt(val,255.00),16.00+(125.18)*(val-0.00)/255.00,141.18)'"
        ":u='if(lt(val,255.00),128.00+(-69.00)*(val-0.00)/255.00,59.00)'"
        ":v='if(lt(val,255.00),128.00+(60.94)*(val-0.00)/255.00,188.94)'"
        ",setparams=range=tv:colorspace=bt709"
    )


@pytest.mark.ffmpeg
def test_what_is_white_gets_the_last_colour_of_its_tint(tmp_path: Path) -> None:
    graph = f"color=white:size=64x64:rate=25,{tint(('#0f0b0a', '#ff6c3f'))}"
    scene = Scene("white", 64, 64, 25, SHORT_S, graph, "anullsrc")

    still = still_take(scene_draw(scene, tmp_path), 1, tmp_path)

    shown = Image.open(BytesIO(still)).convert("RGB").getpixel((32, 32))
    assert shown == pytest.approx((0xFF, 0x6C, 0x3F), abs=24)  # JPEG's matrix is that of SD


@pytest.mark.django_db(transaction=True)
def test_a_site_with_videos_is_left_as_it_is(channel: Channel) -> None:
    video_create(channel=channel, title="Mine", showing=Showing())

    with pytest.raises(CommandRefused, match="--anyway"):
        demo_run(anyway=False)

    assert Video.objects.count() == 1


@pytest.fixture
def cast(region: None) -> Cast:
    return cast_make()


def played(cast: Cast, name: str) -> Video:
    """A video of the demo that is on the air."""
    said = videos()[name]
    return video_make(cast.channels[said.channel], title=said.title)


@pytest.mark.ffmpeg
@pytest.mark.django_db(transaction=True)
def test_a_scene_is_put_into_its_channel_with_its_words(cast: Cast, tmp_path: Path) -> None:
    scene = shortened(next(scene for scene in scenes() if scene.name == "press"))

    video = demo_put(cast, scene, scene_draw(scene, tmp_path))

    video.refresh_from_db()
    assert (video.channel.handle, video.channel.person.name) == ("geometry", "Inès Caron")
    assert video.channel.description
    assert video.description.splitlines()[-1] == "0:20 Both"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.ffmpeg
def test_a_picture_is_taken_of_each_second_that_the_site_shows(tmp_path: Path) -> None:
    scene = shortened(next(scene for scene in scenes() if scene.name == "press"))

    still = still_take(scene_draw(scene, tmp_path), 1, tmp_path)

    assert Image.open(BytesIO(still)).size == (scene.width_px, scene.height_px)
    assert all(second < scene.lasts_s for scene in scenes() for second in stills_wanted(scene.name))


@pytest.mark.django_db
def test_the_people_of_the_demo_are_made_once_and_can_sign_in(cast: Cast) -> None:
    again = cast_make()

    assert {key: one.pk for key, one in again.people.items()} == {
        key: one.pk for key, one in cast.people.items()
    }
    assert Channel.objects.count() == len(channels())
    assert all(login_of(one).check_password(password_of_demo()) for one in cast.people.values())


@pytest.mark.django_db
def test_a_video_on_the_air_is_talked_about_once(cast: Cast) -> None:
    video = played(cast, "shore")

    for _time in range(2):
        video_enliven(cast, "shore", video)

    video.refresh_from_db()
    assert video.published_at is not None
    assert video.published_at < now() - timedelta(hours=4)
    assert video.category == "creation"
    assert Comment.objects.filter(video=video).count() == 5
    assert Like.objects.filter(video=video).count() == 4
    assert sorted(captions_of(video).values_list("language", flat=True)) == sorted(CAPTIONS)


@pytest.mark.django_db
def test_what_spans_all_videos_is_brought_once(cast: Cast) -> None:
    found = {name: played(cast, name) for name in videos()}
    for name, video in found.items():
        video_enliven(cast, name, video)

    for _time in range(2):
        site_enliven(cast, found)

    assert Playlist.objects.count() == 3
    assert Post.objects.count() == 6
    assert Follow.objects.count() == 13
    assert Watch.objects.filter(video=found["shore"]).count() >= 120
    assert tallies_of([found["shore"].pk])[found["shore"].pk]["views"] > 60
    assert statistics_check().differences == ()
