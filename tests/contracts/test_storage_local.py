"""What only the folder can get wrong."""

import threading
from pathlib import Path

import pytest

from antenne.kernel.storage.local import LocalStorage
from antenne.kernel.storage.protocol import KeyRefused


def test_a_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("private")
    storage = LocalStorage(tmp_path / "objects")
    (tmp_path / "objects" / "media").symlink_to(tmp_path)
    (tmp_path / "objects" / "leak").symlink_to(tmp_path / "secret")

    for key in ("media/secret", "leak"):
        with pytest.raises(KeyRefused):
            storage.get(key)
        with pytest.raises(KeyRefused):
            storage.put(key, b"overwritten")
    assert (tmp_path / "secret").read_text() == "private"


def test_drafts_of_killed_writers_are_never_listed_and_are_swept(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    (tmp_path / ".drafts" / "0123").write_bytes(b"half")

    assert list(storage.list("")) == []
    assert storage.sweep(older_than_s=60) == 0
    assert storage.sweep(older_than_s=0) == 1
    assert list((tmp_path / ".drafts").iterdir()) == []


def test_a_reader_sees_the_old_or_the_new_object_never_a_mixture(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path, durable=False)
    storage.put("a/list", b"0" * 100_000)

    def write() -> None:
        for digit in b"123456789":
            storage.put("a/list", bytes([digit]) * 100_000)

    writer = threading.Thread(target=write)
    writer.start()
    seen = [storage.get("a/list") for _ in range(200)]
    writer.join()
    assert all(len(set(data)) == 1 and len(data) == 100_000 for data in seen)


def test_an_emptied_folder_disappears_and_can_be_written_again(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    storage.put("media/x1/a", b"x")

    storage.delete("media/x1/a")
    assert not (tmp_path / "media").exists()

    storage.put("media/x1/a", b"y")
    assert storage.get("media/x1/a") == b"y"
