"""yt-dlp fetches through the proxy alone, and what it brings or says is checked."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest

from antenne.processes.fetching import (
    PROGRAM,
    Bounds,
    Fetched,
    FetchError,
    FetchFault,
    fetch,
    readable_paths,
)
from antenne.processes.proxy import Proxy, Rules, dial
from antenne.processes.runner import Limits, ProcessError, Sandbox, run
from tests.processes.test_runner import PYTHON
from tests.sites import Page, cut, endless, moved, page, silent, site, status

pytestmark = pytest.mark.process

PUBLIC = "93.184.216.34"
BOUNDS = Bounds(max_bytes=2_000_000, wall_s=60)
CLIP = bytes(range(256)) * 2000
CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n"
MASTER = b"""#EXTM3U
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="x",URI="/sound.m3u8"
#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="x",LANGUAGE="fr",URI="/words.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=900000,RESOLUTION=640x360,CODECS="avc1.4d401e,mp4a.40.2",AUDIO="a",SUBTITLES="s"
/picture.m3u8
"""


def playlist(address: str) -> bytes:
    return f"#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n{address}\n#EXT-X-ENDLIST\n".encode()


def fetched(url: str, folder: Path, proxy: Proxy | None = None) -> Fetched:
    open_proxy = Proxy(Rules(max_bytes=50_000_000, private=True))
    return fetch(url, folder=folder, proxy=proxy or open_proxy, bounds=BOUNDS)


def fault_of(url: str, folder: Path, proxy: Proxy | None = None) -> FetchFault:
    with pytest.raises(FetchError) as caught:
        fetched(url, folder, proxy)
    return caught.value.fault


def test_a_plain_file_comes_whole_and_named(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with site({"/A_walk.mp4": page(CLIP)}) as own:
        proxy = Proxy(Rules(max_bytes=50_000_000, private=True))
        found = fetch(
            own.url("/A_walk.mp4"),
            folder=tmp_path,
            proxy=proxy,
            bounds=BOUNDS,
            on_progress=lambda done, total: told.append((done, total)),
        )

    assert [track.read_bytes() for track in found.tracks] == [CLIP]
    assert found.title == "A_walk"
    assert told[0][1] == len(CLIP)


def test_a_playlist_comes_with_picture_sound_and_captions(tmp_path: Path) -> None:
    pages = {
        "/master.m3u8": page(MASTER, "application/vnd.apple.mpegurl"),
        "/picture.m3u8": page(playlist("/picture.ts")),
        "/sound.m3u8": page(playlist("/sound.ts")),
        "/words.m3u8": page(playlist("/words.vtt")),
        "/picture.ts": page(b"picture" * 1000),
        "/sound.ts": page(b"sound" * 1000),
        "/words.vtt": page(CAPTIONS, "text/vtt"),
    }
    with site(pages) as own:
        found = fetched(own.url("/master.m3u8"), tmp_path)

    assert [track.read_bytes()[:5] for track in found.tracks] == [b"pictu", b"sound"]
    assert [(one.language, one.path.suffix) for one in found.captions] == [("fr", ".vtt")]
    assert b"Hello" in found.captions[0].path.read_bytes()


FAILURES: list[tuple[str, Page, FetchFault]] = [
    ("missing", status(404), FetchFault.NOTHING_THERE),
    ("closed", status(403), FetchFault.NOT_OPEN),
    ("broken", status(500), FetchFault.ADDRESS_UNREACHABLE),
    (
        "words",
        page(b"<html><body>Only words.</body></html>", "text/html"),
        FetchFault.NOTHING_THERE,
    ),
    ("cut", cut(CLIP, 100_000), FetchFault.INTERRUPTED),
    ("large", page(bytes(2_000_001)), FetchFault.TOO_LARGE),
    ("endless", endless(), FetchFault.TOO_LARGE),
    ("file", moved("file:///etc/passwd"), FetchFault.ADDRESS_UNREACHABLE),
]


@pytest.mark.parametrize(("name", "answer", "fault"), FAILURES, ids=[row[0] for row in FAILURES])
def test_what_cannot_be_fetched_is_named(
    name: str, answer: Page, fault: FetchFault, tmp_path: Path
) -> None:
    with site({f"/{name}.mp4": answer}) as own:
        assert fault_of(own.url(f"/{name}.mp4"), tmp_path) is fault


def test_a_site_that_falls_silent_is_left(tmp_path: Path) -> None:
    done = threading.Event()
    with site({"/clip.mp4": silent(done)}) as own:
        proxy = Proxy(Rules(max_bytes=50_000_000, private=True, stall_s=0.3))
        fault = fault_of(own.url("/clip.mp4"), tmp_path, proxy)
        done.set()

    assert fault is FetchFault.TOOK_TOO_LONG


def test_time_is_bounded(tmp_path: Path) -> None:
    done = threading.Event()
    proxy = Proxy(Rules(max_bytes=50_000_000, private=True))
    bounds = Bounds(2_000_000, wall_s=4.0)
    with site({"/clip.mp4": silent(done)}) as own:
        with pytest.raises(FetchError) as caught:
            fetch(own.url("/clip.mp4"), folder=tmp_path, proxy=proxy, bounds=bounds)
        done.set()

    assert caught.value.fault is FetchFault.TOOK_TOO_LONG


PRIVATE_TURNS = {
    "redirect": lambda target: {"/clip.mp4": moved(target)},
    "segment": lambda target: {"/clip.mp4": page(playlist(target), "application/x-mpegurl")},
    "variant": lambda target: {
        "/clip.mp4": page(
            f"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=9\n{target}\n".encode(), "application/x-mpegurl"
        )
    },
}


@pytest.mark.parametrize("turn", sorted(PRIVATE_TURNS))
def test_a_public_site_cannot_send_it_to_a_private_one(turn: str, tmp_path: Path) -> None:
    with site({"/secret.mp4": page(CLIP)}) as private:
        pages = PRIVATE_TURNS[turn](private.url("/secret.mp4"))
        with site(pages) as public:

            def go(_address: str, _port: int, timeout_s: float) -> socket.socket:
                return dial("127.0.0.1", public.port, timeout_s)

            resolve = lambda host, _port: [PUBLIC if host == "site.example" else host]  # noqa: E731 - one row
            proxy = Proxy(Rules(50_000_000, resolve=resolve, dial=go))
            fault = fault_of("http://site.example/clip.mp4", tmp_path, proxy)

    assert fault is FetchFault.ADDRESS_REFUSED
    assert private.asked == []
    assert not any(path.stat().st_size for path in tmp_path.glob("track-?"))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "0x7f000001", "169.254.169.254"]
)
def test_an_address_of_our_own_is_refused_at_once(host: str, tmp_path: Path) -> None:
    with site({"/clip.mp4": page(CLIP)}) as own:
        proxy = Proxy(Rules(max_bytes=50_000_000))
        fault = fault_of(f"http://{host}:{own.port}/clip.mp4", tmp_path, proxy)

    assert fault is FetchFault.ADDRESS_REFUSED
    assert own.asked == []


def test_the_program_that_fetches_can_make_no_socket_of_its_own(tmp_path: Path) -> None:
    code = "import socket\nsocket.create_connection(('127.0.0.1', 80))"
    limits = Limits(20, 10, 2 * 1024**3, 1024)

    with pytest.raises(ProcessError) as caught:
        run(
            [PYTHON, "-I", "-S", "-c", code],
            sandbox=Sandbox(tmp_path, readable=readable_paths()),
            limits=limits,
        )

    assert "PermissionError" in caught.value.tail
    assert PROGRAM in readable_paths()
