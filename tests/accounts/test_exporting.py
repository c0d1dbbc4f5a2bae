"""Taking everything with one: what the file holds, and what it does not."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
import time_machine

from antenne.accounts.models import DataExport, ExportState, Person
from antenne.accounts.refusals import AccountRefused
from antenne.accounts.services import export_ask, export_folder, profile_edit
from antenne.accounts.services.exporting import export_make, exports_forget
from antenne.catalog.models import Channel
from antenne.community.models import WordBlock
from antenne.custody.ownership import LEFT_OUT, labels_told
from antenne.kernel.clock import now
from antenne.kernel.environment import environment
from antenne.kernel.storage.opening import storage_open
from antenne.moderation.services.reports import Notice, report_create
from tests.audience.watching import Page, asker, taken
from tests.cast import login_of
from tests.factories.accounts import token_make
from tests.factories.catalog import video_make, video_of


def exported(person: Person) -> tuple[DataExport, zipfile.ZipFile]:
    export = export_ask(user=login_of(person))
    export_make(export_id=export.pk)
    export.refresh_from_db()
    data = storage_open(environment()).get(f"media/{export.path}")
    return export, zipfile.ZipFile(io.BytesIO(data))


def rows_in(archive: zipfile.ZipFile, label: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(archive.read(f"data/{label}.json"))
    return rows


def test_the_file_holds_what_is_known_and_nothing_of_others(alice: Person, bob: Person) -> None:
    profile_edit(by=alice, about="I film swans.", links=["https://swans.example/"])
    token_make(alice)
    video_of(alice, title="Alice's swans")
    video_of(bob, title="Bob's boats")

    export, archive = exported(alice)

    whole = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert export.state == ExportState.READY
    assert rows_in(archive, "accounts.User")[0]["email"] == "alice@example.org"
    assert rows_in(archive, "catalog.Video")[0]["title"] == "Alice's swans"
    assert "I film swans." in archive.read("index.html").decode()
    assert "Bob" not in whole
    assert login_of(alice).password not in whole
    assert "digest" not in whole


def test_one_file_is_made_at_a_time_and_kept_a_week(alice: Person) -> None:
    export_ask(user=login_of(alice))
    with pytest.raises(AccountRefused):
        export_ask(user=login_of(alice))
    export_make(export_id=DataExport.objects.get().pk)
    export = DataExport.objects.get()

    exports_forget()
    assert DataExport.objects.exists()
    with time_machine.travel(now() + timedelta(days=8)):
        exports_forget()

    assert not DataExport.objects.exists()
    assert not list(storage_open(environment()).list(f"media/{export_folder(export)}"))


def test_the_file_names_every_model_and_what_is_left_out(alice: Person) -> None:
    _export, archive = exported(alice)

    index = json.loads(archive.read("index.json"))
    assert {f"data/{label}.json" for label in labels_told()} <= set(archive.namelist())
    assert set(index["left_out"]) == set(LEFT_OUT)
    assert index["rows"]["accounts.User"] == 1
    assert "audience.VideoDaySlice" in archive.read("index.html").decode()


def test_nobody_learns_who_has_reported_them(alice: Person, bob: Person, channel: Channel) -> None:
    video = video_make(channel)
    mine = video_of(bob, title="Boats")
    notice = Notice("other", "They lie.")
    report_create(by=bob, kind="video", key=video.public_id, notice=notice)
    report_create(by=alice, kind="video", key=mine.public_id, notice=Notice("other", "It is old."))

    _export, archive = exported(alice)

    whole = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert [row["text"] for row in rows_in(archive, "moderation.Report")] == ["It is old."]
    assert "They lie." not in whole


def test_nobody_learns_of_a_single_viewer(alice: Person, channel: Channel) -> None:
    video = video_make(channel)
    taken(*Page(video, who=asker(1), country="IS").watch(10_000))

    _export, archive = exported(alice)

    assert [row["views"] for row in rows_in(archive, "audience.VideoDay")] == [1]
    assert "data/audience.VideoDaySlice.json" not in archive.namelist()
    assert all(b'"IS"' not in archive.read(name) for name in archive.namelist())


def test_a_long_list_is_whole_for_programs_and_short_to_be_read(alice: Person) -> None:
    words = (WordBlock(home="eu", person=alice, word=f"word-{n:04}") for n in range(4_100))
    WordBlock.objects.bulk_create(words)

    _export, archive = exported(alice)

    rows = rows_in(archive, "community.WordBlock")
    assert {row["word"] for row in rows} == {f"word-{n:04}" for n in range(4_100)}
    assert archive.read("index.html").decode().count("word-") == 500
