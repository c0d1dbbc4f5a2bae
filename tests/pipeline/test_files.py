"""Whole files of complete videos: exact in length, playable, and of public videos alone."""

from __future__ import annotations

import json
import os
from pathlib import Path

import feedparser
import pytest
from django.test import Client

from antenne.catalog.models import Channel, MediaFile, Video
from antenne.catalog.selectors.files import Offer
from antenne.catalog.services.files import offer_set
from antenne.catalog.services.visibility import Showing, visibility_set
from antenne.ffmpeg.binaries import ffprobe_path
from antenne.kernel.environment import environment
from antenne.pipeline.services.workplace import folder_held, workplaces_sweep
from antenne.pipeline.stages.files import files_catch_up, files_make
from antenne.processes.runner import Sandbox, run
from tests.clips import clip
from tests.pipeline.draining import drain, video_put
from tests.pipeline.watching import LIMITS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.ffmpeg]


def where(file: MediaFile) -> Path:
    return environment().home / "objects" / "media" / file.video.public_id / file.path


def tracks_of(path: Path) -> list[str]:
    argv = [str(ffprobe_path()), "-v", "error", "-show_streams", "-of", "json", str(path)]
    said = run(argv, sandbox=Sandbox(folder=path.parent, readable=(path,)), limits=LIMITS).stdout
    return [stream["codec_type"] for stream in json.loads(said)["streams"]]


def test_a_complete_video_has_a_film_and_its_sound_alone(channel: Channel) -> None:
    video = video_put(channel, clip("plain"))

    drain()

    film, sound = MediaFile.objects.filter(video=video).order_by("path")
    assert [film.type, sound.type] == ["video/mp4", "audio/mp4"]
    assert tracks_of(where(film)) == ["video", "audio"]
    assert tracks_of(where(sound)) == ["audio"]
    assert [file.size_bytes for file in (film, sound)] == [
        where(file).stat().st_size for file in (film, sound)
    ]
    assert where(film).read_bytes()[:64].find(b"moov") > 0  # the index stands in front
    feed = feedparser.parse(Client().get("/feeds/channel/alice/podcast.xml").content)
    (enclosure,) = feed.entries[0].enclosures
    assert (enclosure.type, enclosure.length) == ("video/mp4", str(film.size_bytes))


def test_a_channel_that_offers_none_has_none(channel: Channel) -> None:
    offer_set(by=channel.person, handle=channel.handle, offer=Offer(files=False))
    video_put(channel, clip("plain"))

    drain()

    assert not MediaFile.objects.exists()
    assert files_catch_up() == []


def test_a_private_video_has_none_until_it_is_public(channel: Channel) -> None:
    video = video_put(channel, clip("plain"), showing=Showing(visibility="private"))
    drain()
    before = MediaFile.objects.count()

    visibility_set(by=channel.person, public_id=video.public_id, showing=Showing())
    drain()

    assert (before, MediaFile.objects.count()) == (0, 2)
    files_make(video_id=video.pk)  # once more changes nothing
    assert MediaFile.objects.count() == 2


def test_files_go_with_the_visibility_of_their_video(channel: Channel) -> None:
    video = video_put(channel, clip("plain"))
    drain()

    showing = Showing(visibility="private")
    visibility_set(by=channel.person, public_id=video.public_id, showing=showing)

    assert set(MediaFile.objects.values_list("audience", flat=True)) == {"owners"}
    assert Video.objects.get().public_id not in Client().get("/feeds/rss.xml").content.decode()


def test_the_sweep_leaves_a_folder_that_is_in_use_alone() -> None:
    with folder_held("fetch") as folder:
        os.utime(folder, (0, 0))
        workplaces_sweep()
        kept = folder.is_dir()

    assert (kept, folder.exists()) == (True, False)
