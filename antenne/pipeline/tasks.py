"""Worker entry points of the pipeline; `antenne.flow` says which fact calls which."""

from __future__ import annotations

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from antenne.pipeline.services import clearing, posters, refusing, units, workplace
from antenne.pipeline.stages import (
    captions,
    cut,
    encode,
    fetch,
    files,
    hot,
    package,
    pictures,
    plan,
    poster,
    probe,
    publish,
    survey,
)
from antenne.pipeline.stages import dub as dubbing

AIR = "air"
QUALITY = "quality"
SHORT = "short"
FETCH = "fetch"
RESCUE = "rescue"
_RETRY = RetryStrategy(max_attempts=5, exponential_wait=3)
_AT_ONCE = RetryStrategy(max_attempts=5, wait=1)


@app.task(name="pipeline.source_probe", queue=AIR, retry=_AT_ONCE)
def source_probe(*, upload: str) -> None:
    """Look into a file: accept it, or refuse it by name."""
    probe.source_look(upload_id=UUID(upload))


@app.task(name="pipeline.stream_plan", queue=SHORT, retry=_RETRY)
def stream_plan(*, upload: str) -> None:
    """Plan what goes on the air at once."""
    plan.air_plan_make(upload_id=UUID(upload))


@app.task(name="pipeline.air_encode_plan", queue=SHORT, retry=_RETRY)
def air_encode_plan(*, stream: str) -> None:
    """Plan an encode where copying turned out not to work."""
    plan.air_encode_plan(stream_id=UUID(stream))


@app.task(name="pipeline.unit_run_air", queue=AIR, retry=_AT_ONCE)
def unit_run_air(*, unit: str) -> None:
    """Do a unit of work of the air wave."""
    encode.unit_run(unit_id=UUID(unit))


@app.task(name="pipeline.unit_run_quality", queue=QUALITY, retry=_RETRY)
def unit_run_quality(*, unit: str) -> None:
    """Do a unit of work of the quality waves."""
    encode.unit_run(unit_id=UUID(unit))


@app.task(name="pipeline.source_survey", queue=QUALITY, retry=_RETRY)
def source_survey(*, unit: str) -> None:
    """Read all packets of a source, and measure its loudness."""
    survey.source_survey(unit_id=UUID(unit))


@app.task(name="pipeline.pictures_make", queue=QUALITY, retry=_RETRY)
def pictures_make(*, unit: str) -> None:
    """Make poster, storyboard and preview."""
    pictures.pictures_make(unit_id=UUID(unit))


@app.task(name="pipeline.poster_take", queue=AIR, retry=_AT_ONCE)
def poster_take(*, stream: str, at_ms: int) -> None:
    """Make a moment the poster: somebody is waiting, and it takes a second."""
    poster.poster_take(stream_id=UUID(stream), at_ms=at_ms)


@app.task(name="pipeline.poster_clear", queue=SHORT, retry=_RETRY)
def poster_clear(*, public_id: str, poster: str, poster_small: str, poster_tiny: str = "") -> None:
    """Delete a chosen poster that was replaced."""
    posters.poster_clear(public_id=public_id, paths=(poster, poster_small, poster_tiny))


@app.task(name="pipeline.captions_read", queue=QUALITY, retry=_RETRY)
def captions_read(*, unit: str) -> None:
    """Take the captions out of a source."""
    captions.captions_read(unit_id=UUID(unit))


@app.task(name="pipeline.caption_clear", queue=SHORT, retry=_RETRY)
def caption_clear(*, public_id: str, path: str) -> None:
    """Delete the words that a caption track had before."""
    captions.caption_clear(public_id=public_id, path=path)


@app.task(name="pipeline.dub_look", queue=QUALITY, retry=_RETRY)
def dub_look(*, dub: str) -> None:
    """Look into an added sound track and plan it."""
    dubbing.dub_look(dub_id=UUID(dub))


@app.task(name="pipeline.source_cut", queue=QUALITY, retry=_RETRY)
def source_cut(*, upload: str) -> None:
    """Cut parts out of a file that is kept."""
    cut.source_cut(upload_id=UUID(upload))


@app.task(name="pipeline.source_fetch", queue=FETCH, retry=_RETRY)
def source_fetch(*, upload: str) -> None:
    """Fetch the file behind an address."""
    fetch.source_fetch(upload_id=UUID(upload))


@app.task(name="pipeline.stream_advance", queue=SHORT, retry=_RETRY)
def stream_advance(*, stream: str) -> None:
    """Write the playlists of what is there now."""
    package.stream_advance(stream_id=UUID(stream))


@app.task(name="pipeline.masters_renew", queue=SHORT, retry=_RETRY)
def masters_renew(*, stream: str) -> None:
    """Name the caption tracks that there are now."""
    package.masters_renew(stream_id=UUID(stream))


@app.task(name="pipeline.video_air", queue=SHORT, retry=_RETRY)
def video_air(*, stream: str) -> None:
    """Put a playable stream on the air."""
    publish.video_air(stream_id=UUID(stream))


@app.task(name="pipeline.quality_plan", queue=SHORT, retry=_RETRY)
def quality_plan(*, stream: str) -> None:
    """Plan the quality waves, now that the air wave is whole."""
    plan.quality_plan_make(stream_id=UUID(stream))


@app.task(name="pipeline.video_complete", queue=SHORT, retry=_RETRY)
def video_complete(*, stream: str) -> None:
    """Say that every quality is there."""
    publish.video_complete(stream_id=UUID(stream))


@app.task(name="pipeline.files_make", queue=QUALITY, retry=_RETRY)
def files_make(*, video: str) -> None:
    """Join a complete video into files that can be fetched whole."""
    files.files_make(video_id=UUID(video))


@app.periodic(cron="37 * * * *")
@app.task(name="pipeline.files_catch_up", queue=RESCUE, queueing_lock="files_catch_up")
def files_catch_up(timestamp: int) -> None:
    """Make files that are still wanted, some each hour; delete those that nobody takes."""
    files.files_forget()
    for video_id in files.files_catch_up():
        files.files_make(video_id=video_id)


@app.periodic(cron="17,47 * * * *")
@app.task(name="pipeline.hot_begin", queue=SHORT, queueing_lock="hot_begin")
def hot_begin(timestamp: int) -> None:
    """Begin to encode what many people watch in AV1, one video at a time."""
    hot.hot_begin()


@app.task(name="pipeline.stream_sweep", queue=SHORT, retry=_RETRY)
def stream_sweep(*, stream: str) -> None:
    """Delete what a killed worker stored of a complete stream and did not come to name."""
    clearing.stream_sweep(stream_id=UUID(stream))


@app.task(name="pipeline.source_clear", queue=SHORT, retry=_RETRY)
def source_clear(*, upload: str) -> None:
    """Delete a file that was refused."""
    clearing.source_clear(upload_id=UUID(upload))


@app.task(name="pipeline.stream_clear", queue=SHORT, retry=_RETRY)
def stream_clear(*, stream: str) -> None:
    """Delete the objects of a stream that was replaced, once no path to it holds."""
    clearing.stream_clear(stream_id=UUID(stream))


@app.task(name="pipeline.objects_clear", queue=SHORT, retry=_RETRY)
def objects_clear(*, public_id: str, video: str) -> None:
    """Delete every object of a removed video."""
    clearing.objects_clear(public_id=public_id)


@app.periodic(cron="* * * * * */4")
@app.task(name="pipeline.units_rescue", queue=RESCUE, queueing_lock="units_rescue")
def units_rescue(timestamp: int) -> None:
    """Hand out again the units of a worker that has died, and sweep up after it."""
    units.units_rescue()
    workplace.workplaces_sweep()


@app.periodic(cron="* * * * *")
@app.task(name="pipeline.uploads_rescue", queue=RESCUE, queueing_lock="uploads_rescue")
def uploads_rescue(timestamp: int) -> None:
    """Hand out again whole uploads that fell by the wayside."""
    refusing.uploads_rescue()


@app.periodic(cron="23 * * * *")
@app.task(name="pipeline.uploads_clean", queue=RESCUE, queueing_lock="uploads_clean")
def uploads_clean(timestamp: int) -> None:
    """Forget uploads whose bytes never came, and renditions that better ones replaced."""
    clearing.uploads_clean()


@app.task(name="pipeline.person_clear", queue=SHORT, retry=_RETRY)
def person_clear(*, person: str) -> None:
    """Delete the files of somebody who leaves."""
    clearing.person_clear(person_id=UUID(person))
