"""One change to many videos: each is authorised and written by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antenne.accounts.models import Person
from antenne.catalog.models import Video
from antenne.catalog.refusals import CatalogRefused, NotFound
from antenne.catalog.selectors.sight import video_owned
from antenne.catalog.services.details import Details
from antenne.catalog.services.videos import video_edit, video_remove
from antenne.catalog.services.visibility import Showing, visibility_set
from antenne.catalog.states import Power, Visibility

MOST: Final = 200


class BulkAction(models.TextChoices):
    """What can be done to many videos at once."""

    VISIBILITY = "visibility", gettext_lazy("Change who can watch")
    CATEGORY = "category", gettext_lazy("Change the category")
    TAGS_ADD = "tags_add", gettext_lazy("Add tags")
    TAGS_REMOVE = "tags_remove", gettext_lazy("Take tags away")
    REMOVE = "remove", gettext_lazy("Delete for ever")


@dataclass(frozen=True, slots=True)
class BulkChange:
    """What to do to each video, and with which value."""

    action: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class BulkRefusal:
    """A video that was left as it was, and why; the title is empty for what is not theirs."""

    public_id: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class BulkReport:
    """What became of each video."""

    done: tuple[str, ...]
    refused: tuple[BulkRefusal, ...]


def videos_change(*, by: Person, public_ids: Iterable[str], change: BulkChange) -> BulkReport:
    """Do one thing to many videos; what cannot be done is reported, the rest is done."""
    do = _DOERS.get(change.action)
    if do is None:
        raise CatalogRefused(_("This cannot be done to many videos at once."))
    wanted = list(dict.fromkeys(public_ids))
    if len(wanted) > MOST:
        raise CatalogRefused(_("At most %(count)s videos at once.") % {"count": MOST})
    done, refused = [], []
    for public_id in wanted:
        title = ""
        try:
            video = video_owned(public_id, by=by)
            title = video.title
            do(by, video, change.value)
        except NotFound:
            reason = _("You may not do this.") if title else _("There is no such video of yours.")
            refused.append(BulkRefusal(public_id, title, reason))
        except CatalogRefused as refusal:
            refused.append(BulkRefusal(public_id, title, str(refusal)))
        else:
            done.append(public_id)
    return BulkReport(done=tuple(done), refused=tuple(refused))


def _visibility(by: Person, video: Video, value: str) -> None:
    if value not in (Visibility.PUBLIC, Visibility.UNLISTED, Visibility.PRIVATE):
        raise CatalogRefused(_("This visibility is not known."))
    if video.visibility != value:
        visibility_set(by=by, public_id=video.public_id, showing=Showing(visibility=value))


def _category(by: Person, video: Video, value: str) -> None:
    video_edit(by=by, public_id=video.public_id, details=Details(category=value))


def _tags_add(by: Person, video: Video, value: str) -> None:
    tags = (*video.tags, *value.split(","))
    video_edit(by=by, public_id=video.public_id, details=Details(tags=tags))


def _tags_remove(by: Person, video: Video, value: str) -> None:
    gone = {word.strip().removeprefix("#").lower() for word in value.split(",")}
    tags = tuple(tag for tag in video.tags if tag.lower() not in gone)
    video_edit(by=by, public_id=video.public_id, details=Details(tags=tags))


def _remove(by: Person, video: Video, _value: str) -> None:
    video_owned(video.public_id, by=by, power=Power.MANAGE)
    video_remove(by=by, public_id=video.public_id)


_DOERS: Final[dict[str, Callable[[Person, Video, str], None]]] = {
    BulkAction.VISIBILITY: _visibility,
    BulkAction.CATEGORY: _category,
    BulkAction.TAGS_ADD: _tags_add,
    BulkAction.TAGS_REMOVE: _tags_remove,
    BulkAction.REMOVE: _remove,
}
