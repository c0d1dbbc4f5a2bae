"""Beside stage 4: take the captions out of a source, and take in those that people bring."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from antenne.accounts.models import Person
from antenne.catalog.models import Caption, Video
from antenne.catalog.refusals import CatalogRefused, NotFound
from antenne.catalog.selectors.captions import caption_owned, captions_of
from antenne.catalog.selectors.sight import video_owned
from antenne.catalog.services.captions import caption_put, caption_remove
from antenne.ffmpeg.captions import (
    CaptionsRefused,
    captions_as_srt,
    captions_of_cues,
    captions_parse,
    embedded_captions_extract,
)
from antenne.ffmpeg.closed_captions import (
    CLOSED_CODEC,
    closed_captions_extract,
    closed_captions_tidy,
)
from antenne.ffmpeg.probe import Probe, SubtitleStream
from antenne.kernel.environment import environment
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.ids import uuid7
from antenne.kernel.languages import language_name
from antenne.kernel.storage.opening import storage_open
from antenne.kernel.storage.protocol import ObjectMissing
from antenne.pipeline.selectors import stream_current
from antenne.pipeline.services.units import Cost, Work, unit_do
from antenne.pipeline.services.workplace import (
    QUALITY_NICE,
    Workplace,
    limits_for,
    workplace,
)
from antenne.pipeline.states import Wave

WRITTEN: Final = "written"
"""The origin of a track that somebody wrote or changed here; a file's own never replaces it."""
# Players that are open go on reading the words before.
OUTLIVED_S: Final = 3600
_FIRST_CUE_MS: Final = 2000
_CLOSED: Final = ("CC", "CC3")


def captions_read(*, unit_id: UUID) -> None:
    """Make a caption track of each embedded text track that can be read.

    Those of the last wave are inside the pictures, which have to be decoded for them.
    """
    unit_do(unit_id=unit_id, work=_read)


def _read(work: Work) -> Cost:
    upload = work.unit.stream.upload
    video = work.unit.stream.video
    probe = Probe.from_json(upload.probe or {})
    with workplace(upload) as place:
        if work.unit.wave == Wave.REST:
            _closed_read(video, probe, place)
            fact_record(Fact("captions.changed", {"stream": str(work.unit.stream.pk)}))
            return Cost()
        for subtitle in probe.subtitles:
            if subtitle.text:
                _one_read(video, subtitle, place, probe.start_s)
    return Cost()


def _one_read(video: Video, subtitle: SubtitleStream, place: Workplace, start_s: Fraction) -> None:
    text = embedded_captions_extract(
        place.source, folder=place.folder, stream=subtitle, start_s=start_s
    )
    name = str(subtitle.index)
    if subtitle.codec == CLOSED_CODEC:
        text, name = closed_captions_tidy(text), _CLOSED[0]
    label = subtitle.title or language_name(subtitle.language) or name
    _embedded_keep(video, language=subtitle.language, label=label, text=text)


def _closed_read(video: Video, probe: Probe, place: Workplace) -> None:
    texts = closed_captions_extract(
        place.source,
        folder=place.folder,
        probe=probe,
        limits=limits_for(media_ms=probe.duration_ms),
        nice=QUALITY_NICE,
    )
    # The second field is there for those who speak another language; nothing says which.
    for text, label, language in zip(texts, _CLOSED, (_spoken(video, probe), ""), strict=True):
        _embedded_keep(video, language=language, label=label, text=text)


def _spoken(video: Video, probe: Probe) -> str:
    """Return the language of the first sound track that names one, else that of the video."""
    audios = sorted(probe.audios, key=lambda audio: not audio.default)
    return next((audio.language for audio in audios if audio.language), video.language)


def _embedded_keep(video: Video, *, language: str, label: str, text: str) -> None:
    """Keep a track of the file, unless it is empty or somebody's own stands in its place."""
    if text.strip() == "WEBVTT":
        return
    theirs = captions_of(video).exclude(origin="embedded")
    if not theirs.filter(language=language, label=label[:80]).exists():
        _keep(video, language=language, label=label, text=text, origin="embedded")


def _keep(video: Video, *, language: str, label: str, text: str, origin: str) -> Caption:
    """Store a new object (an address that a page has open stays whole) and name it."""
    path = f"captions/{uuid7().hex}.vtt"
    storage_open(environment()).put(f"media/{video.public_id}/{path}", text.encode())
    return caption_put(video=video, language=language, label=label, path=path, origin=origin)


def caption_bring(
    *, by: Person, public_id: str, language: str, label: str, filename: str, data: bytes
) -> Caption:
    """Take in a caption file (SRT, WebVTT, ASS) for a video of one's own.

    Raises `NotFound` for somebody else's video and `CatalogRefused` for what is no caption file.
    """
    video = video_owned(public_id, by=by)
    try:
        text = captions_parse(data, filename)
    except CaptionsRefused as error:
        raise CatalogRefused(_("This is not a caption file that can be read.")) from error
    with transaction.atomic():
        caption = _keep(
            video, language=language[:16], label=label or language, text=text, origin="upload"
        )
        _change_tell(video)
    return caption


def caption_begin(*, by: Person, public_id: str, language: str, label: str = "") -> Caption:
    """Begin a track with one caption to write over; one that is there already stays as it is."""
    video = video_owned(public_id, by=by)
    label = label or language
    there = captions_of(video).filter(language=language[:16], label=label[:80]).first()
    if there is not None:
        return there
    text = captions_of_cues([(0, _FIRST_CUE_MS, "…")])
    with transaction.atomic():
        caption = _keep(video, language=language[:16], label=label, text=text, origin=WRITTEN)
        _change_tell(video)
    return caption


def caption_text(caption: Caption, *, kind: str = "vtt") -> str:
    """Return the words of a track as WebVTT or SRT; raise `NotFound` where its object is away."""
    key = f"media/{caption.video.public_id}/{caption.path}"
    try:
        text = storage_open(environment()).get(key).decode()
    except ObjectMissing as error:
        raise NotFound(str(caption.pk)) from error
    return captions_as_srt(text) if kind == "srt" else text


def caption_rewrite(*, by: Person, public_id: str, caption_id: UUID, text: str) -> Caption:
    """Change the words of a track: stored as a new object, the one before is deleted."""
    found = caption_owned(caption_id, public_id=public_id, by=by)
    try:
        clean = captions_parse(text.encode(), "a.vtt")
    except (CaptionsRefused, UnicodeEncodeError) as error:
        raise CatalogRefused(_("There is no caption with a time in this.")) from error
    before = found.path
    with transaction.atomic():
        caption = _keep(
            found.video,
            language=found.language,
            label=found.label,
            text=clean,
            origin=WRITTEN,
        )
        _change_tell(found.video)
        gone: dict[str, str | int] = {"public_id": public_id, "path": before}
        fact_record(Fact("caption.replaced", {**gone, "wait_s": OUTLIVED_S}))
    return caption


def caption_clear(*, public_id: str, path: str) -> None:
    """Delete the objects of a track's words before, unless they are shown again."""
    if not Caption.objects.filter(video__public_id=public_id, path=path).exists():
        _objects_delete(public_id, path)


def caption_drop(*, by: Person, public_id: str, caption_id: UUID) -> None:
    """Take a caption track of one's own video away, and its objects; raise `NotFound`."""
    with transaction.atomic():
        caption = caption_remove(by=by, public_id=public_id, caption_id=caption_id)
        _change_tell(caption.video)
    _objects_delete(public_id, caption.path)


def _objects_delete(public_id: str, path: str) -> None:
    storage = storage_open(environment())
    stem = f"media/{public_id}/{path.removesuffix('.vtt')}"
    for suffix in (".vtt", ".m3u8"):
        with suppress(ObjectMissing):
            storage.delete(stem + suffix)


def _change_tell(video: Video) -> None:
    """Have the playlists of what plays now name the tracks that there are."""
    stream = stream_current(video)
    if stream is not None:
        fact_record(Fact("captions.changed", {"stream": str(stream.pk)}))
