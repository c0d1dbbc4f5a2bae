"""Who may watch: the one place that changes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from antenne.accounts.models import Person
from antenne.catalog.models import Epoch, Video, VideoLock, Withdrawal
from antenne.catalog.refusals import CatalogRefused
from antenne.catalog.selectors.sight import video_owned
from antenne.catalog.selectors.videos import videos_due
from antenne.catalog.states import AUDIENCE_OF, PLAYABLE, VISIBILITIES_CHOSEN, Visibility
from antenne.kernel.clock import now
from antenne.kernel.events import epoch_send, event_send
from antenne.kernel.facts import Fact, fact_record


@dataclass(frozen=True, slots=True)
class Showing:
    """Who may watch: a visibility with what belongs to it."""

    visibility: str = Visibility.PUBLIC
    publish_at: datetime | None = None
    password: str = field(default="", repr=False)

    def check(self, *, has_password: bool = False) -> None:
        """Raise `CatalogRefused` where the parts do not fit together."""
        if self.visibility not in dict(VISIBILITIES_CHOSEN):
            raise CatalogRefused(_("This visibility is not known."))
        if self.visibility == Visibility.SCHEDULED:
            self._moment_check()
        if self.visibility == Visibility.PASSWORD and not (self.password or has_password):
            raise CatalogRefused(_("A video with a password needs one."), field="password")

    def _moment_check(self) -> None:
        if self.publish_at is None:
            raise CatalogRefused(_("A scheduled video needs a date."), field="publish_at")
        if self.publish_at <= now():
            words = _("This moment has passed. Choose a later one, or make the video public.")
            raise CatalogRefused(words, field="publish_at")


@transaction.atomic
def visibility_set(*, by: Person, public_id: str, showing: Showing) -> Video:
    """Change who may watch, at once: every path signed before is refused from now on."""
    owned = video_owned(public_id, by=by)
    video = Video.objects.select_for_update(of=("self",)).get(pk=owned.pk)
    has_password = VideoLock.objects.filter(video=video).exists()
    showing.check(has_password=has_password)
    if video.visibility == Visibility.WITHDRAWN:
        raise CatalogRefused(_("This video was withdrawn by those who run the site."))
    _visibility_write(video, showing)
    return video


def _visibility_write(video: Video, showing: Showing) -> None:
    """Write a checked visibility on a locked video and on what hangs on it."""
    video.visibility = showing.visibility
    video.publish_at = showing.publish_at
    if showing.password:
        VideoLock.objects.update_or_create(
            video=video, defaults={"password": make_password(showing.password)}
        )
    if showing.visibility != Visibility.PASSWORD:
        VideoLock.objects.filter(video=video).delete()
    _visibility_follow(video)


def _visibility_follow(video: Video) -> None:
    """Write a video whose visibility was changed, and let everything else follow it."""
    video.audience = AUDIENCE_OF[video.visibility]
    video.updated_at = now()
    if video.visibility != Visibility.PUBLIC:
        hidden_note(video)
    _audience_flip(video)
    published_note(video)
    video.save()
    _epoch_raise(video)


def _audience_flip(video: Video) -> None:
    """Give every row that hangs on a video, of whatever domain, the audience it now has."""
    for relation in Video._meta.related_objects:
        rows = relation.related_model
        if any(column.name == "audience" for column in rows._meta.local_concrete_fields):
            where = {relation.field.name: video}
            rows._default_manager.filter(**where).update(audience=video.audience)


def published_note(video: Video) -> None:
    """Note the first moment at which the public can watch."""
    if (
        video.published_at is None
        and video.visibility == Visibility.PUBLIC
        and video.state in PLAYABLE
    ):
        video.published_at = now()
        fact_record(Fact("video.published", {"video": str(video.pk)}))


def hidden_note(video: Video) -> None:
    """Record that a video which the public could watch until now is public no more."""
    shown = Video.objects.filter(
        pk=video.pk, visibility=Visibility.PUBLIC, published_at__isnull=False
    )
    if shown.exists():
        said = {"channel": str(video.channel_id), "public_id": video.public_id}
        fact_record(Fact("video.hidden", {**said}))


def _epoch_raise(video: Video) -> None:
    """Refuse every path signed so far, on every edge, once this transaction is committed."""
    video.epoch += 1
    Video.objects.filter(pk=video.pk).update(epoch=video.epoch)
    Epoch.objects.update_or_create(video=video.public_id, defaults={"epoch": video.epoch})
    epoch_send(video.public_id, video.epoch)
    event_send(f"video:{video.public_id}", "state", state=video.state)


@transaction.atomic
def video_withdraw(*, video_id: UUID, cause: str, reason: str) -> bool:
    """Take a video off the air, for *cause*, until `video_give_back` is called for the same one.

    Its owner still sees it, with *reason*. Says whether anything changed. Who may ask for it is
    decided by `antenne.moderation`, the one caller.
    """
    video = Video.objects.select_for_update(of=("self",)).filter(pk=video_id).first()
    if video is None:
        return False
    fields = {"reason": reason[:2000]}
    _row, fresh = Withdrawal.objects.update_or_create(
        video=video,
        cause=cause,
        defaults=fields,
        create_defaults={**fields, "home": video.home, "visibility": video.visibility},
    )
    if video.visibility != Visibility.WITHDRAWN:
        video.visibility = Visibility.WITHDRAWN
        _visibility_follow(video)
        fact_record(Fact("video.withdrawn", {"video": str(video.pk)}))
    return fresh


@transaction.atomic
def video_give_back(*, video_id: UUID, cause: str) -> bool:
    """Undo the withdrawal for *cause*; with the last one the video is shown as it was before."""
    video = Video.objects.select_for_update(of=("self",)).filter(pk=video_id).first()
    row = Withdrawal.objects.filter(video_id=video_id, cause=cause).first()
    if video is None or row is None:
        return False
    before = Withdrawal.objects.filter(video=video).order_by("created_at", "pk").first()
    shown = before.visibility if before else Visibility.PRIVATE
    row.delete()
    rest = Withdrawal.objects.filter(video=video).order_by("created_at", "pk").first()
    if rest is None:
        video.visibility = shown
        _visibility_follow(video)
        fact_record(Fact("video.given_back", {"video": str(video.pk)}))
    elif rest.visibility == Visibility.WITHDRAWN:
        rest.visibility = shown
        rest.save(update_fields=["visibility"])
    return True


def videos_due_publish() -> int:
    """Make every scheduled video public whose moment has come; return how many."""
    count = 0
    for key in list(videos_due(before=now()).values_list("pk", flat=True)):
        with transaction.atomic():
            video = videos_due(before=now()).select_for_update().filter(pk=key).first()
            if video is not None:
                _due_publish(video)
                count += 1
    return count


def _due_publish(video: Video) -> None:
    """Publish as of the moment that was set, however late we look: a premiere counts from it."""
    moment, first = video.publish_at, video.published_at is None
    _visibility_write(video, Showing(visibility=Visibility.PUBLIC))
    if first and video.published_at is not None:
        Video.objects.filter(pk=video.pk).update(published_at=moment)
