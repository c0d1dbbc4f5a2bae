"""At any time: parts of a video are cut out; the whole file stays, to go back to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from antenne.accounts.models import Person
from antenne.catalog.models import Video
from antenne.catalog.refusals import CatalogRefused
from antenne.catalog.selectors.sight import video_owned
from antenne.ffmpeg.binaries import ffmpeg_path
from antenne.ffmpeg.command import Source
from antenne.ffmpeg.cutting import cut_argv
from antenne.ffmpeg.plan import seek_time_s
from antenne.ffmpeg.probe import Probe
from antenne.kernel.environment import environment
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.storage.opening import storage_open
from antenne.pipeline.models import Stream, Upload
from antenne.pipeline.plans import scan_of
from antenne.pipeline.ranges import (
    PARTS_MAX,
    RangesRefused,
    chapters_cut,
    chapters_whole,
    composed,
    ranges_clean,
)
from antenne.pipeline.selectors import stream_played
from antenne.pipeline.services.cuts import ranges_of
from antenne.pipeline.services.receiving import upload_finish
from antenne.pipeline.services.refusing import upload_refuse
from antenne.pipeline.services.workplace import QUALITY_NICE, limits_for, workplace
from antenne.pipeline.states import StreamState, UploadState
from antenne.processes.runner import Limits, ProcessError, run

FAILED: Final = "cut_failed"
_MADE: Final = "made.mp4"
_FILE_MAX_BYTES: Final = 64 * 1024**3


@transaction.atomic
def cut_ask(
    *,
    by: Person,
    public_id: str,
    ranges: Iterable[Sequence[int]],
    chapters: Sequence[dict[str, Any]] = (),
) -> Upload:
    """Have a video keep some parts only, given in its own time; *chapters* are those it shows.

    What plays now plays until the cut is on the air. Raises `NotFound` and `CatalogRefused`.
    """
    video = video_owned(public_id, by=by)
    Video.objects.select_for_update(of=("self",)).get(pk=video.pk)
    played = _quiet(video)
    try:
        kept = ranges_clean(ranges, duration_ms=video.duration_ms or 0)
    except RangesRefused as error:
        raise CatalogRefused(_words_of(error)) from error
    before = ranges_of(played)
    rows = [dict(row) for row in chapters]
    upload = Upload.objects.create(
        home=video.home,
        person=played.person,
        video=video,
        video_public_id=video.public_id,
        filename=played.filename,
        state=UploadState.CUTTING,
        cut_of_id=played.cut_of_id or played.pk,
        cut={
            "ranges": kept if before is None else composed(before, kept),
            "chapters": chapters_cut(rows, new=kept) if rows else [],
            "chapters_were": _chapters_were(video, played),
        },
    )
    fact_record(Fact("cut.asked", {"upload": str(upload.pk)}))
    return upload


def _chapters_were(video: Video, played: Upload) -> list[dict[str, Any]]:
    """Return the chapters that the whole has: those before its first cut, where nobody edited."""
    before = ranges_of(played)
    if before is None or played.cut is None:
        return list(video.chapters)
    if video.chapters == played.cut["chapters"]:
        return list(played.cut["chapters_were"])
    return chapters_whole(video.chapters, old=before)


def _words_of(error: RangesRefused) -> str:
    return {
        "none": _("Say which parts stay."),
        "many": _("At most %(count)s parts.") % {"count": PARTS_MAX},
        "short": _("A part lasts at least a fifth of a second."),
        "whole": _("This would leave the video as it is."),
    }[error.reason]


def _quiet(video: Video) -> Upload:
    """Return the file that a video plays; refuse while another is on its way."""
    stream = stream_played(video)
    if stream is None:
        raise CatalogRefused(_("There is nothing to cut yet."))
    if cut_pending(video):
        raise CatalogRefused(_("Another version of this video is being made. Wait for it."))
    return stream.upload


def cut_pending(video: Video) -> bool:
    """Say whether another version of a video is on its way to the air."""
    living = [StreamState.PLANNED, StreamState.PLAYABLE, StreamState.COMPLETE]
    coming = Q(stream=None) | Q(stream__state__in=living) & ~Q(stream__name=video.stream)
    versions = Upload.objects.filter(video=video)
    return versions.filter(
        Q(state=UploadState.CUTTING) | Q(state=UploadState.FINISHED) & coming
    ).exists()


def cut_of(video: Video) -> Upload | None:
    """Return the cut file that a video plays, or None where it plays a whole one."""
    stream = stream_played(video)
    return stream.upload if stream is not None and stream.upload.cut_of_id else None


def source_cut(*, upload_id: UUID) -> None:
    """Make the file of a cut out of the whole one; it then goes the way of every file."""
    rows = Upload.objects.select_related("cut_of", "video")
    upload = rows.filter(pk=upload_id, state=UploadState.CUTTING).first()
    if upload is None or upload.video is None or upload.cut_of is None:
        return
    try:
        size_bytes = _cut(upload, upload.cut_of)
    except ProcessError as error:
        upload_refuse(upload_id=upload.pk, code=FAILED, detail=str(error))
        return
    if upload_finish(upload_id=upload.pk, size_bytes=size_bytes) is None:
        storage_open(environment()).delete(upload.object_key)


def _cut(upload: Upload, whole: Upload) -> int:
    """Store the cut file and return its size in bytes."""
    probe = Probe.from_json(whole.probe or {})
    ranges = ranges_of(upload) or ()
    scan = scan_of(whole)
    first_s = Fraction(ranges[0][0], 1000)
    with workplace(whole) as place:
        made = place.folder / _MADE
        argv = cut_argv(
            ffmpeg_path(),
            Source(path=place.source, probe=probe),
            ranges,
            made,
            seek_s=seek_time_s(probe, scan, first_s) if scan else None,
        )
        run(argv, sandbox=place.sandbox(nice=QUALITY_NICE), limits=_limits(probe))
        size_bytes = made.stat().st_size
        storage_open(environment()).put_file(upload.object_key, made)
    return size_bytes


def _limits(probe: Probe) -> Limits:
    usual = limits_for(media_ms=probe.duration_ms)
    return Limits(usual.wall_s, usual.cpu_s, usual.memory_bytes, _FILE_MAX_BYTES)


@transaction.atomic
def cut_undo(*, by: Person, public_id: str) -> None:
    """Go back to the whole file: at once while its stream is there, else it is encoded again."""
    video = video_owned(public_id, by=by)
    Video.objects.select_for_update(of=("self",)).get(pk=video.pk)
    played = _quiet(video)
    if played.cut_of_id is None:
        raise CatalogRefused(_("Nothing was cut out of this video."))
    whole = Upload.objects.select_for_update().get(pk=played.cut_of_id)
    retired = Stream.objects.filter(upload=whole, state=StreamState.RETIRED).first()
    whole.state = UploadState.FINISHED
    whole.save(update_fields=["state"])
    if retired is None:
        fact_record(Fact("source.probed", {"upload": str(whole.pk), "priority": 90}))
        return
    complete = retired.completed_at is not None
    retired.state = StreamState.COMPLETE if complete else StreamState.PLAYABLE
    retired.save(update_fields=["state"])
    fact_record(Fact("stream.playable", {"stream": str(retired.pk), "priority": 95}))
