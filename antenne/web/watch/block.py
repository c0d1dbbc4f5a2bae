"""What a page hands to the player: the JSON block `#playback` (frontend/src/player/playback.ts)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse

from antenne.accounts.selectors.people import preferences_of
from antenne.audience.selectors.history import resume_positions
from antenne.audience.services.tickets import ticket_issue
from antenne.delivery.selectors import Playback, picture_url, playback_open
from antenne.kernel.clock import now
from antenne.pipeline.selectors import progress_of, stream_current
from antenne.web.refusals import refusal_words
from antenne.web.viewer import edge_of, veiled, viewer_of
from antenne.web.watch.asking import asker_of, source_of
from antenne.web.watch.onward import NOWHERE, Onward
from antenne.web.watch.words import player_words

if TYPE_CHECKING:
    from antenne.catalog.models import Video
    from antenne.pipeline.chapters import Chapter

_START_MAX_S = 7 * 24 * 3600


def playback_block(
    request: HttpRequest, video: Video, chapters: tuple[Chapter, ...]
) -> dict[str, Any]:
    """Return what plays *video* now, with signed addresses that hold for a while."""
    playback = playback_open(video, edge=edge_of(request))
    stream = stream_current(video) if video.state != "ready" else None
    rungs = progress_of(stream) if stream else []
    return {
        **_addresses(playback),
        "id": video.public_id,
        "state": video.state,
        "playbackUrl": reverse("playback", args=[video.public_id]),
        "chapters": [{"startMs": row.start_ms, "title": row.title} for row in chapters],
        "durationMs": playback.duration_ms,
        "growing": playback.growing,
        "rungs": [
            {
                "name": row.name,
                "label": row.label,
                "doneMs": row.done_ms,
                "totalMs": row.total_ms,
                "state": row.state,
            }
            for row in rungs
        ],
        "refusal": refusal_words(video.refusal),
    }


def _addresses(playback: Playback) -> dict[str, Any]:
    return {
        "prefix": playback.prefix,
        "masterUrl": playback.master_url,
        "posterUrl": playback.poster_url,
        "storyboardUrl": playback.storyboard_url,
        "captions": [
            {"language": row.language, "label": row.label, "url": row.url}
            for row in playback.captions
        ],
        "eventsUrl": playback.events_url,
        "expiresS": playback.expires_s,
    }


def player_block(  # noqa: PLR0913 - what the caller knows of it already
    request: HttpRequest,
    video: Video,
    chapters: tuple[Chapter, ...],
    *,
    embedded: bool = False,
    onward: Onward = NOWHERE,
    owned: bool = False,
    resume_ms: int | None = None,
) -> dict[str, Any]:
    """Return the whole block of a page: playback, wishes of the address, what is next, words.

    *resume_ms* is where the viewer left it, if the caller knows.
    """
    return {
        **playback_block(request, video, chapters),
        "title": video.title,
        "channel": video.channel.name,
        "watchUrl": reverse("watch", args=[video.public_id]),
        "next": _next_block(request, onward),
        "previousUrl": onward.previous_url,
        "listed": onward.queue is not None,
        **_wishes(request, video, embedded=embedded),
        "resumeS": (_left_ms(request, video) if resume_ms is None else resume_ms) // 1000,
        **_preferences(request, video, owned=owned),
        "beacon": beacon_block(request, video, embedded=embedded),
        "partner": source_of(request, embedded=True)[1] if embedded else "",
        "strings": player_words(),
    }


def _wishes(request: HttpRequest, video: Video, *, embedded: bool) -> dict[str, Any]:
    """Return how the address wants it played; a premiere is where it is for everybody."""
    asked = request.GET
    return {
        "startS": start_of(asked.get("t", "") or asked.get("start", "")) or premiere_s(video),
        "autoplay": not embedded or asked.get("autoplay") == "1",
        "muted": asked.get("muted", asked.get("mute")) == "1",
        "embedded": embedded,
    }


def _preferences(request: HttpRequest, video: Video, *, owned: bool) -> dict[str, Any]:
    """Return what the person has said of playing; a stranger's browser remembers by itself."""
    viewer = viewer_of(request)
    said = preferences_of(viewer) if viewer else None
    return {
        "gate": "sensitive" if not owned and veiled(request, video) else "",
        "autoplayNext": said.autoplay if said else True,
        "dataSaver": said.data_saver if said else False,
    }


def premiere_s(video: Video) -> int:
    """Return how many seconds a premiere has run for everybody; 0 once it is over."""
    begun_at = video.publish_at or video.published_at
    if not video.premiere or begun_at is None:
        return 0
    gone_s = (now() - begun_at).total_seconds()
    return int(gone_s) if 0 < gone_s * 1000 < (video.duration_ms or 0) else 0


def _left_ms(request: HttpRequest, video: Video) -> int:
    return resume_positions(viewer_of(request), [video.pk]).get(video.pk, 0)


def _next_block(request: HttpRequest, onward: Onward) -> dict[str, Any] | None:
    if onward.video is None:
        return None
    video = onward.video
    return {
        "url": onward.url,
        "title": video.title,
        "channel": video.channel.name,
        "posterUrl": "" if veiled(request, video) else _small(request, video),
        "durationMs": video.duration_ms or 0,
    }


def _small(request: HttpRequest, video: Video) -> str:
    return picture_url(
        video, edge=edge_of(request), path=video.poster_tiny or video.poster_small or video.poster
    )


def beacon_block(request: HttpRequest, video: Video, *, embedded: bool) -> dict[str, str]:
    """Return where the player says what was watched, and the ticket with which it may."""
    asker = asker_of(request, embedded=embedded)
    if asker is None:
        return {"url": "", "ticket": ""}
    ticket = ticket_issue(video=video, viewer=viewer_of(request), asker=asker)
    return {"url": f"{edge_of(request)}/beacon", "ticket": ticket}


def start_of(text: str) -> int:
    """Return the seconds that `90`, `90s`, `1m30s` or `1:30` stand for; 0 for anything else."""
    marked = text.lower().replace("h", ":").replace("m", ":").removesuffix("s").rstrip(":")
    if text.lower().endswith(("m", "h")):
        marked += ":00" if text.lower().endswith("m") else ":00:00"
    parts = marked.split(":")
    if len(parts) > 3 or not all(part.isascii() and part.isdigit() for part in parts):  # noqa: PLR2004 - h:m:s
        return 0
    total = 0
    for part in parts:
        total = total * 60 + int(part[:9])
    return min(total, _START_MAX_S)
