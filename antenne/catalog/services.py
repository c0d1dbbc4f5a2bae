"""Writes to the catalog: channels, titles, and visibility, which only this module changes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _
from psycopg.errors import DeadlockDetected, ForeignKeyViolation

from antenne.accounts.handles import handle_free, handle_like
from antenne.accounts.models import Person
from antenne.catalog.models import Caption, Channel, Epoch, Video, VideoLock
from antenne.catalog.selectors import (
    Access,
    NotFound,
    SightRefused,
    caption_owned,
    channel_owned,
    channels_of,
    password_opens,
    video_owned,
    video_sight,
    videos_due,
)
from antenne.catalog.states import AUDIENCE_OF, PLAYABLE, Embedding, State, Visibility
from antenne.custody.selectors import region_home
from antenne.kernel.clock import now
from antenne.kernel.events import epoch_send, event_send
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.ids import public_id_new
from antenne.kernel.rate import Rate, rate_spend

TITLE_MAX_CHARS = 200
SITES_MAX = 100
# Guessing a video's password: counted for each address and video.
PASSWORD_RATE = Rate("catalog.password", limit=10, window_s=60)
# Host names, a leading `*.` and a port: nothing that could be another word of a policy.
_SITE = re.compile(r"(\*\.)?[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63}){0,8}(:[0-9]{1,5})?")
_REMOVAL_TRIES = 9
_GONE_EPOCH = 2_147_483_647


class CatalogRefused(Exception):
    """The change cannot be made; the message says why, in the person's language."""


@dataclass(frozen=True, slots=True)
class Showing:
    """Who may watch: a visibility with what belongs to it."""

    visibility: str = Visibility.PUBLIC
    publish_at: datetime | None = None
    password: str = field(default="", repr=False)

    def check(self, *, has_password: bool = False) -> None:
        """Raise `CatalogRefused` where the parts do not fit together."""
        if self.visibility not in Visibility.values:
            raise CatalogRefused(_("This visibility is not known."))
        if self.visibility == Visibility.SCHEDULED and self.publish_at is None:
            raise CatalogRefused(_("A scheduled video needs a date."))
        if self.visibility == Visibility.PASSWORD and not (self.password or has_password):
            raise CatalogRefused(_("A video with a password needs one."))


@transaction.atomic
def channel_create(*, person: Person, name: str, handle: str = "") -> Channel:
    """Make a channel of a person's; raise `CatalogRefused` where it has no name."""
    return Channel.objects.create(
        person=person,
        home=person.home,
        name=_name_clean(name),
        handle=_handle_new(handle or name, home=person.home),
    )


def _name_clean(name: str) -> str:
    clean = _one_line(name)[:80]
    if not clean:
        raise CatalogRefused(_("A channel needs a name."))
    return clean


@transaction.atomic
def channel_edit(
    *, by: Person, handle: str, name: str | None = None, description: str | None = None
) -> Channel:
    """Change what a channel of one's own says of itself; None leaves a thing as it is."""
    channel = channel_owned(handle, by=by)
    if name is not None:
        channel.name = _name_clean(name)
    if description is not None:
        channel.description = description[:5000]
    channel.save(update_fields=["name", "description"])
    return channel


def _handle_new(wish: str, *, home: str) -> str:
    """Return a handle like *wish* that no channel of *home* has."""
    base = handle_like(wish)
    near = Channel.objects.filter(home=home, handle__istartswith=base)
    return handle_free(base, set(near.values_list("handle", flat=True)))


@transaction.atomic
def channel_default(*, person: Person, handle: str = "") -> Channel:
    """Return the person's channel of that handle, or their first, made where there is none.

    Raises `NotFound` for a handle that is not one of theirs.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    own = channels_of(person)
    if handle:
        found = own.filter(handle__iexact=handle.removeprefix("@")).first()
        if found is None:
            raise NotFound(handle)
        return found
    return own.first() or channel_create(person=person, name=person.name, handle=person.handle)


def _one_line(text: str) -> str:
    """Return a text on one line, without control characters."""
    shown = "".join(letter for letter in text if letter.isprintable() or letter.isspace())
    return " ".join(shown.split())


def _title_clean(title: str) -> str:
    """Return a title on one line; raise where nothing is left."""
    clean = _one_line(title)[:TITLE_MAX_CHARS]
    if not clean:
        raise CatalogRefused(_("A video needs a title."))
    return clean


@transaction.atomic
def video_create(*, channel: Channel, title: str, showing: Showing) -> Video:
    """Make a video that waits for its file."""
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
) -> Video:
    """Change what is said about a video; None leaves a thing as it is."""
    video = video_owned(public_id, by=by)
    if title is not None:
        video.title = _title_clean(title)
    if description is not None:
        video.description = description[:10_000]
    if language is not None:
        video.language = language[:8]
    video.updated_at = now()
    video.save(update_fields=["title", "description", "language", "updated_at"])
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
def visibility_set(*, by: Person, public_id: str, showing: Showing) -> Video:
    """Change who may watch, at once: every path signed before is refused from now on."""
    owned = video_owned(public_id, by=by)
    video = Video.objects.select_for_update(of=("self",)).get(pk=owned.pk)
    has_password = VideoLock.objects.filter(video=video).exists()
    showing.check(has_password=has_password)
    _visibility_write(video, showing)
    return video


def _visibility_write(video: Video, showing: Showing) -> None:
    """Write a checked visibility on a locked video and on what hangs on it."""
    video.visibility = showing.visibility
    video.audience = AUDIENCE_OF[showing.visibility]
    video.publish_at = showing.publish_at
    video.updated_at = now()
    if showing.password:
        VideoLock.objects.update_or_create(
            video=video, defaults={"password": make_password(showing.password)}
        )
    if showing.visibility != Visibility.PASSWORD:
        VideoLock.objects.filter(video=video).delete()
    Caption.objects.filter(video=video).update(audience=video.audience)
    _published_note(video)
    video.save()
    _epoch_raise(video)


def _published_note(video: Video) -> None:
    """Note the first moment at which the public can watch."""
    if (
        video.published_at is None
        and video.visibility == Visibility.PUBLIC
        and video.state in PLAYABLE
    ):
        video.published_at = now()
        fact_record(Fact("video.published", {"video": str(video.pk)}))


def _epoch_raise(video: Video) -> None:
    """Refuse every path signed so far, on every edge, once this transaction is committed."""
    video.epoch += 1
    Video.objects.filter(pk=video.pk).update(epoch=video.epoch)
    Epoch.objects.update_or_create(video=video.public_id, defaults={"epoch": video.epoch})
    epoch_send(video.public_id, video.epoch)
    event_send(f"video:{video.public_id}", "state", state=video.state)


def videos_due_publish() -> int:
    """Make every scheduled video public whose moment has come; return how many."""
    count = 0
    for key in list(videos_due(before=now()).values_list("pk", flat=True)):
        with transaction.atomic():
            video = videos_due(before=now()).select_for_update().filter(pk=key).first()
            if video is not None:
                _visibility_write(video, Showing(visibility=Visibility.PUBLIC))
                count += 1
    return count


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
    _published_note(video)
    video.save(update_fields=[*found, "published_at"])
    if "state" in found or "stream" in found:
        event_send(f"video:{video.public_id}", "state", state=video.state, refusal=video.refusal)
    return video


def video_remove(*, by: Person, public_id: str) -> None:
    """Take a video away for ever; its address answers "removed" and its bytes are deleted.

    A worker may be writing chunks of it at the same moment: where that makes a deadlock, or a new
    row of one that is being deleted, nothing was changed and it is tried again.
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
    video = video_owned(public_id, by=by)
    Epoch.objects.update_or_create(video=public_id, defaults={"epoch": _GONE_EPOCH})
    epoch_send(public_id, _GONE_EPOCH)
    event_send(f"video:{public_id}", "state", state="removed")
    fact_record(Fact("video.removed", {"public_id": public_id, "video": str(video.pk)}))
    video.delete()


@transaction.atomic
def caption_put(*, video: Video, language: str, label: str, path: str, origin: str) -> Caption:
    """Add a caption track, or replace the one of the same language and label."""
    caption, _made = Caption.objects.update_or_create(
        video=video,
        language=language,
        label=label[:80],
        defaults={
            "home": video.home,
            "audience": video.audience,
            "path": path,
            "origin": origin,
        },
    )
    return caption


@transaction.atomic
def caption_remove(*, by: Person, public_id: str, caption_id: UUID) -> Caption:
    """Take a caption track of one's own video away and return what it was."""
    caption = caption_owned(caption_id, public_id=public_id, by=by)
    Caption.objects.filter(pk=caption.pk).delete()
    return caption
