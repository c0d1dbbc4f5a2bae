"""What somebody keeps on the disk is counted, whatever they have announced."""

from __future__ import annotations

import pytest

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.custody.settings import LimitsSettings
from antenne.kernel.clock import unix_s
from antenne.kernel.environment import environment
from antenne.kernel.signing import ticket_read
from antenne.kernel.storage.opening import storage_open
from antenne.kernel.storage.protocol import ObjectMissing
from antenne.pipeline.models import Upload
from antenne.pipeline.selectors import bytes_left
from antenne.pipeline.services.receiving import upload_finish
from antenne.pipeline.services.refusing import FAILED, upload_refuse
from antenne.pipeline.stages.upload import Begun, upload_begin
from tests.custody.proving import say
from tests.pipeline.draining import drain


def begun(channel: Channel, size_bytes: int | None) -> Begun:
    return upload_begin(channel=channel, filename="swans.mp4", size_bytes=size_bytes)


def most_of(found: Begun) -> int:
    """Return how many bytes a ticket lets somebody send."""
    said = ticket_read(environment().secret, "upload", found.ticket, now_s=unix_s())
    return int(said["size_max"])


def test_a_ticket_is_for_what_was_announced_and_no_more(channel: Channel, alice: Person) -> None:
    say(LimitsSettings, upload_bytes=2_000_000, quota_bytes=1_500_000)

    assert most_of(begun(channel, 1000)) == 1000
    assert most_of(begun(channel, None)) == bytes_left(alice) == 1_499_000
    say(LimitsSettings, quota_bytes=9_000_000)
    assert most_of(begun(channel, None)) == 2_000_000


def test_of_files_that_nobody_announced_no_more_are_kept_than_fit(
    channel: Channel, alice: Person
) -> None:
    say(LimitsSettings, quota_bytes=1_500_000)
    first, second = begun(channel, None), begun(channel, None)

    for each in (first, second):
        upload_finish(upload_id=each.upload.pk, size_bytes=1_000_000)

    states = [Upload.objects.get(pk=each.upload.pk).state for each in (first, second)]
    assert states == ["finished", "refused"]
    assert Video.objects.get(pk=second.video.pk).refusal == "no_room"
    assert bytes_left(alice) == 500_000


@pytest.mark.parametrize(("code", "kept"), [("not_media", False), (FAILED, True)])
def test_a_file_that_was_refused_takes_no_room(channel: Channel, code: str, *, kept: bool) -> None:
    upload = begun(channel, 4).upload
    storage = storage_open(environment())
    storage.put(upload.object_key, b"junk")
    upload_finish(upload_id=upload.pk, size_bytes=4)

    upload_refuse(upload_id=upload.pk, code=code, detail="")
    drain(("facts", "short"))

    try:
        assert storage.get(upload.object_key) == b"junk"
        there = True
    except ObjectMissing:
        there = False
    assert there is kept
