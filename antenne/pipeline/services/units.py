"""Units of work: claimed by one worker at a time, heard of every few seconds, done once."""

from __future__ import annotations

import errno
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from antenne.kernel.clock import now
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.storage.protocol import StorageUnavailable
from antenne.pipeline.models import Rendition, Stream, Unit
from antenne.pipeline.selectors import units_put_back, units_stalled
from antenne.pipeline.states import UnitKind, UnitState, Wave

BEAT_S: Final = 3
SILENT_S: Final = 8
ATTEMPTS_MAX: Final = 3
PUT_BACK_S: Final = 30
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Claim:
    """A unit that this worker, and no other, is doing; *attempt* fences what it writes."""

    unit_id: UUID
    attempt: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What a unit took, on the clock and of the processors, and what its program complained of."""

    wall_ms: int = 0
    cpu_ms: int = 0
    complaint: str = ""


@dataclass(slots=True)
class Work:
    """A claimed unit in somebody's hands."""

    unit: Unit
    claim: Claim
    _stop: Callable[[], None] | None = None
    _lost: bool = False

    def on_loss(self, stop: Callable[[], None]) -> None:
        """Have *stop* called once the unit is not ours any more."""
        self._stop = stop
        if self._lost:
            stop()

    def lose(self) -> None:
        """Stop what is being done: the unit was removed or given to another worker."""
        self._lost = True
        if self._stop is not None:
            self._stop()


class UnitLost(Exception):
    """The unit was removed or given to another worker: what it makes is not wanted any more."""


@transaction.atomic
def unit_add(*, stream: Stream, kind: UnitKind, wave: Wave, priority: int, **where: int) -> Unit:
    """Plan a unit and say that it can be done; planning it twice adds nothing."""
    unit, made = Unit.objects.get_or_create(
        stream=stream,
        kind=kind,
        wave=wave,
        track=where.pop("track", 0),
        index=where.pop("index", 0),
        defaults=where,
    )
    if made:
        _unit_offer(unit, priority)
    return unit


def _unit_offer(unit: Unit, priority: int) -> None:
    """Record the fact by which `flow` puts a unit into its lane."""
    payload: dict[str, str | int] = {"unit": str(unit.pk), "priority": priority}
    if unit.kind == UnitKind.SCAN:
        fact_record(Fact("survey.ready", payload))
    elif unit.kind == UnitKind.PICTURES:
        fact_record(Fact("pictures.ready", payload))
    elif unit.kind == UnitKind.CAPTIONS:
        fact_record(Fact("captions.ready", payload))
    elif unit.wave == Wave.AIR:
        fact_record(Fact("unit.air_ready", payload))
    else:
        fact_record(Fact("unit.quality_ready", payload))


@transaction.atomic
def unit_claim(*, unit_id: UUID) -> Claim | None:
    """Take a unit, or return None where it is gone, done, given up, or in living hands."""
    unit = Unit.objects.select_for_update().filter(pk=unit_id).first()
    if unit is None or unit.state in (UnitState.DONE, UnitState.DEAD):
        return None
    if unit.state == UnitState.RUNNING and not units_stalled(silent_for_s=SILENT_S).filter(
        pk=unit.pk
    ):
        return None
    unit.state = UnitState.RUNNING
    unit.attempt += 1
    unit.started_at = unit.beat_at = now()
    unit.save(update_fields=["state", "attempt", "started_at", "beat_at"])
    return Claim(unit_id=unit.pk, attempt=unit.attempt)


def unit_beat(claim: Claim) -> bool:
    """Say that the unit is being worked on; False where it is ours no more."""
    ours = Unit.objects.filter(pk=claim.unit_id, attempt=claim.attempt, state=UnitState.RUNNING)
    return ours.update(beat_at=now()) == 1


@contextmanager
def unit_heart(claim: Claim, *, on_loss: Callable[[], None]) -> Iterator[None]:
    """Beat in the background while the body works; call *on_loss* once the unit is not ours."""
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(BEAT_S):
            try:
                if not unit_beat(claim):
                    on_loss()
                    return
            except DatabaseError:
                _LOG.warning("a heartbeat did not reach the database", exc_info=True)
            finally:
                connection.close()

    thread = threading.Thread(target=beat, name=f"beat-{claim.unit_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def unit_do(*, unit_id: UUID, work: Callable[[Work], Cost]) -> None:
    """Claim a unit, do *work*, note how it ended; raise again what may be tried again.

    Nothing happens where the unit is gone, done, or in living hands.
    """
    claim = unit_claim(unit_id=unit_id)
    if claim is None:
        return
    rows = Unit.objects.select_related("stream__video", "stream__upload")
    held = Work(unit=rows.get(pk=unit_id), claim=claim)
    try:
        with unit_heart(claim, on_loss=held.lose):
            cost = work(held)
        unit_finish(claim=claim, cost=cost)
    except UnitLost:
        _LOG.info("unit %s was removed or given to another worker", unit_id)
    except Exception as error:
        if not _still_wanted(claim):
            _LOG.info("unit %s ended after it was taken away: %s", unit_id, error)
        elif _is_passing(error):
            unit_wait(claim=claim, reason=f"{error}")
        elif unit_fail(claim=claim, reason=f"{error}"):
            raise
        else:
            _LOG.warning("unit %s was given up: %s", unit_id, error)


def _is_passing(error: Exception) -> bool:
    """Say whether the fault lies with this host and not with the file: it may be over soon."""
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    return full or isinstance(error, StorageUnavailable)


@transaction.atomic
def unit_wait(*, claim: Claim, reason: str) -> None:
    """Put a unit back, with the reason, for `units_rescue` to offer again; no attempt is lost."""
    unit = _unit_ours(claim)
    unit.state = UnitState.WAITING
    unit.attempt -= 1
    unit.reason = reason[-4000:]
    unit.beat_at = now()
    unit.save(update_fields=["state", "attempt", "reason", "beat_at"])
    _LOG.warning("unit %s waits: %s", unit.pk, reason)


def _still_wanted(claim: Claim) -> bool:
    return Unit.objects.filter(
        pk=claim.unit_id, attempt=claim.attempt, state=UnitState.RUNNING
    ).exists()


@transaction.atomic
def unit_finish(*, claim: Claim, cost: Cost) -> None:
    """Note that a unit is done; raise `UnitLost` where it is ours no more."""
    unit = _unit_ours(claim)
    unit.state = UnitState.DONE
    unit.finished_at = now()
    unit.wall_ms = cost.wall_ms
    unit.cpu_ms = cost.cpu_ms
    unit.reason = cost.complaint[-4000:]
    unit.save(update_fields=["state", "finished_at", "wall_ms", "cpu_ms", "reason"])
    fact_record(Fact("unit.finished", {"stream": str(unit.stream.pk), "priority": 80}))


@transaction.atomic
def unit_fail(*, claim: Claim, reason: str) -> bool:
    """Note why a unit failed; return whether it may be tried again, else it is given up."""
    unit = _unit_ours(claim)
    unit.reason = reason[-4000:]
    again = unit.attempt < ATTEMPTS_MAX
    unit.state = UnitState.WAITING if again else UnitState.DEAD
    unit.finished_at = None if again else now()
    unit.save(update_fields=["state", "reason", "finished_at"])
    if not again:
        fact_record(Fact("unit.given_up", {"stream": str(unit.stream.pk)}))
    return again


@transaction.atomic
def copy_give_up(*, claim: Claim, reason: str) -> None:
    """Forget an air wave that was to be copied; the fact has it planned as an encode."""
    stream = _unit_ours(claim).stream
    stream.plan["why_not_copied"] = reason
    stream.save(update_fields=["plan"])
    Rendition.objects.filter(stream=stream, wave=Wave.AIR).delete()
    Unit.objects.filter(stream=stream, wave=Wave.AIR).delete()
    fact_record(Fact("copy.failed", {"stream": str(stream.pk), "priority": 95}))


def _unit_ours(claim: Claim) -> Unit:
    unit = (
        Unit.objects.select_for_update(of=("self",))
        .select_related("stream")
        .filter(pk=claim.unit_id, attempt=claim.attempt, state=UnitState.RUNNING)
        .first()
    )
    if unit is None:
        raise UnitLost(str(claim.unit_id))
    return unit


@transaction.atomic
def unit_revive(*, unit_id: UUID) -> bool:
    """Offer a unit that was given up once more, from its first attempt; False for any other."""
    unit = Unit.objects.select_for_update().filter(pk=unit_id, state=UnitState.DEAD).first()
    if unit is None:
        return False
    unit.state, unit.attempt, unit.finished_at = UnitState.WAITING, 0, None
    unit.save(update_fields=["state", "attempt", "finished_at"])
    _unit_offer(unit, priority=60)
    return True


def units_rescue() -> int:
    """Offer again every unit whose worker has fallen silent or that waits for its host.

    Returns how many.
    """
    stalled = units_stalled(silent_for_s=SILENT_S)
    put_back = units_put_back(for_s=PUT_BACK_S)
    return sum(
        _offer_again(rows, key)
        for rows in (stalled, put_back)
        for key in list(rows.values_list("pk", flat=True))
    )


@transaction.atomic
def _offer_again(rows: QuerySet[Unit], key: UUID) -> int:
    unit = rows.select_for_update().filter(pk=key).first()
    if unit is None:
        return 0
    unit.state = UnitState.WAITING
    unit.beat_at = now()
    unit.save(update_fields=["state", "beat_at"])
    _unit_offer(unit, priority=95)
    return 1
