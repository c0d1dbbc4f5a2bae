"""Uploads by the letter of tus 1.0.0."""

import base64

import httpx
import pytest

from tests.edge.server import EdgeServer, upload_ticket
from tests.edge.tus import BODY, TusClient, checksum

pytestmark = pytest.mark.process

DATA = bytes(range(256)) * 40


def test_the_server_says_what_it_can(edge: EdgeServer) -> None:
    answer = httpx.options(f"{edge.url}/uploads")

    assert answer.status_code == 204
    assert answer.headers["tus-version"] == "1.0.0"
    assert set(answer.headers["tus-extension"].split(",")) == {
        "creation",
        "creation-with-upload",
        "expiration",
        "checksum",
        "termination",
        "concatenation",
    }
    assert answer.headers["tus-checksum-algorithm"] == "sha1,sha256,md5"


def test_an_upload_in_two_pieces_becomes_an_object_and_the_web_hears_of_it(tus: TusClient) -> None:
    created = tus.create(len(DATA), Upload_Metadata="filename ZmlsbS5tcDQ=")
    assert (created.status_code, created.headers["location"]) == (201, tus.path)

    first = tus.patch(0, DATA[:5000])
    assert (first.status_code, first.headers["upload-offset"]) == (204, "5000")
    assert tus.edge.web.sizes(tus.upload) == []

    last = tus.patch(5000, DATA[5000:])
    assert (last.status_code, last.headers["upload-offset"]) == (204, str(len(DATA)))
    assert tus.edge.web.sizes(tus.upload) == [len(DATA)]
    assert (tus.edge.home / "objects" / "sources" / tus.upload).read_bytes() == DATA
    assert tus.offset() == len(DATA)


def test_head_repeats_what_is_known_and_is_never_stored(tus: TusClient) -> None:
    tus.create(100, Upload_Metadata="filename ZmlsbS5tcDQ=,is_private")

    head = tus.head()

    assert head.status_code == 200
    assert head.headers["upload-length"] == "100"
    assert head.headers["upload-offset"] == "0"
    assert head.headers["upload-metadata"] == "filename ZmlsbS5tcDQ=,is_private"
    assert head.headers["cache-control"] == "no-store"
    assert "upload-expires" in head.headers


def test_creation_may_bring_the_bytes(tus: TusClient) -> None:
    headers = tus.headers(Upload_Length=str(len(DATA)), Content_Type=BODY)

    answer = tus.http.post("/uploads", headers=headers, content=DATA)

    assert (answer.status_code, answer.headers["upload-offset"]) == (201, str(len(DATA)))
    assert tus.edge.web.sizes(tus.upload) == [len(DATA)]


def test_an_upload_of_no_bytes_is_finished_at_creation(tus: TusClient) -> None:
    assert tus.create(0).status_code == 201

    assert tus.edge.web.sizes(tus.upload) == [0]
    assert (tus.edge.home / "objects" / "sources" / tus.upload).read_bytes() == b""


def test_the_ticket_may_come_as_metadata(tus: TusClient) -> None:
    ticket = base64.b64encode(tus.ticket.encode()).decode()
    headers = {
        "Tus-Resumable": "1.0.0",
        "Upload-Length": "10",
        "Upload-Metadata": f"ticket {ticket}",
    }

    assert tus.http.post("/uploads", headers=headers).status_code == 201


def test_a_repeated_creation_finds_the_upload_again(tus: TusClient) -> None:
    tus.create(len(DATA))
    tus.patch(0, DATA[:100])

    again = tus.create(len(DATA))

    assert (again.status_code, again.headers["location"]) == (201, tus.path)
    assert tus.offset() == 100
    assert tus.create(len(DATA) + 1).status_code == 409
    assert tus.offset() == 100


def test_a_wrong_offset_moves_nothing(tus: TusClient) -> None:
    tus.create(len(DATA))
    tus.patch(0, DATA[:100])

    answer = tus.patch(99, DATA[99:])

    assert (answer.status_code, answer.headers["upload-offset"]) == (409, "100")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:antenne:problem:offset-conflict"
    assert tus.offset() == 100


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "md5"])
def test_a_right_checksum_is_accepted(tus: TusClient, algorithm: str) -> None:
    tus.create(len(DATA))

    answer = tus.patch(0, DATA, Upload_Checksum=checksum(DATA, algorithm))

    assert answer.status_code == 204
    assert tus.edge.web.sizes(tus.upload) == [len(DATA)]


def test_a_wrong_checksum_leaves_the_offset_where_it_was(tus: TusClient) -> None:
    tus.create(len(DATA))
    tus.patch(0, DATA[:100])

    answer = tus.patch(100, DATA[100:], Upload_Checksum=checksum(b"something else"))

    assert answer.status_code == 460
    assert tus.offset() == 100
    assert tus.edge.web.sizes(tus.upload) == []
    assert tus.patch(100, DATA[100:], Upload_Checksum=checksum(DATA[100:])).status_code == 204


@pytest.mark.parametrize(
    ("value", "code"),
    [("crc32 AAAA", "checksum-unknown"), ("sha1 %%%", "checksum-invalid")],
)
def test_a_checksum_that_cannot_be_read_is_refused(tus: TusClient, value: str, code: str) -> None:
    tus.create(len(DATA))

    answer = tus.patch(0, DATA, Upload_Checksum=value)

    assert answer.status_code == 400
    assert answer.json()["type"].endswith(code)
    assert tus.offset() == 0


def test_more_than_was_announced_is_refused(tus: TusClient) -> None:
    tus.create(100)
    assert tus.patch(0, DATA[:101]).status_code == 413
    assert tus.offset() == 0

    too_much = (piece for piece in (DATA[:60], DATA[60:150]))
    answer = tus.http.patch(
        tus.path, headers=tus.headers(Upload_Offset="0", Content_Type=BODY), content=too_much
    )
    assert answer.status_code == 413
    assert tus.offset() <= 100
    assert tus.edge.web.sizes(tus.upload) == []


def test_a_file_larger_than_the_ticket_allows_is_refused(edge: EdgeServer) -> None:
    with TusClient(edge, size_max=1000) as tus:
        answer = tus.create(1001)

        assert (answer.status_code, answer.headers["tus-max-size"]) == (413, "1000")
        assert tus.head().status_code == 404


def test_a_terminated_upload_is_gone_with_its_bytes(tus: TusClient) -> None:
    tus.create(len(DATA))
    tus.patch(0, DATA[:5000])

    assert tus.terminate().status_code == 204

    assert tus.head().status_code == 410
    assert tus.patch(5000, DATA[5000:]).status_code == 410
    assert list((tus.edge.home / "uploads" / tus.upload).glob("data*")) == []
    assert not (tus.edge.home / "objects" / "sources" / tus.upload).exists()


def test_an_accepted_upload_can_no_longer_be_terminated(tus: TusClient) -> None:
    tus.create(3)
    tus.patch(0, b"abc")

    assert tus.terminate().status_code == 409
    assert (tus.edge.home / "objects" / "sources" / tus.upload).read_bytes() == b"abc"


def test_parts_are_joined_in_the_order_that_is_asked(tus: TusClient) -> None:
    paths = []
    for piece in (DATA[:4000], DATA[4000:]):
        made = tus.create(len(piece), Upload_Concat="partial")
        paths.append(made.headers["location"])
        assert tus.patch(0, piece, paths[-1]).status_code == 204
    assert tus.edge.web.sizes(tus.upload) == []

    final = tus.http.post(
        "/uploads", headers=tus.headers(Upload_Concat=f"final;{paths[0]} {tus.edge.url}{paths[1]}")
    )

    assert (final.status_code, final.headers["location"]) == (201, tus.path)
    assert (tus.edge.home / "objects" / "sources" / tus.upload).read_bytes() == DATA
    assert tus.head().headers["upload-concat"].startswith("final;")
    assert tus.head(paths[0]).status_code == 404


def test_unfinished_or_foreign_parts_are_not_joined(tus: TusClient, edge: EdgeServer) -> None:
    own = tus.create(10, Upload_Concat="partial").headers["location"]
    with TusClient(edge) as other:
        foreign = other.create(0, Upload_Concat="partial").headers["location"]

    for parts, status in ((own, 409), (foreign, 404)):
        headers = tus.headers(Upload_Concat=f"final;{parts}")
        assert tus.http.post("/uploads", headers=headers).status_code == status
    assert tus.head().status_code == 404
    assert tus.offset(own) == 0


def test_another_persons_upload_does_not_exist_for_a_stranger(tus: TusClient) -> None:
    tus.create(len(DATA))
    owner = tus.ticket
    for stranger in ("", "x.y", upload_ticket(tus.upload, person="charlie")):
        tus.ticket = stranger
        assert tus.head().status_code == 404
        assert tus.patch(0, DATA).status_code == 404
        assert tus.terminate().status_code == 404

    tus.ticket = owner
    assert tus.offset() == 0


def test_nothing_is_begun_without_a_ticket(tus: TusClient) -> None:
    before = set((tus.edge.home / "uploads").iterdir())
    tus.ticket = "forged.ticket"

    answer = tus.create(10)

    assert (answer.status_code, answer.json()["status"]) == (403, 403)
    assert set((tus.edge.home / "uploads").iterdir()) == before


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("PATCH", {"Tus-Resumable": "0.2.2"}, 412),
        ("PATCH", {"Content-Type": "text/plain"}, 415),
        ("PATCH", {"Upload-Offset": "minus one"}, 400),
        ("PATCH", {"Upload-Offset": "-1"}, 400),
        ("GET", {}, 405),
    ],
)
def test_a_request_that_is_not_tus_changes_nothing(
    tus: TusClient, method: str, headers: dict[str, str], status: int
) -> None:
    tus.create(len(DATA))
    sent = tus.headers(Upload_Offset="0", Content_Type=BODY) | headers

    answer = tus.http.request(method, tus.path, headers=sent, content=DATA)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert tus.offset() == 0


def test_a_post_may_stand_for_another_method(tus: TusClient) -> None:
    tus.create(3)
    headers = tus.headers(Upload_Offset="0", Content_Type=BODY, X_HTTP_Method_Override="PATCH")

    assert tus.http.post(tus.path, headers=headers, content=b"abc").status_code == 204
    assert tus.edge.web.sizes(tus.upload) == [3]


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [("http://127.0.0.1:8000", True), ("http://evil.example", False), ("http://[", False)],
)
def test_only_the_sites_own_pages_may_upload(tus: TusClient, origin: str, *, allowed: bool) -> None:
    answer = tus.http.options("/uploads", headers={"Origin": origin})

    assert (answer.headers.get("access-control-allow-origin") == origin) is allowed
    assert ("access-control-allow-headers" in answer.headers) is allowed
    assert answer.headers["vary"] == "Origin"
