"""The clients that people really use: tuspy, and tus-js-client of the upload page."""

import json
import os
import shutil
import subprocess  # noqa: TID251 - runs a client in node
import threading
from pathlib import Path

import pytest
from tusclient.client import TusClient as Tuspy

from tests.edge.conftest import EdgeStart
from tests.edge.server import EdgeServer
from tests.edge.tus import TusClient

pytestmark = pytest.mark.process

ROOT = Path(__file__).parents[2]
MIB = 1024 * 1024
SCRIPT = Path(__file__).parent / "tus_js_client.mjs"


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.mp4"
    path.write_bytes(os.urandom(5 * MIB + 12_345))
    return path


@pytest.fixture
def tus_js() -> Path:
    """The client's module, from the pages' own packages."""
    folder = Path(os.environ.get("ANTENNE_NODE_MODULES") or ROOT / "node_modules")
    module = folder / "tus-js-client" / "lib.esm" / "node" / "index.js"
    if not module.exists() or not shutil.which("node"):
        pytest.skip("tus-js-client is not installed (npm ci)")
    return module


def js_upload(module: Path, tus: TusClient, film: Path, **options: int) -> dict[str, object]:
    given = {
        "module": str(module),
        "endpoint": f"{tus.edge.url}/uploads",
        "ticket": tus.ticket,
        "file": str(film),
        **options,
    }
    node = [str(shutil.which("node")), str(SCRIPT), json.dumps(given)]
    done = subprocess.run(node, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603 - a fixed command
    assert done.returncode == 0, done.stdout + done.stderr
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def stored(tus: TusClient) -> bytes:
    return (tus.edge.home / "objects" / "sources" / tus.upload).read_bytes()


def tuspy(tus: TusClient) -> Tuspy:
    return Tuspy(f"{tus.edge.url}/uploads", headers={"Antenne-Ticket": tus.ticket})


def test_tuspy_uploads_in_chunks_with_checksums(tus: TusClient, film: Path) -> None:
    with film.open("rb") as stream:
        tuspy(tus).uploader(file_stream=stream, chunk_size=MIB, upload_checksum=True).upload()

    assert stored(tus) == film.read_bytes()
    assert tus.edge.web.sizes(tus.upload) == [film.stat().st_size]


def test_tuspy_resumes_where_it_stopped(tus: TusClient, film: Path) -> None:
    with film.open("rb") as stream:
        first = tuspy(tus).uploader(file_stream=stream, chunk_size=MIB)
        first.upload(stop_at=2 * MIB)
        assert tus.offset() == 2 * MIB

        tuspy(tus).uploader(file_stream=stream, chunk_size=MIB, url=first.url).upload()

    assert stored(tus) == film.read_bytes()


@pytest.mark.parametrize("parallel", [1, 3])
def test_tus_js_client_uploads(tus: TusClient, film: Path, tus_js: Path, parallel: int) -> None:
    answer = js_upload(tus_js, tus, film, parallel=parallel)

    assert str(answer["url"]).endswith(tus.path)
    assert stored(tus) == film.read_bytes()
    assert tus.edge.web.sizes(tus.upload) == [film.stat().st_size]


def test_tus_js_client_outlives_a_killed_edge(
    edge_start: EdgeStart, film: Path, tus_js: Path
) -> None:
    edge: EdgeServer = edge_start()
    with TusClient(edge) as tus:

        def kill_in_the_middle() -> None:
            data = edge.home / "uploads" / tus.upload / "data.0"
            while not data.exists() or data.stat().st_size < MIB:
                pass
            edge.kill()
            edge.start()

        killer = threading.Thread(target=kill_in_the_middle)
        killer.start()
        answer = js_upload(tus_js, tus, film, chunkSize=64 * 1024)
        killer.join()

        assert int(str(answer["retries"])) >= 1
        assert stored(tus) == film.read_bytes()
        assert edge.web.sizes(tus.upload) == [film.stat().st_size]
