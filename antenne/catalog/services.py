"""Writes to the catalog: channels, titles, and visibility, which only this module changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from antenne.accounts.handles import handle_free, handle_like
from antenne.accounts.models import Person
from antenne.catalog.models import Caption, Channel, Epoch, Video, VideoLock
from antenne.catalog.selectors import NotFound, channels_of, video_owned, videos_due
from antenne.catalog.states import AUDIENCE_OF, PLAYABLE, State, Visibility
from antenne.custody.selectors import region_home
from antenne.kernel.clock import now
from antenne.kernel.events import epoch_send, event_send
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.ids import public_id_new

TITLE_MAX_CHARS = 200
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
    """Make a channel of a person's."""
    return Channel.objects.create(
        person=person,
        home=person.home,
        name=name.strip()[:80],
        handle=_handle_new(handle or name, home=person.home),
    )


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


def _title_clean(title: str) -> str:
    """Return a title on one line, without control characters; raise where nothing is left."""
    shown = "".join(letter for letter in title if letter.isprintable() or letter.isspace())
    clean = " ".join(shown.split())[:TITLE_MAX_CHARS]
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
    video.embedding = embedding
    video.embed_sites = sorted({site.strip().lower() for site in sites if site.strip()})
    video.updated_at = now()
    video.full_clean(validate_unique=False, validate_constraints=False)
    video.save(update_fields=["embedding", "embed_sites", "updated_at"])
    return video


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


@transaction.atomic
def video_remove(*, by: Person, public_id: str) -> None:
    """Take a video away for ever; its address answers "removed" and its bytes are deleted."""
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
