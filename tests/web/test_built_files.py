"""Scripts and styles are built anew under a running server and under open pages."""

from __future__ import annotations

import json
import os
import shutil
import subprocess  # noqa: TID251 - the script, as npm runs it
import time
from pathlib import Path
from typing import Final

import pytest
from django.test import RequestFactory
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]

SCRIPT: Final = Path(__file__).parents[2] / "frontend" / "keep_old.mjs"
DAY_S: Final = 24 * 3600


def keep_old(when: str, dist: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    subprocess.run([node, str(SCRIPT), when, str(dist)], check=True, timeout=60)  # noqa: S603 - a fixed command


def built(dist: Path, *names: str) -> None:
    """Write what a build leaves, with its compressed forms, and the manifest that names it."""
    (dist / "assets").mkdir(parents=True, exist_ok=True)
    for name in names:
        for ending in ("", ".br", ".gz"):
            (dist / "assets" / f"{name}{ending}").write_text(f"// {name}")
    manifest = {name: {"file": f"assets/{name}"} for name in names}
    (dist / "manifest.json").write_text(json.dumps(manifest))


def aged(dist: Path, days: int) -> None:
    then_s = time.time() - days * DAY_S
    for path in (dist / "assets").iterdir():
        os.utime(path, (then_s, then_s))


def rebuilt(dist: Path, *names: str) -> None:
    keep_old("before", dist)
    built(dist, *names)
    keep_old("after", dist)


def assets(dist: Path) -> list[str]:
    return sorted(path.name for path in (dist / "assets").iterdir() if path.suffix == ".js")


def test_what_was_current_until_this_build_stays_however_old_it_is(tmp_path: Path) -> None:
    built(tmp_path, "site-11111111.js")
    aged(tmp_path, days=300)

    rebuilt(tmp_path, "site-22222222.js")

    assert assets(tmp_path) == ["site-11111111.js", "site-22222222.js"]
    assert (tmp_path / "assets" / "site-11111111.js.br").exists()


def test_what_was_replaced_more_than_a_month_ago_goes(tmp_path: Path) -> None:
    built(tmp_path, "site-11111111.js")
    rebuilt(tmp_path, "site-22222222.js")
    aged(tmp_path, days=31)

    rebuilt(tmp_path, "site-33333333.js")

    assert assets(tmp_path) == ["site-22222222.js", "site-33333333.js"]
    assert not (tmp_path / "assets" / "site-11111111.js.br").exists()


@pytest.mark.django_db  # the end of a request looks after its connections
def test_a_server_that_runs_goes_on_serving_the_files_it_names(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    built(dist, "site-11111111.js")
    running = WhiteNoiseMiddleware(lambda _request: None)
    running.add_files(str(tmp_path), prefix="/static/")

    rebuilt(dist, "site-22222222.js")

    answer = running(RequestFactory().get("/static/dist/assets/site-11111111.js"))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == b"// site-11111111.js"
    answer.close()
