"""Units of work: done by one worker at a time, and never lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from antenne.catalog.models import Channel
from antenne.kernel.clock import now
from antenne.kernel.environment import environment
from antenne.kernel.storage.opening import storage_open
from antenne.pipeline.models import Chunk, Stream, Unit
from antenne.pipeline.services.chunks import folder_of
from antenne.pipeline.services.units import (
    ATTEMPTS_MAX,
    SILENT_S,
    Cost,
    UnitLost,
    Work,
    unit_claim,
    unit_do,
    unit_finish,
    units_rescue,
)
from antenne.pipeline.stages.encode import unit_run
from antenne.pipeline.stages.package import stream_advance
from antenne.pipeline.states import UnitKind, UnitState, Wave
from tests.clips import clip
from tests.pipeline.draining import UNTIL_AIR, drain, video_put

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.ffmpeg]


@pytest.fixture
def unit(channel: Channel) -> Unit:
    """A unit of the air wave that waits for a worker."""
    video_put(channel, clip("plain"))
    drain(("facts", "short"))
    drain(("air",))
    drain(("facts", "short"))
    return Unit.objects.get(kind=UnitKind.COPY)


def test_a_unit_in_living_hands_is_not_given_to_another(unit: Unit) -> None:
    first = unit_claim(unit_id=unit.pk)

    assert first is not None
    assert unit_claim(unit_id=unit.pk) is None


def test_a_unit_whose_worker_fell_silent_is_offered_again(unit: Unit) -> None:
    unit_claim(unit_id=unit.pk)
    Unit.objects.filter(pk=unit.pk).update(beat_at=now() - timedelta(seconds=SILENT_S + 1))

    assert units_rescue() == 1

    unit.refresh_from_db()
    assert unit.state == UnitState.WAITING
    drain(UNTIL_AIR)
    unit.refresh_from_db()
    assert unit.state == UnitState.DONE


def test_a_worker_that_comes_back_too_late_changes_nothing(unit: Unit) -> None:
    late = unit_claim(unit_id=unit.pk)
    Unit.objects.filter(pk=unit.pk).update(beat_at=now() - timedelta(seconds=SILENT_S + 1))
    unit_claim(unit_id=unit.pk)

    assert late is not None
    with pytest.raises(UnitLost):
        unit_finish(claim=late, cost=Cost())
    unit.refresh_from_db()
    assert unit.state == UnitState.RUNNING


def test_a_unit_that_fails_too_often_is_given_up_with_its_reason(unit: Unit) -> None:
    def fail(work: Work) -> Cost:
        raise OSError("the disk is full")

    for attempt in range(ATTEMPTS_MAX):
        if attempt < ATTEMPTS_MAX - 1:
            with pytest.raises(OSError, match="disk"):
                unit_do(unit_id=unit.pk, work=fail)
        else:
            unit_do(unit_id=unit.pk, work=fail)

    unit.refresh_from_db()
    assert (unit.state, unit.reason) == (UnitState.DEAD, "the disk is full")


def test_a_unit_done_again_stores_nothing_twice(unit: Unit) -> None:
    unit_run(unit_id=unit.pk)
    before = list(Chunk.objects.values_list("object_name", flat=True))
    Unit.objects.filter(pk=unit.pk).update(state=UnitState.WAITING)

    unit_run(unit_id=unit.pk)

    assert list(Chunk.objects.values_list("object_name", flat=True)) == before
    assert ProcrastinateJob.objects.filter(queue_name="facts").exists()


@pytest.mark.parametrize(("spent_s", "announced"), [(1, 1), (600, 0)])
def test_a_video_is_announced_once_its_encoder_is_ahead_of_the_clock(
    channel: Channel, spent_s: int, announced: int
) -> None:
    video_put(channel, clip("camera"))
    drain(("facts", "short"))
    drain(("air",))
    drain(("facts", "short"))
    first = Unit.objects.filter(kind=UnitKind.VIDEO, wave=Wave.AIR).earliest("index")
    for sound in Unit.objects.filter(kind=UnitKind.AUDIO):
        unit_run(unit_id=sound.pk)
    unit_run(unit_id=first.pk)
    begun = now() - timedelta(seconds=spent_s)
    Unit.objects.filter(pk=first.pk).update(started_at=begun)

    stream_advance(stream_id=first.stream_id)

    assert Stream.objects.filter(completed_at=None).count() == 1
    assert Stream.objects.exclude(playable_at=None).count() == announced


def test_a_chunk_that_nobody_came_to_name_is_gone_once_its_stream_is_complete(
    channel: Channel,
) -> None:
    video_put(channel, clip("plain"))
    drain(UNTIL_AIR)
    named = Chunk.objects.select_related("rendition__stream__video").earliest("pk")
    folder = folder_of(named.rendition)
    storage = storage_open(environment())
    storage.put(f"{folder}/00099-1.m4s", b"of a worker that died")

    drain()

    kept = {stored.key.rpartition("/")[2] for stored in storage.list(folder)}
    assert "00099-1.m4s" not in kept
    assert named.object_name in kept
