"""nginx, with the configuration we hand out, decides as the edge does."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from antenne.kernel.signing import pictures_prefix, subkey
from tests.edge.conftest import EdgeStart
from tests.edge.nginx import nginx_server
from tests.edge.server import SECRET, EdgeServer
from tests.edge.tus import TusClient

pytestmark = pytest.mark.process

VIDEO = "xea1b2c3d"
BODY = bytes(range(256)) * 40


@pytest.fixture(scope="module")
def nginx(edge: EdgeServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    edge.media_put(VIDEO, "air/c.mp4", BODY)
    edge.media_put(VIDEO, "v.m3u8", b"#EXTM3U\n")
    edge.media_put(VIDEO, "page.html", b"<script>")
    place = tmp_path_factory.mktemp("nginx")
    place.chmod(0o755)
    with nginx_server(edge.home, place, edge.port) as port:
        yield f"http://127.0.0.1:{port}"


def by_nginx(edge: EdgeServer, nginx: str, url: str) -> str:
    return url.replace(edge.url, nginx)


@pytest.mark.parametrize(
    "asked",
    [{}, {"Range": "bytes=10-19"}, {"Range": "bytes=-5"}, {"Range": "bytes=99999-"}],
)
def test_both_bring_the_same_bytes(edge: EdgeServer, nginx: str, asked: dict[str, str]) -> None:
    url = edge.media_url(VIDEO, "air/c.mp4")

    ours, theirs = (httpx.get(u, headers=asked) for u in (url, by_nginx(edge, nginx, url)))

    assert theirs.status_code == ours.status_code
    assert theirs.headers.get("content-range") == ours.headers.get("content-range")
    if ours.is_success:
        assert theirs.content == ours.content
        for name in (
            "content-type",
            "cache-control",
            "x-content-type-options",
            "content-security-policy",
            "access-control-allow-origin",
        ):
            assert theirs.headers[name] == ours.headers[name]


def test_both_refuse_the_same_paths(edge: EdgeServer, nginx: str) -> None:
    now = int(time.time())
    good = edge.media_url(VIDEO, "air/c.mp4", expires_s=now + 60)
    pictures = pictures_prefix(subkey(SECRET, "media"), video=VIDEO, epoch=1)
    paths = {
        good: 200,
        edge.media_url(VIDEO, "air/c.mp4", expires_s=now - 1): 403,
        good.replace("k1.", "k2."): 403,
        good.replace("/1/", "/2/"): 403,
        good.replace(VIDEO, "xea1b2c3e"): 403,
        good.replace("k1.", "k1.1"): 403,
        good.replace("/air", "A/air"): 403,
        f"{edge.url}{pictures}/air/c.mp4": 403,
        f"{edge.url}{pictures}/none.webp": 404,
        edge.media_url(VIDEO, "none.mp4"): 404,
        edge.media_url(VIDEO, "page.html"): 404,
    }
    for url, status in paths.items():
        for answer in (httpx.get(url), httpx.get(by_nginx(edge, nginx, url))):
            assert (answer.status_code, url) == (status, url)
            if status != 200:
                assert answer.headers["cache-control"] == "no-store"
                assert answer.headers["content-type"] == "application/problem+json"


def test_a_raised_epoch_reaches_nginx_at_once(edge: EdgeServer, nginx: str) -> None:
    edge.media_put("xnginxep", "a.mp4", BODY)
    old = by_nginx(edge, nginx, edge.media_url("xnginxep", "a.mp4", epoch=1))
    new = by_nginx(edge, nginx, edge.media_url("xnginxep", "a.mp4", epoch=2))
    assert httpx.get(old).status_code == 200

    edge.notify("antenne_epoch", "xnginxep 2")

    until = time.monotonic() + 60
    while httpx.get(old).status_code != 403:
        assert time.monotonic() < until
    assert httpx.get(new).status_code == 200


def test_nginx_delivers_nothing_while_the_list_is_missing(
    edge_start: EdgeStart, tmp_path: Path
) -> None:
    edge = edge_start()
    edge.media_put(VIDEO, "a.mp4", BODY)
    (edge.home / "epochs" / "loaded").unlink()
    place = tmp_path / "nginx"
    place.mkdir()
    with nginx_server(edge.home, place, edge.port) as port:
        url = edge.media_url(VIDEO, "a.mp4").replace(edge.url, f"http://127.0.0.1:{port}")

        answer = httpx.get(url)

    assert (answer.status_code, answer.headers["cache-control"]) == (503, "no-store")


def test_a_link_out_of_the_objects_is_not_followed(edge: EdgeServer, nginx: str) -> None:
    secret = edge.home / "secret.mp4"
    secret.write_bytes(b"private")
    link = edge.home / "objects" / "media" / VIDEO / "leak.mp4"
    link.unlink(missing_ok=True)
    link.symlink_to(secret)

    url = edge.media_url(VIDEO, "leak.mp4")

    assert httpx.get(url).status_code == 404
    assert httpx.get(by_nginx(edge, nginx, url)).status_code in {403, 404}


def test_uploads_pass_through_nginx(edge: EdgeServer, nginx: str) -> None:
    behind = replace(edge, port=int(nginx.rpartition(":")[2]))
    with TusClient(behind) as tus:
        assert tus.create(len(BODY)).status_code == 201
        assert tus.patch(0, BODY[:100]).status_code == 204
        assert tus.patch(100, BODY[100:]).status_code == 204

        assert edge.web.sizes(tus.upload) == [len(BODY)]


def test_what_players_say_passes_through_nginx(edge: EdgeServer, nginx: str) -> None:
    for place in (edge.url, nginx):
        assert httpx.options(f"{place}/beacon").status_code == 204
        assert httpx.post(f"{place}/beacon", content=b"{}").status_code == 400


def test_a_preflight_is_answered_and_inner_paths_are_shut(edge: EdgeServer, nginx: str) -> None:
    url = by_nginx(edge, nginx, edge.media_url(VIDEO, "air/c.mp4"))

    answer = httpx.options(url)

    assert answer.status_code == 204
    assert "Range" in answer.headers["access-control-allow-headers"]
    assert httpx.post(url).status_code == 405
    assert httpx.get(f"{nginx}/metrics").status_code == 404
    assert httpx.post(f"{nginx}/internal/uploads/x/finished").status_code == 404
