"""What is fetched from an address becomes an upload like any other, or is refused by name."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from antenne.catalog.models import Caption, Channel
from antenne.catalog.services.videos import video_remove
from antenne.catalog.states import State
from antenne.kernel.environment import environment
from antenne.kernel.models import FactRecord
from antenne.kernel.storage.opening import storage_open
from antenne.kernel.storage.protocol import ObjectMissing
from antenne.pipeline.models import Upload
from antenne.pipeline.stages.fetch import source_fetch
from antenne.pipeline.stages.upload import import_begin
from antenne.pipeline.states import ImportRefusal, UploadState
from antenne.processes.fetching import FetchFault
from tests.clips import clip
from tests.processes.test_fetching import CAPTIONS, MASTER, playlist
from tests.sites import Site, page, site, status

pytestmark = [pytest.mark.django_db, pytest.mark.process]


@pytest.fixture(autouse=True)
def work_emptied() -> None:
    """Forget what other tests left half-done, as a kill would."""
    shutil.rmtree(environment().home / "work", ignore_errors=True)


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site that imports may reach although it is a private one."""
    monkeypatch.setenv("ANTENNE_IMPORT_PRIVATE", "1")
    environment.cache_clear()
    with site({}) as running:
        yield running
    monkeypatch.undo()
    environment.cache_clear()


def imported(channel: Channel, url: str, title: str = "") -> Upload:
    """Import an address and return the upload as it is afterwards."""
    begun = import_begin(channel=channel, url=url, title=title)
    source_fetch(upload_id=begun.upload.pk)
    return Upload.objects.select_related("video").get(pk=begun.upload.pk)


def stored(upload: Upload) -> bytes | None:
    try:
        return storage_open(environment()).get(upload.object_key)
    except ObjectMissing:
        return None


def leftovers() -> list[str]:
    return [path.name for path in (environment().home / "work").glob("*")]


@pytest.mark.ffmpeg
def test_a_plain_file_becomes_an_upload(channel: Channel, own: Site) -> None:
    body = clip("plain").read_bytes()
    own.pages["/Low_tide.mp4"] = page(body)

    upload = imported(channel, own.url("/Low_tide.mp4"))

    assert (upload.state, upload.size_bytes) == (UploadState.FINISHED, len(body))
    assert upload.video is not None
    assert upload.video.title == "Low tide"
    assert stored(upload) == body
    assert FactRecord.objects.filter(name="upload.finished").count() == 1
    assert leftovers() == []


def test_a_title_that_the_person_gave_stays(channel: Channel, own: Site) -> None:
    own.pages["/clip.mp4"] = page(b"clip" * 1000)

    upload = imported(channel, own.url("/clip.mp4"), title="Mine")

    assert upload.video is not None
    assert upload.video.title == "Mine"


@pytest.mark.ffmpeg
def test_picture_sound_and_captions_come_together(channel: Channel, own: Site) -> None:
    own.pages |= {
        "/master.m3u8": page(MASTER, "application/vnd.apple.mpegurl"),
        "/picture.m3u8": page(playlist("/picture.mp4")),
        "/sound.m3u8": page(playlist("/sound.m4a")),
        "/words.m3u8": page(playlist("/words.vtt")),
        "/picture.mp4": page(clip("no_audio").read_bytes()),
        "/sound.m4a": page(clip("audio_only").read_bytes()),
        "/words.vtt": page(CAPTIONS, "text/vtt"),
    }

    upload = imported(channel, own.url("/master.m3u8"))

    assert upload.state == UploadState.FINISHED
    assert (stored(upload) or b"").startswith(b"\x1a\x45\xdf\xa3")  # Matroska
    caption = Caption.objects.get(video=upload.video)
    assert (caption.language, caption.origin) == ("fr", "imported")


REFUSALS = [
    ("missing", status(404), "nothing_there"),
    ("words", page(b"<html>Only words</html>", "text/html"), "nothing_there"),
]


@pytest.mark.parametrize(("_case", "answer", "code"), REFUSALS, ids=[row[0] for row in REFUSALS])
def test_what_is_refused_leaves_nothing(
    _case: str, answer: object, code: str, channel: Channel, own: Site
) -> None:
    own.pages["/clip.mp4"] = answer  # type: ignore[assignment]

    upload = imported(channel, own.url("/clip.mp4"))

    assert (upload.state, upload.refusal) == (UploadState.REFUSED, code)
    assert upload.video is not None
    assert (upload.video.state, upload.video.refusal) == (State.REFUSED, code)
    assert stored(upload) is None
    assert leftovers() == []
    assert not FactRecord.objects.filter(name="upload.finished").exists()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/clip.mp4",
        "http://localhost:{port}/clip.mp4",
        "file:///etc/passwd",
        "ftp://example.org/clip.mp4",
        "rtmp://example.org/live",
    ],
)
def test_an_address_that_may_not_be_imported_from_is_refused(url: str, channel: Channel) -> None:
    with site({"/clip.mp4": page(b"secret")}) as private:
        upload = imported(channel, url.format(port=private.port))

        assert private.asked == []
    assert upload.refusal == ImportRefusal.ADDRESS_REFUSED
    assert stored(upload) is None


def test_a_file_beyond_the_quota_is_refused(
    channel: Channel, own: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTENNE_QUOTA_BYTES", "100000")
    environment.cache_clear()
    own.pages["/clip.mp4"] = page(bytes(100_001))

    upload = imported(channel, own.url("/clip.mp4"))

    assert upload.refusal == ImportRefusal.NO_ROOM
    assert stored(upload) is None


def test_a_run_that_died_after_storing_goes_on_from_there(channel: Channel, own: Site) -> None:
    begun = import_begin(channel=channel, url=own.url("/gone.mp4"))
    storage_open(environment()).put(begun.upload.object_key, b"all of it")

    source_fetch(upload_id=begun.upload.pk)
    source_fetch(upload_id=begun.upload.pk)

    begun.upload.refresh_from_db()
    assert (begun.upload.state, begun.upload.size_bytes) == (UploadState.FINISHED, 9)
    assert own.asked == []
    assert FactRecord.objects.filter(name="upload.finished").count() == 1


def test_an_import_that_was_removed_meanwhile_is_not_fetched(channel: Channel, own: Site) -> None:
    begun = import_begin(channel=channel, url=own.url("/clip.mp4"))
    video_remove(by=channel.person, public_id=begun.video.public_id)

    source_fetch(upload_id=begun.upload.pk)

    assert own.asked == []


def test_every_fault_of_a_fetch_has_words_for_people() -> None:
    assert {fault.value for fault in FetchFault} <= set(ImportRefusal.values)
