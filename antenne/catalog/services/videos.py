"""Writes to videos: what is said of them, what the pipeline found out, their end."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _
from psycopg.errors import DeadlockDetected, ForeignKeyViolation

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Epoch, Video, VideoLock
from antenne.catalog.refusals import CatalogRefused
from antenne.catalog.selectors.sight import (
    Access,
    SightRefused,
    password_opens,
    video_owned,
    video_sight,
)
from antenne.catalog.services.defaults import defaults_write_on, showing_default
from antenne.catalog.services.details import Details
from antenne.catalog.services.visibility import Showing, hidden_note, published_note
from antenne.catalog.states import AUDIENCE_OF, Embedding, Power, State, Visibility
from antenne.custody.selectors import region_home
from antenne.kernel.clock import now
from antenne.kernel.events import epoch_send, event_send
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.holding import row_hold
from antenne.kernel.ids import public_id_new
from antenne.kernel.rate import Rate, rate_spend
from antenne.kernel.wording import one_line

TITLE_MAX_CHARS = 200
SITES_MAX = 100
# Guessing a video's password: counted for each address and video.
PASSWORD_RATE = Rate("catalog.password", limit=10, window_s=60)
# Host names, a leading `*.` and a port: nothing that could be another word of a policy.
_SITE = re.compile(r"(\*\.)?[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63}){0,8}(:[0-9]{1,5})?")
_REMOVAL_TRIES = 9
_GONE_EPOCH = 2_147_483_647
# What lists are narrowed by; other things that the pipeline finds out concern nobody else.
_LISTED = {"duration_ms", "width_px", "height_px"}


def _title_clean(title: str) -> str:
    """Return a title on one line; raise where nothing is left."""
    clean = one_line(title)[:TITLE_MAX_CHARS]
    if not clean:
        raise CatalogRefused(_("A video needs a title."))
    return clean


@transaction.atomic
def video_create(*, channel: Channel, title: str, showing: Showing | None = None) -> Video:
    """Make a video that waits for its file; what is not said is as its channel has chosen."""
    showing = showing or showing_default(channel)
    showing.check()
    video = Video(
        public_id=public_id_new(region_home().digit),
        home=channel.home,
        channel=channel,
        title=_title_clean(title),
        visibility=showing.visibility,
        audience=AUDIENCE_OF[showing.visibility],
        publish_at=showing.publish_at,
        state=State.AWAITING,
    )
    defaults_write_on(video)
    video.save(force_insert=True)
    if showing.visibility == Visibility.PASSWORD:
        VideoLock.objects.create(video=video, password=make_password(showing.password))
    return video


@transaction.atomic
def video_edit(
    *,
    by: Person,
    public_id: str,
    title: str | None = None,
    description: str | None = None,
    language: str | None = None,
    details: Details | None = None,
) -> Video:
    """Change what is said about a video; None leaves a thing as it is."""
    video = video_owned(public_id, by=by)
    further = details.write(video) if details else ()
    if title is not None:
        video.title = _title_clean(title)
    if description is not None:
        video.description = description[:10_000]
    if language is not None:
        video.language = language[:8]
    video.updated_at = now()
    video.save(update_fields=["title", "description", "language", *further, "updated_at"])
    fact_record(Fact("video.edited", {"video": str(video.pk)}))
    return video


@transaction.atomic
def video_backdate(*, by: Person, public_id: str, moment: datetime) -> Video:
    """Let a public video stand in lists as what was published at *moment*, which is past."""
    video = video_owned(public_id, by=by)
    if video.published_at is None or moment > now():
        raise CatalogRefused(_("This choice is not known: %(word)s") % {"word": moment})
    video.created_at = video.published_at = moment
    video.save(update_fields=["created_at", "published_at"])
    fact_record(Fact("video.edited", {"video": str(video.pk)}))
    return video


@transaction.atomic
def video_embedding_set(
    *, by: Person, public_id: str, embedding: str, sites: tuple[str, ...] = ()
) -> Video:
    """Say on which sites a video may stand; *sites* are host names."""
    video = video_owned(public_id, by=by)
    if embedding not in Embedding.values:
        raise CatalogRefused(_("This rule for embedding is not known."))
    video.embedding = embedding
    video.embed_sites = _sites_clean(sites)
    video.updated_at = now()
    video.save(update_fields=["embedding", "embed_sites", "updated_at"])
    return video


def _sites_clean(sites: tuple[str, ...]) -> list[str]:
    """Return host names once each, in order; raise for what is none, or for too many."""
    clean = sorted({site.strip().lower() for site in sites if site.strip()})
    bad = [site for site in clean if not _SITE.fullmatch(site)]
    if bad:
        raise CatalogRefused(_("This is not a host name: %(word)s") % {"word": bad[0][:80]})
    if len(clean) > SITES_MAX:
        raise CatalogRefused(_("These are too many sites."))
    return clean


def video_unlock(*, public_id: str, viewer: Person | None, password: str, address: str) -> Video:
    """Return a video for somebody at *address* who says its password.

    Raises `SightRefused` for a wrong one, as for a video that no password opens, and
    `RateExceeded` where somebody guesses.
    """
    sight = video_sight(public_id, viewer=viewer)
    if sight.video is None or sight.access not in (Access.OPEN, Access.PASSWORD):
        raise SightRefused(sight.access)
    if sight.access == Access.PASSWORD:
        rate_spend(PASSWORD_RATE, f"{address} {public_id}")
        if not password_opens(sight.video, password):
            raise SightRefused(Access.PASSWORD)
    return sight.video


@transaction.atomic
def video_describe(*, video_id: UUID, **found: str | int | None) -> Video | None:
    """Write what the pipeline found out (state, size, duration, pictures); tell open pages.

    Returns None where the video has been removed meanwhile.
    """
    video = Video.objects.select_for_update().filter(pk=video_id).first()
    if video is None:
        return None
    for name, value in found.items():
        setattr(video, name, value)
    published_note(video)
    video.save(update_fields=[*found, "published_at"])
    if _LISTED & found.keys():
        fact_record(Fact("video.described", {"video": str(video.pk)}))
    if "state" in found or "stream" in found:
        event_send(f"video:{video.public_id}", "state", state=video.state, refusal=video.refusal)
    return video


def video_remove(*, by: Person, public_id: str) -> None:
    """Take a video away for ever; its address answers "removed" and its bytes are deleted.

    A worker may be writing chunks of it at the same moment: it is waited for. Where there is a
    deadlock all the same, or a new row of one that is being deleted, nothing was changed and it is
    tried again.
    """
    for _attempt in range(_REMOVAL_TRIES):
        try:
            _video_remove(by=by, public_id=public_id)
        except (OperationalError, IntegrityError) as error:
            if not isinstance(error.__cause__, DeadlockDetected | ForeignKeyViolation):
                raise
        else:
            return
    _video_remove(by=by, public_id=public_id)


@transaction.atomic
def _video_remove(*, by: Person, public_id: str) -> None:
    video = video_owned(public_id, by=by, power=Power.MANAGE)
    row_hold(video)
    Epoch.objects.update_or_create(video=public_id, defaults={"epoch": _GONE_EPOCH})
    epoch_send(public_id, _GONE_EPOCH)
    event_send(f"video:{public_id}", "state", state="removed")
    hidden_note(video)
    fact_record(Fact("video.removed", {"public_id": public_id, "video": str(video.pk)}))
    video.delete()


def video_sensitive_set(*, video_id: UUID, sensitive: bool) -> None:
    """Mark a video as not for everybody, or not; decided by `antenne.moderation`."""
    Video.objects.filter(pk=video_id).update(sensitive=sensitive, updated_at=now())
