"""What a channel's new videos begin with."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from antenne.catalog.refusals import CatalogRefused
from antenne.catalog.selectors.channels import channel_owned
from antenne.catalog.services.details import Details
from antenne.catalog.services.visibility import Showing
from antenne.catalog.states import Commenting, Visibility

if TYPE_CHECKING:
    from antenne.accounts.models import Person
    from antenne.catalog.models import Channel, Video


@dataclass(frozen=True, slots=True)
class Defaults:
    """The choices of a new video that somebody need not make each time."""

    visibility: str = Visibility.PUBLIC
    category: str = ""
    language: str = ""
    licence: str = ""
    tags: tuple[str, ...] = ()
    commenting: str = Commenting.OPEN

    def details(self) -> Details:
        """Return those of them that are said of a video."""
        return Details(
            category=self.category,
            licence=self.licence,
            tags=self.tags,
            commenting=self.commenting,
        )


def defaults_of(channel: Channel) -> Defaults:
    """Return a channel's defaults; what was never chosen is as everywhere."""
    known = {field.name for field in fields(Defaults)}
    kept: dict[str, Any] = {key: value for key, value in channel.defaults.items() if key in known}
    return Defaults(**{**kept, "tags": tuple(kept.get("tags", ()))})


def showing_default(channel: Channel) -> Showing:
    """Return who may watch a new video of a channel."""
    return Showing(visibility=defaults_of(channel).visibility)


def defaults_write_on(video: Video) -> None:
    """Set a channel's defaults on a video that is being made."""
    defaults = defaults_of(video.channel)
    defaults.details().write(video)
    video.language = defaults.language


@transaction.atomic
def channel_defaults_set(*, by: Person, handle: str, defaults: Defaults) -> Channel:
    """Choose what a channel's new videos begin with; raise `CatalogRefused` for what is unknown."""
    channel = channel_owned(handle, by=by)
    if defaults.visibility not in (Visibility.PUBLIC, Visibility.UNLISTED, Visibility.PRIVATE):
        raise CatalogRefused(_("This visibility is not known."))
    checked = channel.videos.model(channel=channel)
    defaults.details().write(checked)
    channel.defaults = {
        **asdict(defaults),
        "language": defaults.language[:8],
        "tags": checked.tags,
    }
    channel.save(update_fields=["defaults"])
    return channel
