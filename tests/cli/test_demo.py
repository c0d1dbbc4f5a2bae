"""The demo draws its videos itself and adds nothing to a site that has its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.services.videos import video_create
from antenne.catalog.services.visibility import Showing
from antenne.cli.demo import demo_put, demo_run
from antenne.cli.demo_making import font_find, scene_draw
from antenne.cli.demo_scenes import Scene, scenes, tint
from antenne.cli.demo_words import channels, videos
from antenne.cli.late import CommandRefused
from antenne.ffmpeg.plan import air_plan
from antenne.ffmpeg.probe import source_probe
from antenne.web.prose import chapters_of

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
    assert all(10 <= scene.seconds <= 40 for scene in scenes())
    assert {"portrait", "4:3", "wide"} <= {shape(scene) for scene in scenes()}


def shape(scene: Scene) -> str:
    if scene.width_px < scene.height_px:
        return "portrait"
    return "4:3" if scene.width_px * 3 == scene.height_px * 4 else "wide"


def test_chapters_lie_inside_their_video_and_are_understood() -> None:
    lengths_ms = {scene.name: scene.seconds * 1000 for scene in scenes()}

    for name, video in videos().items():
        found = chapters_of(video.description, duration_ms=lengths_ms[name])
        assert [chapter.title for chapter in found] == [title for _second, title in video.chapters]


def test_a_tint_runs_through_its_colours() -> None:
    assert tint(("#000000", "#ff8000")).endswith(
        "r='if(lt(val,255.00),0+(255)*(val-0.00)/255.00,255)'"
        ":g='if(lt(val,255.00),0+(128)*(val-0.00)/255.00,128)'"
        ":b='if(lt(val,255.00),0+(0)*(val-0.00)/255.00,0)'"
    )


@pytest.mark.django_db(transaction=True)
def test_a_site_with_videos_is_left_as_it_is(channel: Channel) -> None:
    video_create(channel=channel, title="Mine", showing=Showing())

    with pytest.raises(CommandRefused, match="--anyway"):
        demo_run(anyway=False)

    assert Video.objects.count() == 1


@pytest.mark.ffmpeg
@pytest.mark.django_db(transaction=True)
def test_a_scene_is_put_into_its_channel_with_its_words(mona: Person, tmp_path: Path) -> None:
    scene = shortened(next(scene for scene in scenes() if scene.name == "press"))

    video = demo_put(mona, scene, scene_draw(scene, tmp_path))

    video.refresh_from_db()
    assert video.channel.handle == "geometry"
    assert video.channel.description
    assert video.description.splitlines()[-1] == "0:20 Both"
    assert list(tmp_path.iterdir()) == []
