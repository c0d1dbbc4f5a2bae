"""Programs and pages that are not ours, set upon our media."""

from __future__ import annotations

import json
import shutil
import subprocess  # noqa: TID251 - programs of other people, run as they run them
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from tests.journeys.conftest import ROOT
from tests.sites import Site, page, site

MODULES: Final = ROOT / "node_modules"
PLAYERS: Final = {
    "shaka-player": MODULES / "shaka-player/dist/shaka-player.compiled.js",
    "dash.js": MODULES / "dashjs/dist/modern/umd/dash.all.min.js",
    "hls.js": MODULES / "hls.js/dist/hls.min.js",
}
STARTS: Final = {
    "shaka-player": """async url => {
        const player = new shaka.Player();
        await player.attach(document.querySelector("video"));
        await player.load(url);
    }""",
    "dash.js": """url => {
        dashjs.MediaPlayer().create().initialize(document.querySelector("video"), url, true);
    }""",
    "hls.js": """url => {
        const hls = new Hls();
        hls.loadSource(url);
        hls.attachMedia(document.querySelector("video"));
    }""",
}
_WALL_S: Final = 120


def program(name: str) -> str:
    """Return where a program of the system lies; skip the test where it has none."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def said(argv: Sequence[str], *, given: str = "") -> str:
    """Run a program to its end, which must be good, and return all it has said."""
    done = subprocess.run(  # noqa: S603 - our own arguments, no shell
        argv, input=given, capture_output=True, text=True, timeout=_WALL_S, check=False
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return done.stdout + done.stderr


def strictly_parsed(texts: Sequence[str]) -> list[dict[str, Any]]:
    """Return what hls-parser makes of playlists; anything it does not like fails the test."""
    module = MODULES / "hls-parser"
    if not module.exists():
        pytest.skip("hls-parser is not installed: npm ci")
    script = Path(__file__).with_name("hls_strict.mjs")
    given = json.dumps({"module": str(module), "texts": texts})
    found: list[dict[str, Any]] = json.loads(said([program("node"), str(script)], given=given))
    return found


@contextmanager
def player_site(name: str) -> Iterator[Site]:
    """Run a site of somebody else, on another origin, whose page carries a player."""
    script = PLAYERS[name]
    if not script.exists():
        pytest.skip(f"{name} is not installed: npm ci")
    html = (
        "<!doctype html><title>Elsewhere</title><script src='/player.js'></script>"
        "<div data-player><video autoplay crossorigin='anonymous' width='640'></video></div>"
    )
    pages = {
        "/": page(html.encode(), "text/html"),
        "/player.js": page(script.read_bytes(), "text/javascript"),
    }
    with site(pages) as running:
        yield running
