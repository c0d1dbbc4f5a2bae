"""Players and tools of other people read what we put on the air, while it grows and after."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import httpx
import m3u8
import pytest
from mpegdash.parser import MPEGDASHParser
from playwright.sync_api import Page
from yt_dlp import YoutubeDL

from antenne.ffmpeg.binaries import ffmpeg_path
from tests.clips import clip
from tests.journeys.clients import STARTS, player_site, program, said, strictly_parsed
from tests.journeys.house import House
from tests.journeys.player import plays

pytestmark = [pytest.mark.journey, pytest.mark.ffmpeg]

DURATION_S = 6.0
TOLERANCE_S = 0.1
HD = (1280, 720)
PLAYED_S = 3
FPS = 30
WHEN = pytest.mark.parametrize("when", ["growing", "complete"])


@pytest.fixture(scope="module")
def master(house: House) -> str:
    """The address of a complete video of six seconds."""
    return str(house.playback(house.published("hd"))["master_url"])


@pytest.fixture
def masters(house: House, master: str, when: str) -> Iterator[str]:
    """The address of that video, or of one that is still being encoded."""
    if when == "complete":
        yield master
        return
    video = house.publish(clip("camera"), wait=False)
    found = house.playback(video)
    assert found["growing"] is True
    yield str(found["master_url"])
    house.remove(video)


def playlists(master_url: str) -> dict[str, str]:
    """Return the text of a master and of each playlist that it names, by address."""
    texts = {master_url: httpx.get(master_url).text}
    named = m3u8.loads(texts[master_url], uri=master_url)
    tracks = [*named.playlists, *named.iframe_playlists, *(row for row in named.media if row.uri)]
    for track in tracks:
        texts[track.absolute_uri] = httpx.get(track.absolute_uri).text
    return texts


def probed(url: str) -> list[dict[str, Any]]:
    """Return the streams that ffprobe finds."""
    argv = [program("ffprobe"), "-v", "error", "-show_streams", "-of", "json", url]
    streams: list[dict[str, Any]] = json.loads(said(argv))["streams"]
    return streams


@WHEN
def test_ffprobe_lists_pictures_and_sound(masters: str) -> None:
    streams = probed(masters)

    assert {"video", "audio"} <= {stream["codec_type"] for stream in streams}
    assert {stream["codec_name"] for stream in streams} <= {"h264", "aac", "webvtt"}


def test_ffprobe_finds_the_size_of_the_source(master: str) -> None:
    sizes = {(row.get("width"), row.get("height")) for row in probed(master)}

    assert HD in sizes


@pytest.mark.parametrize("ffmpeg", ["ours", "system"])
@WHEN
def test_ffmpeg_decodes_every_picture_of_every_quality(masters: str, ffmpeg: str) -> None:
    found = str(ffmpeg_path()) if ffmpeg == "ours" else program("ffmpeg")
    # Of a quality that nobody maps ffmpeg reads half a picture, and complains about that.
    sink = ["-map", "0", "-t", str(PLAYED_S), "-f", "null", "-progress", "pipe:1", "-"]

    spoken = said([found, "-v", "error", "-i", masters, *sink])

    assert int(spoken.rpartition("frame=")[2].split()[0]) == PLAYED_S * FPS
    assert "decoding" not in spoken
    assert "Invalid" not in spoken


@WHEN
def test_mpv_plays(masters: str) -> None:
    quiet = ["--no-config", "--vo=null", "--ao=null", "--untimed", f"--length={PLAYED_S}"]

    spoken = said([program("mpv"), *quiet, masters])

    assert "(h264" in spoken
    assert "(aac" in spoken
    assert "Error" not in spoken


@WHEN
def test_the_playlists_pass_strict_parsers(masters: str) -> None:
    texts = playlists(masters)

    first, *rest = strictly_parsed(list(texts.values()))

    assert first["master"] is True
    assert first["variants"] > 0
    assert all(row["segments"] > 0 for row in rest)
    for url, text in texts.items():
        m3u8.loads(text, uri=url)


def test_the_complete_playlists_have_ended_and_last_as_long_as_the_clip(master: str) -> None:
    media = {url: text for url, text in playlists(master).items() if url != master}

    for url, text in media.items():
        found = m3u8.loads(text, uri=url)
        assert found.is_endlist, url
        if not found.is_i_frames_only:
            lasts_s = sum(segment.duration for segment in found.segments)
            assert lasts_s == pytest.approx(DURATION_S, abs=TOLERANCE_S), url


def test_a_dash_parser_reads_the_manifest_and_finds_its_ranges(house: House) -> None:
    url = str(house.playback(house.published("hd"))["mpd_url"])
    found = MPEGDASHParser.parse(httpx.get(url).text)

    sets = found.periods[0].adaptation_sets
    heights = [row.height for each in sets for row in each.representations if row.height]
    assert max(heights) == HD[1]
    for representation in (row for each in sets for row in each.representations):
        segments = representation.segment_lists[0]
        name = representation.base_urls[0].base_url_value if representation.base_urls else ""
        address = urljoin(urljoin(url, name), segments.segment_urls[0].media or "")
        asked = {"Range": f"bytes={segments.segment_urls[0].media_range}"}
        assert httpx.get(address, headers=asked).status_code == 206


def test_yt_dlp_reads_the_watch_page(house: House, member: Page) -> None:
    video = house.published("hd")
    title = house.api("GET", f"videos/{video}")["title"]
    silent = {"quiet": True, "no_warnings": True, "proxy": "", "socket_timeout": 20}

    with YoutubeDL(silent) as downloader:
        found = downloader.extract_info(house.url(f"/v/{video}"), download=False)

    assert found["extractor"] == "generic"
    assert found["title"] == title
    assert found["duration"] == pytest.approx(DURATION_S, abs=TOLERANCE_S)
    assert max(row.get("height") or 0 for row in found["formats"]) == HD[1]


@pytest.mark.parametrize("player", ["hls.js", "shaka-player"])
@WHEN
def test_other_players_play_hls_on_other_sites(masters: str, stranger: Page, player: str) -> None:
    with player_site(player) as elsewhere:
        stranger.goto(elsewhere.url("/"))
        stranger.evaluate(STARTS[player], masters)

        assert plays(stranger)["width"] > 0


@pytest.mark.parametrize("player", ["shaka-player", "dash.js"])
def test_other_players_play_dash_on_other_sites(house: House, stranger: Page, player: str) -> None:
    url = house.playback(house.published("hd"))["mpd_url"]
    with player_site(player) as elsewhere:
        stranger.goto(elsewhere.url("/"))
        stranger.evaluate(STARTS[player], url)

        assert plays(stranger)["width"] > 0
