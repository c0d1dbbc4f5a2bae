"""The edge with its objects in a bucket of a real S3 server."""

import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from antenne.kernel.storage.protocol import Storage
from antenne.kernel.storage.s3 import Bucket, S3Storage
from antenne.kernel.storage.sigv4 import Credentials
from tests.edge.server import EdgeServer, edge_server
from tests.edge.tus import TusClient, checksum
from tools.s3_server import S3Server, S3ServerUnavailable, s3_server

pytestmark = pytest.mark.s3
MIB = 1024 * 1024
VIDEO = "xea1b2c3d"
DATA = bytes(range(256)) * (4 * 1024 * 20) + b"the end"  # 20 MiB and a bit: two parts and a tail


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    try:
        with s3_server(tmp_path_factory.mktemp("swift")) as server:
            yield server
    except S3ServerUnavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture
def bucket_edge(s3: S3Server, tmp_path: Path, edge_database: str) -> Iterator[EdgeServer]:
    settings = {
        "ANTENNE_STORAGE": f"s3://{s3.bucket}/{tmp_path.name.replace('_', '-')}",
        "ANTENNE_S3_ENDPOINT": s3.endpoint,
        "ANTENNE_S3_KEY": s3.key,
        "ANTENNE_S3_SECRET": s3.secret,
    }
    with edge_server(tmp_path, edge_database, settings) as server:
        yield server


@pytest.fixture
def storage(s3: S3Server, tmp_path: Path) -> Storage:
    who = Credentials(s3.key, s3.secret, s3.region)
    return S3Storage(Bucket(s3.bucket, tmp_path.name.replace("_", "-"), s3.endpoint, who))


def spooled(edge: EdgeServer, upload: str) -> int:
    return sum(path.stat().st_size for path in (edge.home / "uploads" / upload).glob("data.*"))


def test_an_upload_goes_on_in_parts_and_the_disk_stays_small(
    bucket_edge: EdgeServer, storage: Storage
) -> None:
    with TusClient(bucket_edge) as tus:
        tus.create(len(DATA))
        assert tus.patch(0, DATA[: 9 * MIB], Upload_Checksum=checksum(DATA[: 9 * MIB])).is_success
        assert tus.offset() == 9 * MIB
        assert spooled(bucket_edge, tus.upload) == MIB
        assert [upload.key for upload in storage.multipart_list("")] == [f"sources/{tus.upload}"]

        assert tus.patch(9 * MIB, DATA[9 * MIB :]).status_code == 204

        assert storage.get(f"sources/{tus.upload}") == DATA
        assert storage.multipart_list("") == ()
        assert spooled(bucket_edge, tus.upload) == 0
        assert bucket_edge.web.sizes(tus.upload) == [len(DATA)]


def test_a_killed_edge_goes_on_with_the_parts_it_had_sent(
    bucket_edge: EdgeServer, storage: Storage
) -> None:
    with TusClient(bucket_edge) as tus:
        tus.create(len(DATA))
        tus.patch(0, DATA[: 10 * MIB])
        bucket_edge.kill()
        bucket_edge.start()

        assert tus.offset() == 10 * MIB
        assert tus.patch(10 * MIB, DATA[10 * MIB :]).status_code == 204

        assert storage.get(f"sources/{tus.upload}") == DATA


def test_a_terminated_upload_leaves_no_parts(bucket_edge: EdgeServer, storage: Storage) -> None:
    with TusClient(bucket_edge) as tus:
        tus.create(len(DATA))
        tus.patch(0, DATA[: 10 * MIB])

        assert tus.terminate().status_code == 204

        assert storage.multipart_list("") == ()
        assert list(storage.list("")) == []


def test_parallel_parts_become_one_object(bucket_edge: EdgeServer, storage: Storage) -> None:
    with TusClient(bucket_edge) as tus:
        paths = []
        for piece in (DATA[: 9 * MIB], DATA[9 * MIB :]):
            paths.append(tus.create(len(piece), Upload_Concat="partial").headers["location"])
            assert tus.patch(0, piece, paths[-1]).status_code == 204

        headers = tus.headers(Upload_Concat=f"final;{' '.join(paths)}")
        assert tus.http.post("/uploads", headers=headers).status_code == 201

        assert storage.get(f"sources/{tus.upload}") == DATA


def test_a_store_that_is_away_loses_nothing(bucket_edge: EdgeServer, storage: Storage) -> None:
    edge, endpoint = bucket_edge, bucket_edge.settings["ANTENNE_S3_ENDPOINT"]
    edge.kill()
    edge.settings["ANTENNE_S3_ENDPOINT"] = "http://127.0.0.1:1"
    edge.start()
    with TusClient(edge) as tus:
        tus.create(len(DATA))
        assert tus.patch(0, DATA[: 10 * MIB]).status_code == 503
        assert tus.offset() == 10 * MIB
        edge.kill()
        edge.settings["ANTENNE_S3_ENDPOINT"] = endpoint
        edge.start()

        assert tus.patch(10 * MIB, DATA[10 * MIB :]).status_code == 204
        assert storage.get(f"sources/{tus.upload}") == DATA


def test_texts_come_through_the_edge_and_segments_by_redirect(
    bucket_edge: EdgeServer, storage: Storage
) -> None:
    storage.put(f"media/{VIDEO}/v.m3u8", b"#EXTM3U\n#EXTINF:4,\nc.mp4\n")
    storage.put(f"media/{VIDEO}/c.mp4", DATA[:1000])

    text = httpx.get(bucket_edge.media_url(VIDEO, "v.m3u8"))
    assert (text.status_code, text.headers["cache-control"]) == (200, "public, max-age=1")
    again = httpx.get(
        bucket_edge.media_url(VIDEO, "v.m3u8"), headers={"If-None-Match": text.headers["etag"]}
    )
    assert again.status_code == 304

    answer = httpx.get(
        bucket_edge.media_url(VIDEO, "c.mp4"),
        headers={"Range": "bytes=10-19"},
        follow_redirects=True,
    )
    assert [step.status_code for step in answer.history] == [307]
    assert answer.history[0].headers["cache-control"] == "no-store"
    assert (answer.status_code, answer.content) == (206, DATA[10:20])
    head = httpx.head(bucket_edge.media_url(VIDEO, "c.mp4"))
    assert (head.status_code, head.headers["content-length"]) == (200, "1000")


def test_what_is_missing_or_refused_in_a_bucket_is_so_through_the_edge(
    bucket_edge: EdgeServer, storage: Storage
) -> None:
    storage.put(f"media/{VIDEO}/page.html", b"<script>")

    assert httpx.get(bucket_edge.media_url(VIDEO, "none.m3u8")).status_code == 404
    assert httpx.head(bucket_edge.media_url(VIDEO, "none.mp4")).status_code == 404
    assert httpx.get(bucket_edge.media_url(VIDEO, "page.html")).status_code == 404
    late = bucket_edge.media_url(VIDEO, "v.m3u8", expires_s=int(time.time()) - 1)
    assert httpx.get(late).status_code == 403
