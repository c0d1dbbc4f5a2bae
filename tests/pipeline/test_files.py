"""Whole files of complete videos: made for whoever asks, exact in length, playable."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest
from django.test import Client

from antenne.catalog.models import Channel, FileWish, MediaFile, Video
from antenne.catalog.selectors.files import Offer
from antenne.catalog.services.files import offer_set
from antenne.catalog.services.visibility import Showing, visibility_set
from antenne.ffmpeg.binaries import ffprobe_path
from antenne.kernel.clock import now
from antenne.kernel.environment import environment
from antenne.pipeline.services.workplace import folder_held, workplaces_sweep
from antenne.pipeline.stages.files import files_catch_up, files_forget, files_make
from antenne.processes.runner import Sandbox, run
from tests.clips import clip
from tests.pipeline.draining import drain, video_put
from tests.pipeline.watching import LIMITS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.ffmpeg]


FEED = "/feeds/channel/alice/podcast.xml"


def where(file: MediaFile) -> Path:
    return environment().home / "objects" / "media" / file.video.public_id / file.path


def tracks_of(path: Path) -> list[str]:
    argv = [str(ffprobe_path()), "-v", "error", "-show_streams", "-of", "json", str(path)]
    said = run(argv, sandbox=Sandbox(folder=path.parent, readable=(path,)), limits=LIMITS).stdout
    return [stream["codec_type"] for stream in json.loads(said)["streams"]]


def test_a_video_that_is_taken_has_a_film_and_its_sound_alone(channel: Channel) -> None:
    video = video_put(channel, clip("plain"))
    drain()
    assert not MediaFile.objects.exists()
    Client().get(FEED)

    drain()

    film, sound = MediaFile.objects.filter(video=video).order_by("path")
    assert [film.type, sound.type] == ["video/mp4", "audio/mp4"]
    assert tracks_of(where(film)) == ["video", "audio"]
    assert tracks_of(where(sound)) == ["audio"]
    assert [file.size_bytes for file in (film, sound)] == [
        where(file).stat().st_size for file in (film, sound)
    ]
    assert where(film).read_bytes()[:64].find(b"moov") > 0  # the index stands in front
    feed = feedparser.parse(Client().get(FEED).content)
    (enclosure,) = feed.entries[0].enclosures
    assert (enclosure.type, enclosure.length) == ("video/mp4", str(film.size_bytes))


def test_a_promise_is_nearly_as_large_as_the_file(channel: Channel) -> None:
    video_put(channel, clip("plain"))
    drain()
    said = int(feedparser.parse(Client().get(FEED).content).entries[0].enclosures[0].length)

    drain()

    made = MediaFile.objects.get(type="video/mp4").size_bytes
    assert said == pytest.approx(made, rel=0.05)


def test_a_channel_that_offers_none_has_none(channel: Channel) -> None:
    offer_set(by=channel.person, handle=channel.handle, offer=Offer(files=False, ahead=True))
    video_put(channel, clip("plain"))

    drain()

    assert not MediaFile.objects.exists()
    assert files_catch_up() == []


def test_a_private_video_has_none_until_it_is_public(channel: Channel) -> None:
    offer_set(by=channel.person, handle=channel.handle, offer=Offer(ahead=True))
    video = video_put(channel, clip("plain"), showing=Showing(visibility="private"))
    drain()
    before = MediaFile.objects.count()

    visibility_set(by=channel.person, public_id=video.public_id, showing=Showing())
    drain()

    assert (before, MediaFile.objects.count()) == (0, 2)
    files_make(video_id=video.pk)  # once more changes nothing
    assert MediaFile.objects.count() == 2


def test_files_go_with_the_visibility_of_their_video(channel: Channel) -> None:
    offer_set(by=channel.person, handle=channel.handle, offer=Offer(ahead=True))
    video = video_put(channel, clip("plain"))
    drain()

    showing = Showing(visibility="private")
    visibility_set(by=channel.person, public_id=video.public_id, showing=showing)

    assert set(MediaFile.objects.values_list("audience", flat=True)) == {"owners"}
    assert Video.objects.get().public_id not in Client().get("/feeds/rss.xml").content.decode()


def test_files_that_nobody_takes_any_more_are_deleted(channel: Channel) -> None:
    video = video_put(channel, clip("plain"))
    drain()
    Client().get(FEED)
    drain()
    places = [where(file) for file in MediaFile.objects.filter(video=video)]
    long_ago = now() - timedelta(days=91)

    FileWish.objects.update(asked_at=long_ago)
    files_forget()
    assert all(place.is_file() for place in places)  # young, whoever asked for them
    MediaFile.objects.update(created_at=long_ago)
    files_forget()

    assert (len(places), any(place.exists() for place in places)) == (2, False)
    assert not MediaFile.objects.exists()
    assert not FileWish.objects.exists()
    assert files_catch_up() == []


def test_the_sweep_leaves_a_folder_that_is_in_use_alone() -> None:
    with folder_held("fetch") as folder:
        os.utime(folder, (0, 0))
        workplaces_sweep()
        kept = folder.is_dir()

    assert (kept, folder.exists()) == (True, False)
