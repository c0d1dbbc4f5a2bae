"""What the folder and the bucket both promise."""

from pathlib import Path

import httpx
import pytest

from antenne.kernel.storage.protocol import KeyRefused, ObjectMissing, Storage

FIVE_MIB = 5 * 1024 * 1024


def test_what_is_put_is_what_is_got(storage: Storage) -> None:
    storage.put("media/x1/poster.jpg", b"first")
    storage.put("media/x1/poster.jpg", b"second")

    assert storage.get("media/x1/poster.jpg") == b"second"
    assert storage.stat("media/x1/poster.jpg").size_bytes == 6
    assert storage.stat("media/x1/poster.jpg").key == "media/x1/poster.jpg"


def test_the_etag_changes_with_the_content(storage: Storage) -> None:
    storage.put("a/b", b"first")
    before = storage.stat("a/b")
    storage.put("a/b", b"other")

    assert storage.stat("a/b").etag != before.etag
    assert storage.stat("a/b").etag == next(iter(storage.list("a"))).etag


def test_a_range_ends_before_its_end(storage: Storage) -> None:
    storage.put("a/b", b"0123456789")

    assert storage.get_range("a/b", 2, 5) == b"234"
    assert storage.get_range("a/b", 8, 100) == b"89"
    assert storage.get_range("a/b", 4, 4) == b""


@pytest.mark.parametrize("method", ["get", "stat"])
def test_a_missing_object_is_named(storage: Storage, method: str) -> None:
    with pytest.raises(ObjectMissing):
        getattr(storage, method)("media/none")


def test_a_missing_object_cannot_be_read_in_ranges_nor_fetched(
    storage: Storage, tmp_path: Path
) -> None:
    with pytest.raises(ObjectMissing):
        storage.get_range("media/none", 0, 1)
    with pytest.raises(ObjectMissing):
        storage.fetch("media/none", tmp_path / "out")
    assert list(tmp_path.glob("*out*")) == []


@pytest.mark.parametrize(
    "key",
    [
        "",
        "/a",
        "a/",
        "a//b",
        "../a",
        "a/../b",
        "a/./b",
        ".hidden",
        "a/.x",
        "a\\b",
        "a\0b",
        "é",
        "a b",
    ],
)
def test_a_key_that_could_lead_elsewhere_is_refused(storage: Storage, key: str) -> None:
    with pytest.raises(KeyRefused):
        storage.put(key, b"x")
    with pytest.raises(KeyRefused):
        storage.get(key)
    assert list(storage.list("")) == []


def test_a_file_is_taken_over(storage: Storage, tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(b"x" * (FIVE_MIB * 2 + 1))

    storage.put_file("sources/u1", path)

    assert not path.exists()
    assert storage.stat("sources/u1").size_bytes == FIVE_MIB * 2 + 1
    assert storage.get_range("sources/u1", FIVE_MIB * 2, FIVE_MIB * 2 + 1) == b"x"


def test_a_fetched_object_is_whole(storage: Storage, tmp_path: Path) -> None:
    storage.put("sources/u1", b"content")

    storage.fetch("sources/u1", tmp_path / "copy")

    assert (tmp_path / "copy").read_bytes() == b"content"
    assert storage.get("sources/u1") == b"content"


def test_a_listing_shows_one_folder_in_order(storage: Storage) -> None:
    for key in ("media/x1/b", "media/x1/a/z", "media/x10/a", "media/x2/a", "sources/x1"):
        storage.put(key, b"data")

    assert [stored.key for stored in storage.list("media/x1")] == ["media/x1/a/z", "media/x1/b"]
    assert len(list(storage.list("media"))) == 4
    assert len(list(storage.list(""))) == 5
    assert list(storage.list("nothing")) == []


def test_deleting_a_folder_leaves_its_neighbours(storage: Storage) -> None:
    for key in ("media/x1/a", "media/x1/b/c", "media/x10/a"):
        storage.put(key, b"data")

    assert storage.delete_prefix("media/x1") == 2
    assert [stored.key for stored in storage.list("")] == ["media/x10/a"]
    assert storage.delete_prefix("media/x1") == 0


def test_deleting_twice_is_no_fault(storage: Storage) -> None:
    storage.put("a/b", b"x")

    storage.delete("a/b")
    storage.delete("a/b")

    assert list(storage.list("")) == []


def test_an_object_has_a_path_or_an_address_that_serves_it(storage: Storage) -> None:
    storage.put("media/x1/master.m3u8", b"#EXTM3U")
    path = storage.local_path("media/x1/master.m3u8")
    address = storage.presign("media/x1/master.m3u8", 60)

    if path is not None:
        assert address is None
        assert path.read_bytes() == b"#EXTM3U"
    else:
        answer = httpx.get(str(address), headers={"Range": "bytes=1-3"})
        assert (answer.status_code, answer.content) == (206, b"EXT")
        assert answer.headers["content-type"] == "application/vnd.apple.mpegurl"
        assert httpx.get(str(address).replace("Signature=", "Signature=0")).status_code == 403


def test_parts_become_one_object_at_completion_only(storage: Storage) -> None:
    upload = storage.multipart_begin("sources/u1")
    first = storage.multipart_part("sources/u1", upload, 1, b"a" * FIVE_MIB)
    storage.multipart_part("sources/u1", upload, 2, b"wrong")
    second = storage.multipart_part("sources/u1", upload, 2, b"end")
    assert list(storage.list("")) == []

    storage.multipart_complete("sources/u1", upload, [first, second])

    assert storage.stat("sources/u1").size_bytes == FIVE_MIB + 3
    assert storage.get_range("sources/u1", FIVE_MIB - 1, FIVE_MIB + 3) == b"aend"
    assert storage.multipart_list("") == ()


def test_an_aborted_upload_leaves_nothing(storage: Storage) -> None:
    upload = storage.multipart_begin("sources/u1")
    storage.multipart_part("sources/u1", upload, 1, b"a")
    assert [(m.key, m.upload_id) for m in storage.multipart_list("sources")] == [
        ("sources/u1", upload)
    ]

    storage.multipart_abort("sources/u1", upload)
    storage.multipart_abort("sources/u1", upload)

    assert storage.multipart_list("") == ()
    with pytest.raises(ObjectMissing):
        storage.multipart_complete("sources/u1", upload, [])


def test_a_sweep_removes_what_was_left_behind_and_nothing_younger(storage: Storage) -> None:
    storage.put("sources/done", b"x")
    storage.multipart_begin("sources/u1")

    assert storage.sweep(older_than_s=3600) == 0
    assert len(storage.multipart_list("")) == 1
    assert storage.sweep(older_than_s=-60) == 1

    assert storage.multipart_list("") == ()
    assert [stored.key for stored in storage.list("")] == ["sources/done"]
