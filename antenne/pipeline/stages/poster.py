"""At any time: the poster that a video's owner chooses, a moment of it or an image of theirs."""

from __future__ import annotations

import logging
from fractions import Fraction
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from antenne.accounts.models import Person
from antenne.catalog.models import Video
from antenne.catalog.refusals import CatalogRefused
from antenne.catalog.selectors.sight import video_owned
from antenne.ffmpeg.posters import LANDSCAPE, PosterRefused, poster_at, poster_read
from antenne.ffmpeg.probe import Probe
from antenne.ffmpeg.refusals import SourceRefused
from antenne.kernel.facts import Fact, fact_record
from antenne.pipeline.models import Stream
from antenne.pipeline.selectors import stream_played
from antenne.pipeline.services.posters import pictures_of, poster_put, poster_show
from antenne.pipeline.services.workplace import QUALITY_NICE, workplace

_LOG = logging.getLogger(__name__)


def poster_bring(*, by: Person, public_id: str, data: bytes) -> Video:
    """Show an image (JPEG, PNG, WebP) as the poster of a video of one's own.

    Raises `NotFound` for somebody else's video and `CatalogRefused` for what is no such image.
    """
    video = video_owned(public_id, by=by)
    try:
        poster = poster_read(data, shape=_shape_of(video))
    except PosterRefused as error:
        raise CatalogRefused(_words_of(error)) from error
    return poster_put(video=video, poster=poster) or video


def _words_of(error: PosterRefused) -> str:
    return {
        "size": _("An image may have at most 5 megabytes."),
        "pixels": _("This image is too small or too large for a poster."),
    }.get(error.reason, _("This is not an image that can be read: send a JPEG, PNG or WebP."))


def _shape_of(video: Video) -> Fraction:
    if not video.width_px or not video.height_px:
        return LANDSCAPE
    return Fraction(video.width_px, video.height_px)


@transaction.atomic
def poster_ask(*, by: Person, public_id: str, at_ms: int) -> Video:
    """Have the picture at a moment become the poster; it is taken soon, not at once.

    Raises `NotFound` for somebody else's video and `CatalogRefused` where nothing can be taken.
    """
    video = video_owned(public_id, by=by)
    stream = stream_played(video)
    if stream is None or not video.width_px:
        raise CatalogRefused(_("This video has no pictures to choose from."))
    if not 0 <= at_ms <= (video.duration_ms or 0):
        raise CatalogRefused(_("The video does not last that long."))
    fact_record(Fact("poster.asked", {"stream": str(stream.pk), "at_ms": at_ms}))
    return video


def poster_take(*, stream_id: UUID, at_ms: int) -> None:
    """Take the picture at a moment of a stream's source and show it as the poster."""
    stream = Stream.objects.select_related("video", "upload").filter(pk=stream_id).first()
    if stream is None:
        return
    probe = Probe.from_json(stream.upload.probe or {})
    try:
        with workplace(stream.upload) as place:
            poster = poster_at(
                place.source, folder=place.folder, probe=probe, at_ms=at_ms, nice=QUALITY_NICE
            )
    except SourceRefused:
        _LOG.warning("no picture of %s at %s ms", stream.pk, at_ms, exc_info=True)
        return
    poster_put(video=stream.video, poster=poster)


def poster_reset(*, by: Person, public_id: str) -> Video:
    """Show again the poster that was made from the file; raise `NotFound` as ever."""
    video = video_owned(public_id, by=by)
    stream = stream_played(video)
    if stream is None or not video.poster_chosen:
        return video
    return poster_show(video_id=video.pk, found=pictures_of(stream)) or video
