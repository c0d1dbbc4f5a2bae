"""Reads of the pipeline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Sum
from procrastinate.contrib.django.models import ProcrastinateJob

from antenne.accounts.models import Person
from antenne.accounts.selectors import operator_check
from antenne.catalog.models import Video
from antenne.catalog.refusals import NotFound
from antenne.catalog.states import State
from antenne.custody.selectors import day_begun, setting_of
from antenne.custody.settings import LimitsSettings
from antenne.kernel.clock import now
from antenne.kernel.written import written
from antenne.pipeline.kinds import UNREAD
from antenne.pipeline.models import Allowance, Chunk, Dub, Rendition, Stream, Unit, Upload
from antenne.pipeline.states import RenditionState, StreamState, UnitState, UploadState, Wave

SHORT_SIDE_MAX_PX: Final = 1080
PICTURE_MAX_BYTES: Final = 2 * 1000**3 - 300 * 1000**2
"""A portal takes 2 GB; the sound and the index need room too."""
# What has just been completed is still swept up behind.
_SETTLED: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class JobCount:
    """How many jobs of a queue are in a state."""

    queue: str
    state: str
    count: int


@dataclass(frozen=True, slots=True)
class RenditionProgress:
    """How far one rendition has come; `done_ms` of `total_ms` can be watched."""

    name: str
    label: str
    kind: str
    state: str
    done_ms: int
    total_ms: int


@dataclass(frozen=True, slots=True)
class Tracks:
    """What the whole files of a video are made of, and how many bytes each track has."""

    picture: Rendition | None
    sound: Rendition | None
    picture_bytes: int
    sound_bytes: int


def jobs_by_state() -> list[JobCount]:
    """Return the jobs that are not done, counted by queue and state."""
    rows = (
        ProcrastinateJob.objects.exclude(status="succeeded")
        .values("queue_name", "status")
        .annotate(count=Count("id"))
    )
    return [JobCount(row["queue_name"], row["status"], row["count"]) for row in rows]


def upload_owned(upload_id: UUID | str, *, by: Person) -> Upload:
    """Return one of the person's own uploads; raise `NotFound` for anybody else's."""
    upload = Upload.objects.select_related("video").filter(pk=upload_id, person=by).first()
    if upload is None:
        raise NotFound(str(upload_id))
    return upload


def uploads_of(person: Person) -> QuerySet[Upload]:
    """Return everything a person has sent or is sending, without what was found out about it."""
    return Upload.objects.filter(person=person).defer("probe", "scan")


def bytes_kept(person: Person) -> int:
    """Return how many source bytes a person keeps or has announced."""
    brought = Upload.objects.filter(person=person, cut_of=None)
    kept = brought.exclude(state=UploadState.REFUSED)
    added = Dub.objects.filter(person=person)
    return sum(rows.aggregate(total=Sum("size_bytes"))["total"] or 0 for rows in (kept, added))


def bytes_left(person: Person) -> int:
    """Return how many more source bytes a person may bring."""
    return max(0, quota_of(person) - bytes_kept(person))


def uploads_left(person: Person) -> int | None:
    """Return how many more files a person may bring today; None where nobody counts."""
    most = setting_of(LimitsSettings).daily_uploads
    if not most:
        return None
    brought = Upload.objects.filter(person=person, cut_of=None, created_at__gte=day_begun())
    return max(0, most - brought.count())


def quota_of(person: Person) -> int:
    """Return how many source bytes a person may keep: their own quota, else everybody's."""
    own = Allowance.objects.filter(person=person).values_list("quota_bytes", flat=True).first()
    return setting_of(LimitsSettings).quota_bytes if own is None else own


def stream_current(video: Video) -> Stream | None:
    """Return the newest stream of a video that was not replaced."""
    return (
        Stream.objects.filter(video=video)
        .exclude(state__in=[StreamState.RETIRED, StreamState.REFUSED])
        .order_by("-created_at")
        .first()
    )


def stream_played(video: Video) -> Stream | None:
    """Return the stream that a video plays, with its file."""
    return Stream.objects.select_related("upload").filter(video=video, name=video.stream).first()


def captions_left(video: Video) -> tuple[str, ...]:
    """Return what the caption tracks are called that the file played holds and we cannot read.

    They are pictures, or teletext; each with its title or its language, where it has one.
    """
    rows = Stream.objects.filter(video=video, name=video.stream)
    found = rows.values_list("upload__probe__subtitles", flat=True).first() or []
    left = [row for row in found if not row["text"]]
    names = (
        (UNREAD.get(row["codec"], row["codec"]), row["title"] or row["language"]) for row in left
    )
    return tuple(f"{name} ({said})" if said else name for name, said in names)


def chapters_embedded(video: Video) -> tuple[tuple[int, str], ...]:
    """Return the chapters that the file played brings: where each starts (ms) and its title."""
    found = _chapters_probed(video.pk, video.stream)
    return tuple((start_ms, title) for start_ms, title in (found and found[0]) or ())


@written
def _chapters_probed(video: UUID, stream: str) -> QuerySet[Stream, Any]:
    """Return what was found of chapters in the file of a stream, or nothing."""
    found = Stream.objects.filter(video=video, name=stream).order_by("pk")
    return found.values_list("upload__probe__chapters", flat=True)[:1]


def stream_hottest(heat: float) -> Stream | None:
    """Return the warmest complete stream, no colder than *heat*, that was never planned in AV1."""
    rows = Stream.objects.select_for_update(of=("self",), skip_locked=True).filter(
        state=StreamState.COMPLETE,
        completed_at__lt=now() - _SETTLED,
        name=F("video__stream"),
        upload__state=UploadState.FINISHED,
        upload__scan__isnull=False,
        plan__has_key="segment_starts",
        video__trend__heat__gte=heat,
    )
    planned = Rendition.objects.filter(stream=OuterRef("pk"), wave=Wave.HOT)
    rows = rows.exclude(Exists(planned)).select_related("upload", "video")
    return rows.order_by("-video__trend__heat").first()


def units_hot() -> QuerySet[Unit]:
    """Return the units of AV1 encodes that are not done yet."""
    return Unit.objects.filter(wave=Wave.HOT, state__in=[UnitState.WAITING, UnitState.RUNNING])


def progress_of(stream: Stream) -> list[RenditionProgress]:
    """Return how far every rendition of a stream has come, in two queries.

    What is encoded once more for its popularity is no progress that anybody waits for.
    """
    ticks: dict[UUID, int] = defaultdict(int)
    sums = Chunk.objects.filter(rendition__stream=stream).values("rendition")
    for row in sums.annotate(total=Sum("duration_ticks")):
        ticks[row["rendition"]] = row["total"]
    renditions = Rendition.objects.filter(stream=stream).exclude(state=RenditionState.RETIRED)
    renditions = renditions.exclude(wave=Wave.HOT)
    return [
        RenditionProgress(
            name=rendition.name,
            label=rendition.label,
            kind=rendition.kind,
            state=rendition.state,
            done_ms=round(ticks[rendition.pk] * 1000 / (rendition.timescale or 1)),
            total_ms=stream.duration_ms,
        )
        for rendition in renditions.defer("init").order_by("kind", "height_px", "name")
    ]


def tracks_of(videos: Sequence[Video]) -> dict[UUID, Tracks]:
    """Return what whole files of complete videos are made of (one query), where any can be."""
    rows = Rendition.objects.filter(
        stream__video__in=[video.pk for video in videos],
        stream__name=F("stream__video__stream"),
        stream__video__state=State.READY,
        state=RenditionState.ENDED,
    )
    sized = rows.defer("init").annotate(bytes=Sum("chunks__size_bytes"), of=F("stream__video"))
    found: dict[UUID, list[tuple[Rendition, int]]] = defaultdict(list)
    for row in sized:
        found[row.of].append((row, row.bytes or 0))
    chosen = {key: _tracks(pairs) for key, pairs in found.items()}
    return {key: tracks for key, tracks in chosen.items() if tracks.picture or tracks.sound}


def _tracks(rows: list[tuple[Rendition, int]]) -> Tracks:
    """Choose the best picture that portals take, and the first sound."""
    pictures = [
        (row, size_bytes)
        for row, size_bytes in rows
        if row.kind == "video"
        and row.codec.startswith("avc1")
        and min(row.width_px, row.height_px) <= SHORT_SIDE_MAX_PX
        and size_bytes <= PICTURE_MAX_BYTES
    ]
    sounds = [pair for pair in rows if pair[0].kind == "audio" and pair[0].codec.startswith("mp4a")]
    none: tuple[None, int] = (None, 0)
    picture = max(
        pictures, key=lambda pair: (pair[0].height_px, pair[0].wave != Wave.AIR), default=none
    )
    sound = min(
        sounds, key=lambda pair: (pair[0].rung["track"], pair[0].wave == Wave.AIR), default=none
    )
    return Tracks(picture[0], sound[0], picture[1], sound[1])


def units_stalled(*, silent_for_s: int) -> QuerySet[Unit]:
    """Return the units that say they run but have not been heard of."""
    return Unit.objects.filter(
        state=UnitState.RUNNING, beat_at__lt=now() - timedelta(seconds=silent_for_s)
    )


def units_given_up(*, by: Person, since: datetime) -> QuerySet[Unit]:
    """Return the units that were given up, for people who run the site; raise `NotAllowed`."""
    operator_check(by)
    return units_dead(since=since)


def units_put_back(*, for_s: int) -> QuerySet[Unit]:
    """Return the units that have waited a while for their host: a full disk, a store away."""
    return Unit.objects.filter(
        state=UnitState.WAITING, beat_at__lt=now() - timedelta(seconds=for_s)
    )


def uploads_stuck(*, for_s: int) -> QuerySet[Upload]:
    """Return whole uploads that nothing was planned for, though nobody refused them."""
    return Upload.objects.filter(
        state=UploadState.FINISHED,
        stream=None,
        video__isnull=False,
        finished_at__lt=now() - timedelta(seconds=for_s),
    )


def units_dead(*, since: datetime) -> QuerySet[Unit]:
    """Return the units that were given up, with their reasons, the latest first."""
    return (
        Unit.objects.select_related("stream__video")
        .filter(state=UnitState.DEAD, finished_at__gte=since)
        .order_by("-finished_at")
    )
