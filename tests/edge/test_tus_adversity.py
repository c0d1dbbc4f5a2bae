"""Uploads when something goes wrong: cut lines, silence, rivals, kills, a full disk, no web."""

import json
import socket
import subprocess  # noqa: TID251 - mounts a small disk
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from antenne.edge.expiry import Cleaner
from antenne.edge.tus.destination import Destination
from antenne.edge.tus.state import Uploads
from antenne.kernel.storage.local import LocalStorage
from tests.edge.conftest import EdgeStart
from tests.edge.server import EdgeServer
from tests.edge.tus import TusClient, checksum

pytestmark = pytest.mark.process

DATA = bytes(range(256)) * 16_384  # 4 MiB: several writes
MIB = 1024 * 1024


def eventually(holds: Callable[[], bool], within_s: float = 60.0) -> None:
    until = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


def all_read(port: int) -> bool:
    """Say whether nothing waits in the kernel to be sent to *port* or to be read there."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    place = f"0100007F:{port:04X}"
    return all(row[4] == "00000000:00000000" for row in rows if place in (row[1], row[2]))


def cut_patch(tus: TusClient, offset: int, sent: bytes, announced: int, **more: str) -> None:
    """Send the beginning of a body and break the connection off."""
    with tus.raw_patch(offset, announced, **more) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        connection.recv(65536)
    eventually(lambda: not Uploads(tus.edge.home / "uploads").is_locked(tus.upload))


@pytest.mark.parametrize("cut", [0, 1, 4095, 4096, MIB - 1, MIB, MIB + 1, 4 * MIB - 1])
def test_a_line_cut_at_any_byte_keeps_what_arrived(tus: TusClient, cut: int) -> None:
    tus.create(len(DATA))

    cut_patch(tus, 0, DATA[:cut], len(DATA))

    assert tus.offset() == cut
    assert tus.patch(cut, DATA[cut:]).status_code == 204
    assert (tus.edge.home / "objects" / "sources" / tus.upload).read_bytes() == DATA


@pytest.mark.parametrize("cut", [1, MIB + 1])
def test_a_cut_line_keeps_nothing_that_awaits_its_checksum(tus: TusClient, cut: int) -> None:
    tus.create(len(DATA))
    tus.patch(0, DATA[:10])

    cut_patch(tus, 10, DATA[10:cut], len(DATA) - 10, Upload_Checksum=checksum(DATA[10:]))

    assert tus.offset() == 10
    assert tus.patch(10, DATA[10:], Upload_Checksum=checksum(DATA[10:])).status_code == 204
    assert (tus.edge.home / "objects" / "sources" / tus.upload).read_bytes() == DATA


def test_unchecked_bytes_do_not_count_while_they_arrive(tus: TusClient) -> None:
    tus.create(len(DATA))
    data = tus.edge.home / "uploads" / tus.upload / "data.0"

    with tus.raw_patch(0, len(DATA), Upload_Checksum=checksum(DATA)) as connection:
        connection.sendall(DATA[: 3 * MIB])
        eventually(lambda: data.exists() and data.stat().st_size >= MIB)
        assert tus.offset() == 0
        connection.sendall(DATA[3 * MIB :])
        assert connection.recv(100).startswith(b"HTTP/1.1 204")
    assert tus.offset() == len(DATA)


def test_of_two_writers_the_second_is_refused_and_nothing_is_mixed(tus: TusClient) -> None:
    tus.create(len(DATA))

    with tus.raw_patch(0, len(DATA)) as first:
        first.sendall(DATA[:100])
        eventually(lambda: Uploads(tus.edge.home / "uploads").is_locked(tus.upload))
        second = tus.patch(0, b"x" * len(DATA))
        assert (second.status_code, second.headers["retry-after"]) == (423, "1")
        first.sendall(DATA[100:])
        assert first.recv(100).startswith(b"HTTP/1.1 204")
    assert (tus.edge.home / "objects" / "sources" / tus.upload).read_bytes() == DATA


def test_a_client_that_lost_its_line_may_go_on_at_once(tus: TusClient) -> None:
    tus.create(len(DATA))

    with tus.raw_patch(0, len(DATA)) as dead:
        dead.sendall(DATA[: 2 * MIB])
        eventually(lambda: Uploads(tus.edge.home / "uploads").is_locked(tus.upload))
        tus.head()  # asks the silent writer to let go
        assert dead.recv(100).startswith(b"HTTP/1.1 408")
        offset = tus.offset()
        assert offset == 2 * MIB
        assert tus.patch(offset, DATA[offset:]).status_code == 204
    assert (tus.edge.home / "objects" / "sources" / tus.upload).read_bytes() == DATA


def test_one_person_cannot_take_every_place(edge: EdgeServer) -> None:
    clients = [TusClient(edge, person="greedy") for _ in range(9)]
    for client in clients:
        client.create(10)
    lines = [client.raw_patch(0, 10) for client in clients[:8]]
    uploads = Uploads(edge.home / "uploads")
    eventually(lambda: all(uploads.is_locked(client.upload) for client in clients[:8]))

    refused = clients[8].patch(0, b"x" * 10)
    with TusClient(edge, person="patient") as other:
        other.create(10)
        served = other.patch(0, b"x" * 10)

    assert (refused.status_code, served.status_code) == (429, 204)
    for line, client in zip(lines, clients, strict=False):
        line.close()
        client.http.close()
    clients[8].http.close()


@pytest.mark.parametrize("with_checksum", [False, True])
def test_a_killed_edge_resumes_where_it_was(edge_start: EdgeStart, *, with_checksum: bool) -> None:
    edge = edge_start()
    with TusClient(edge) as tus:
        tus.create(len(DATA))
        tus.patch(0, DATA[:1000])
        more = {"Upload_Checksum": checksum(DATA[1000:])} if with_checksum else {}
        data = edge.home / "uploads" / tus.upload / "data.0"
        with tus.raw_patch(1000, len(DATA) - 1000, **more) as line:
            line.sendall(DATA[1000 : 3 * MIB])
            eventually(lambda: data.stat().st_size > MIB)
            edge.kill()

        edge.start()

        offset = tus.offset()
        assert offset == 1000 if with_checksum else MIB <= offset <= 3 * MIB
        assert tus.patch(offset, DATA[offset:]).status_code == 204
        assert (edge.home / "objects" / "sources" / tus.upload).read_bytes() == DATA


def test_an_edge_that_is_asked_to_end_keeps_what_arrived(edge_start: EdgeStart) -> None:
    edge = edge_start()
    with TusClient(edge) as tus:
        tus.create(len(DATA))
        with tus.raw_patch(0, len(DATA)) as line:
            line.sendall(DATA[: 2 * MIB])
            data = edge.home / "uploads" / tus.upload / "data.0"
            eventually(lambda: data.exists() and data.stat().st_size >= MIB)
            eventually(lambda: all_read(edge.port))
            assert edge.stop() == 0

        edge.start()

        assert tus.offset() == 2 * MIB


def test_a_finished_upload_waits_for_the_web_even_over_a_kill(edge_start: EdgeStart) -> None:
    edge = edge_start()
    edge.web.status = 500
    with TusClient(edge) as tus:
        tus.create(3)
        assert tus.patch(0, b"abc").status_code == 204
        assert tus.offset() == 3
        edge.kill()
        edge.web.reports.clear()
        edge.web.status = 200

        edge.start()

        eventually(lambda: edge.web.sizes(tus.upload) == [3])
        info = edge.home / "uploads" / tus.upload / "info.json"
        eventually(lambda: json.loads(info.read_text())["state"] == "finished")
        assert (edge.home / "objects" / "sources" / tus.upload).read_bytes() == b"abc"


def test_a_kill_between_the_last_byte_and_its_report_loses_nothing(edge_start: EdgeStart) -> None:
    edge = edge_start()
    with TusClient(edge) as tus:
        tus.create(len(DATA))
        tus.patch(0, DATA[:-1])
        edge.kill()
        with (edge.home / "uploads" / tus.upload / "data.0").open("ab") as data:
            data.write(DATA[-1:])  # what a worker did just before it died

        edge.start()

        eventually(lambda: edge.web.sizes(tus.upload) == [len(DATA)])
        assert (edge.home / "objects" / "sources" / tus.upload).read_bytes() == DATA


def test_an_upload_that_the_web_gave_up_is_thrown_away(edge_start: EdgeStart) -> None:
    edge = edge_start()
    edge.web.status = 410
    with TusClient(edge) as tus:
        tus.create(3)
        tus.patch(0, b"abc")

        assert tus.head().status_code == 410
        assert not (edge.home / "objects" / "sources" / tus.upload).exists()


def test_no_upload_is_begun_that_the_disk_cannot_hold(edge_start: EdgeStart) -> None:
    edge = edge_start(ANTENNE_DISK_RESERVE_BYTES=str(1 << 60))
    with TusClient(edge) as tus:
        answer = tus.create(10)

        assert answer.status_code == 507
        assert answer.json()["type"] == "urn:antenne:problem:storage-full"
        assert list((edge.home / "uploads").glob("*-*")) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A home whose uploads lie on a file system of 12 MiB."""
    place = tmp_path / "small"
    (place / "uploads").mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(place / "uploads")]
    if subprocess.run(mount, capture_output=True, check=False).returncode:  # noqa: S603 - a fixed command
        pytest.skip("mounting a small file system needs more rights")
    yield place
    subprocess.run(["umount", "-l", str(place / "uploads")], check=True)  # noqa: S603, S607 - a fixed command


def test_a_disk_that_fills_up_keeps_what_fitted(edge_start: EdgeStart, small_disk: Path) -> None:
    edge = edge_start(home=small_disk)
    data = DATA * 2
    rival = small_disk / "uploads" / "something-else"
    with TusClient(edge) as tus:
        tus.create(len(data))
        rival.write_bytes(b"x" * 10 * MIB)

        answer = tus.patch(0, data)

        assert answer.status_code == 507
        assert answer.json()["type"] == "urn:antenne:problem:storage-full"
        assert answer.headers["connection"] == "close"
        kept = tus.offset()
        assert MIB <= kept < 2.5 * MIB
        rival.unlink()
        assert tus.patch(kept, data[kept:]).status_code == 204
        assert (edge.home / "objects" / "sources" / tus.upload).read_bytes() == data


def test_who_goes_on_sending_to_a_full_disk_hears_the_refusal(
    edge_start: EdgeStart, small_disk: Path
) -> None:
    edge = edge_start(home=small_disk)
    with TusClient(edge) as tus:
        tus.create(2 * len(DATA))
        (small_disk / "uploads" / "something-else").write_bytes(b"x" * 10 * MIB)
        data = small_disk / "uploads" / tus.upload / "data.0"

        with tus.raw_patch(0, 2 * len(DATA)) as line:
            line.sendall(DATA)
            eventually(lambda: data.exists() and data.stat().st_size >= MIB)
            for start in range(0, len(DATA), 65_536):
                line.sendall(DATA[start : start + 65_536])
            assert line.recv(100).startswith(b"HTTP/1.1 507")


def test_an_expired_upload_is_gone_and_then_cleared(tus: TusClient) -> None:
    tus.create(len(DATA))
    tus.patch(0, DATA[:100])
    folder = tus.edge.home / "uploads" / tus.upload
    info = json.loads((folder / "info.json").read_text())
    (folder / "info.json").write_text(json.dumps(info | {"expires_s": int(time.time()) - 1}))

    assert tus.head().status_code == 410
    assert tus.patch(100, DATA[100:]).status_code == 410
    assert (folder / "data.0").stat().st_size == 100

    uploads, storage = Uploads(folder.parent), LocalStorage(tus.edge.home / "objects")
    assert Cleaner(uploads, Destination(storage, uploads, in_parts=False), storage).clean() >= 1
    assert not (folder / "data.0").exists()
    assert tus.head().status_code == 410


def test_two_workers_share_one_upload(edge_start: EdgeStart) -> None:
    edge = edge_start(workers=2)
    with TusClient(edge) as tus:
        tus.create(len(DATA))

        def patch(_: int) -> int:
            headers = tus.headers(Upload_Offset="0", Content_Type="application/offset+octet-stream")
            return httpx.patch(f"{edge.url}{tus.path}", headers=headers, content=DATA).status_code

        with ThreadPoolExecutor(8) as pool:
            statuses = sorted(pool.map(patch, range(8)))

        assert statuses[0] == 204
        assert set(statuses[1:]) <= {409, 423}
        assert edge.web.sizes(tus.upload) == [len(DATA)]
        assert (edge.home / "objects" / "sources" / tus.upload).read_bytes() == DATA


def test_names_that_are_no_upload_lead_nowhere(tus: TusClient) -> None:
    for name in ("..%2f..%2fsecret", "%2e%2e", tus.upload + ".0", tus.upload + "/../x"):
        answer = tus.http.head(f"/uploads/{name}", headers=tus.headers())
        assert answer.status_code in {404, 405}
    assert list((tus.edge.home / "objects" / ".drafts").iterdir()) == []
