"""Which poster a video shows: one of its stream's, or one that a person chose."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Final
from uuid import UUID

from django.db import transaction

from antenne.catalog.models import POSTERS_CHOSEN, Video
from antenne.catalog.services.videos import video_describe
from antenne.ffmpeg.posters import Poster
from antenne.ffmpeg.thumbhash import thumbhash
from antenne.kernel.environment import environment
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.ids import uuid7
from antenne.kernel.storage.opening import storage_open
from antenne.kernel.storage.protocol import ObjectMissing
from antenne.pipeline.models import Stream

PICTURES: Final = ("poster", "poster_small", "poster_tiny", "thumbhash", "preview", "storyboard")
POSTER: Final = ("poster", "poster_small", "poster_tiny", "thumbhash")
# Pages that are open go on showing the poster before; then its objects are deleted.
OUTLIVED_S: Final = 3600


def pictures_of(stream: Stream) -> dict[str, str]:
    """Return the pictures made so far, or none: those of a replaced file do not stay."""
    made: dict[str, str] = stream.plan.get("pictures", {})
    return {name: made.get(name, "") for name in PICTURES}


def unchosen(video: Video, found: Mapping[str, str]) -> dict[str, str]:
    """Return the pictures that the pipeline may name: not the poster where a person chose one."""
    kept = POSTER if video.poster_chosen else ()
    return {name: path for name, path in found.items() if name not in kept}


def poster_put(*, video: Video, poster: Poster) -> Video | None:
    """Store a chosen poster under a new name and show it; None where the video is gone."""
    stem = f"{POSTERS_CHOSEN}/{uuid7().hex}"
    made = {
        "poster": (f"{stem}.jpg", poster.full),
        "poster_small": (f"{stem}.webp", poster.small),
        "poster_tiny": (f"{stem}-tiny.webp", poster.tiny),
    }
    storage = storage_open(environment())
    for path, data in made.values():
        storage.put(f"media/{video.public_id}/{path}", data)
    found = {name: path for name, (path, _data) in made.items()}
    shown = poster_show(video_id=video.pk, found={**found, "thumbhash": thumbhash(poster.full)})
    if shown is None:
        storage.delete_prefix(f"media/{video.public_id}/{POSTERS_CHOSEN}")
    return shown


@transaction.atomic
def poster_show(*, video_id: UUID, found: Mapping[str, str]) -> Video | None:
    """Name the poster that a video shows; a chosen one before it is deleted later."""
    before = Video.objects.select_for_update().filter(pk=video_id).first()
    if before is None:
        return None
    if before.poster_chosen and before.poster != found["poster"]:
        gone: dict[str, str | int] = {"public_id": before.public_id, "poster": before.poster}
        gone |= {"poster_small": before.poster_small, "poster_tiny": before.poster_tiny}
        gone |= {"wait_s": OUTLIVED_S}
        fact_record(Fact("poster.replaced", gone))
    return video_describe(video_id=video_id, **{name: found[name] for name in POSTER})


def poster_clear(*, public_id: str, paths: tuple[str, ...]) -> None:
    """Delete the objects of a chosen poster that was replaced."""
    storage = storage_open(environment())
    for path in filter(None, paths):
        with suppress(ObjectMissing):
            storage.delete(f"media/{public_id}/{path}")
