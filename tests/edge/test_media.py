"""Delivery behind signed paths."""

import hashlib
import time

import httpx
import pytest

from antenne.kernel.signing import pictures_prefix, subkey
from tests.edge.conftest import EdgeStart
from tests.edge.server import SECRET, EdgeServer

pytestmark = pytest.mark.process

VIDEO = "xea1b2c3d"
BODY = bytes(range(256)) * 400
MASTER = b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nv.m3u8\n"
GROWING = b"#EXTM3U\n#EXTINF:4,\nchunk.mp4\n"


@pytest.fixture(autouse=True)
def chunk(edge: EdgeServer) -> None:
    edge.media_put(VIDEO, "air/chunk-0.mp4", BODY)


def get(edge: EdgeServer, name: str = "air/chunk-0.mp4", **headers: str) -> httpx.Response:
    sent = {key.replace("_", "-"): value for key, value in headers.items()}
    return httpx.get(edge.media_url(VIDEO, name), headers=sent)


def test_a_whole_object_comes_with_its_length_and_guards(edge: EdgeServer) -> None:
    answer = get(edge)

    assert (answer.status_code, answer.content) == (200, BODY)
    assert answer.headers["content-length"] == str(len(BODY))
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        ("bytes=102399-", 102_399, 102_400),
        ("bytes=100000-999999", 100_000, 102_400),
        ("bytes=-1", 102_399, 102_400),
        ("bytes=-999999", 0, 102_400),
        ("bytes=5-6,10-20", 5, 7),
        ("bytes=999999-,10-20", 10, 21),
        ("Bytes=0-1", 0, 2),
    ],
)
def test_a_range_brings_exactly_its_bytes(
    edge: EdgeServer, asked: str, start: int, end: int
) -> None:
    answer = get(edge, Range=asked)

    assert answer.status_code == 206
    assert answer.content == BODY[start:end]
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(BODY)}"
    assert answer.headers["content-length"] == str(end - start)


@pytest.mark.parametrize("asked", ["bytes=102400-", "bytes=-0", "bytes=102400-102500"])
def test_a_range_outside_of_the_object_is_refused(edge: EdgeServer, asked: str) -> None:
    answer = get(edge, Range=asked)

    assert (answer.status_code, answer.headers["content-range"]) == (416, "bytes */102400")


@pytest.mark.parametrize("asked", ["bytes=5-4", "bytes=a-b", "items=0-1", "bytes=", "bytes=-"])
def test_a_range_that_is_none_brings_the_whole(edge: EdgeServer, asked: str) -> None:
    answer = get(edge, Range=asked)

    assert (answer.status_code, answer.content) == (200, BODY)


def test_who_has_it_already_gets_only_a_word(edge: EdgeServer) -> None:
    etag = get(edge).headers["etag"]

    for known in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        answer = get(edge, If_None_Match=known)
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == etag
    assert get(edge, If_None_Match='"other"').status_code == 200


def test_a_range_of_something_replaced_brings_the_whole(edge: EdgeServer) -> None:
    etag = get(edge).headers["etag"]

    assert get(edge, Range="bytes=0-1", If_Range=etag).status_code == 206
    assert get(edge, Range="bytes=0-1", If_Range='"old"').status_code == 200


def test_head_says_the_same_without_the_body(edge: EdgeServer) -> None:
    whole = get(edge)

    head = httpx.head(edge.media_url(VIDEO, "air/chunk-0.mp4"))

    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-length", "etag", "content-type", "cache-control"):
        assert head.headers[name] == whole.headers[name]


def test_a_page_elsewhere_may_ask_for_ranges(edge: EdgeServer) -> None:
    answer = httpx.options(edge.media_url(VIDEO, "air/chunk-0.mp4"))

    assert answer.status_code == 204
    assert "Range" in answer.headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in answer.headers
    assert httpx.post(edge.media_url(VIDEO, "air/chunk-0.mp4")).status_code == 405


@pytest.mark.parametrize(
    ("name", "body", "kind", "cache"),
    [
        ("master.m3u8", MASTER, "application/vnd.apple.mpegurl", "max-age=1"),
        ("v.m3u8", GROWING, "application/vnd.apple.mpegurl", "max-age=1"),
        ("e.m3u8", GROWING + b"#EXT-X-ENDLIST\n", "application/vnd.apple.mpegurl", "max-age=30"),
        ("stream.mpd", b"<MPD/>", "application/dash+xml", "max-age=30"),
        ("fr.vtt", b"WEBVTT", "text/vtt; charset=utf-8", "max-age=30"),
        ("poster.jpg", b"\xff\xd8", "image/jpeg", "max-age=31536000, immutable"),
        ("preview.webp", b"RIFF", "image/webp", "max-age=31536000, immutable"),
    ],
)
def test_each_kind_has_its_type_and_its_time(
    edge: EdgeServer, name: str, body: bytes, kind: str, cache: str
) -> None:
    edge.media_put(VIDEO, name, body)

    answer = get(edge, name)

    assert (answer.content, answer.headers["content-type"]) == (body, kind)
    assert answer.headers["cache-control"] == f"public, {cache}"


def test_a_playlist_is_seen_to_grow_at_once(edge: EdgeServer) -> None:
    edge.media_put(VIDEO, "grow.m3u8", GROWING)
    first = get(edge, "grow.m3u8")
    edge.media_put(VIDEO, "grow.m3u8", GROWING + b"#EXT-X-ENDLIST\n")

    second = get(edge, "grow.m3u8", If_None_Match=first.headers["etag"])

    assert second.status_code == 200
    assert b"ENDLIST" in second.content
    assert get(edge, "grow.m3u8", Range="bytes=0-6").content == b"#EXTM3U"


def test_a_page_in_disguise_is_never_delivered(edge: EdgeServer) -> None:
    for name in ("a.html", "b.svg", "c.js", "noextension", "d.mp4.html"):
        edge.media_put(VIDEO, name, b"<script>alert(1)</script>")
        assert get(edge, name).status_code == 404


@pytest.mark.parametrize(
    "name",
    ["none.mp4", "..%2f..%2fsecret", "../../../../etc/passwd.mp4", ".hidden.mp4", "a//b.mp4"],
)
def test_what_is_not_there_is_not_found(edge: EdgeServer, name: str) -> None:
    answer = get(edge, name)

    assert answer.status_code in {403, 404}
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_deleted_object_is_missing_at_once(edge: EdgeServer) -> None:
    path = edge.media_put(VIDEO, "gone.mp4", BODY)
    assert get(edge, "gone.mp4").status_code == 200

    path.unlink()

    assert get(edge, "gone.mp4").status_code == 404


def test_a_path_that_has_run_out_or_was_altered_is_refused(edge: EdgeServer) -> None:
    good = edge.media_url(VIDEO, "air/chunk-0.mp4", expires_s=int(time.time()) + 60)
    late = edge.media_url(VIDEO, "air/chunk-0.mp4", expires_s=int(time.time()) - 1)
    altered = [
        good.replace("k1.", "k2."),
        good.replace(VIDEO, "xea1b2c3e"),
        good.replace("/1/", "/2/"),
        good.replace("k1.", "k1"),
        good.replace("k1.", "k1.9"),
        good.replace("/air", "é/air").replace("k1", "ké"),
        f"{edge.url}/m/{VIDEO}",
        f"{edge.url}/m/a/b/c/d",
    ]

    assert httpx.get(good).headers["cache-control"].startswith("private, ")
    for url in (late, *altered):
        answer = httpx.get(url)
        assert (answer.status_code, answer.headers["cache-control"]) == (403, "no-store")


def test_a_path_runs_out_while_the_edge_remembers_it(edge: EdgeServer) -> None:
    expires_s = int(time.time()) + 5
    url = edge.media_url(VIDEO, "air/chunk-0.mp4", expires_s=expires_s)
    assert httpx.get(url).status_code == 200

    time.sleep(expires_s - time.time() + 0.1)

    assert httpx.get(url).status_code == 403


def test_a_raised_epoch_stops_older_paths_at_once(edge: EdgeServer) -> None:
    old = edge.media_url("xeaepoch", "a.mp4", epoch=1)
    new = edge.media_url("xeaepoch", "a.mp4", epoch=2)
    edge.media_put("xeaepoch", "a.mp4", BODY)
    assert httpx.get(old).status_code == 200

    edge.notify("antenne_epoch", "xeaepoch 2")

    until = time.monotonic() + 60
    while httpx.get(old).status_code != 403:
        assert time.monotonic() < until
    assert httpx.get(new).status_code == 200
    edge.notify("antenne_epoch", "xeaepoch 1")
    edge.notify("antenne_epoch", "nonsense")
    assert httpx.get(old).status_code == 403
    assert (edge.home / "epochs" / "ch.json").read_text() == '{"xeaepoch":2}'


def test_an_edge_without_the_list_of_epochs_delivers_nothing(edge_start: EdgeStart) -> None:
    edge = edge_start()
    edge.media_put(VIDEO, "a.mp4", BODY)
    assert httpx.get(edge.media_url(VIDEO, "a.mp4")).status_code == 200
    edge.kill()
    edge.database_url = "postgresql://nobody:x@127.0.0.1:1/none"

    edge.start(until="/healthz")
    answer = httpx.get(edge.media_url(VIDEO, "a.mp4"))

    assert (answer.status_code, answer.headers["cache-control"]) == (503, "no-store")
    assert httpx.get(f"{edge.url}/healthz").status_code == 200
    assert httpx.get(f"{edge.url}/readyz").status_code == 503


def test_many_ranges_of_a_large_object_are_byte_exact(edge: EdgeServer) -> None:
    body = b"".join(hashlib.sha256(str(n).encode()).digest() for n in range(100_000))
    edge.media_put(VIDEO, "large.mp4", body)

    with httpx.Client() as client:
        for start in range(0, len(body), 333_333):
            end = min(start + 333_333, len(body))
            headers = {"Range": f"bytes={start}-{end - 1}"}
            answer = client.get(edge.media_url(VIDEO, "large.mp4"), headers=headers)
            assert answer.content == body[start:end]


def test_a_range_that_many_want_stays_right_when_the_file_changes(edge: EdgeServer) -> None:
    edge.media_put(VIDEO, "hot.mp4", BODY)
    for _ in range(4):
        assert get(edge, "hot.mp4", Range="bytes=100-1099").content == BODY[100:1100]
        assert get(edge, "hot.mp4").content == BODY

    edge.media_put(VIDEO, "hot.mp4", BODY[::-1])

    assert get(edge, "hot.mp4", Range="bytes=100-1099").content == BODY[::-1][100:1100]


def test_a_path_of_pictures_opens_nothing_else(edge: EdgeServer) -> None:
    edge.media_put(VIDEO, "s1/poster.webp", b"RIFF")
    prefix = pictures_prefix(subkey(SECRET, "media"), video=VIDEO, epoch=1)

    for _again in range(2):
        assert httpx.get(f"{edge.url}{prefix}/s1/poster.webp").content == b"RIFF"
        assert httpx.get(f"{edge.url}{prefix}/air/chunk-0.mp4").status_code == 403
        assert httpx.get(f"{edge.url}{prefix}/air/chunk-0.mp4?a=.webp").status_code == 403
    forged = prefix.replace("p1.", "k1.")
    assert httpx.get(f"{edge.url}{forged}/air/chunk-0.mp4").status_code == 403


def test_a_download_is_kept_under_its_name_and_no_other_header(edge: EdgeServer) -> None:
    url = edge.media_url(VIDEO, "air/chunk-0.mp4")

    named = httpx.get(f"{url}?download=Swans%20at%20dawn.mp4", headers={"Range": "bytes=0-3"})
    forged = httpx.get(f"{url}?download=a%0d%0ab:c")
    odd = httpx.get(f"{url}?download=a;b")

    assert named.status_code == 206
    expected = "attachment; filename*=UTF-8''Swans%20at%20dawn.mp4"
    assert named.headers["content-disposition"] == expected
    for answer in (forged, odd, httpx.get(url)):
        assert "content-disposition" not in answer.headers
