"""The avatar and the banner of a channel: read, cut, written anew, kept beside the media."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from antenne.accounts.models import Person
from antenne.catalog.models import Channel
from antenne.catalog.refusals import CatalogRefused
from antenne.catalog.selectors.channels import channel_owned
from antenne.ffmpeg.posters import PosterRefused, picture_read
from antenne.kernel.environment import environment
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.ids import uuid7
from antenne.kernel.storage.opening import storage_open
from antenne.kernel.storage.protocol import ObjectMissing

# Pages that are open go on showing the picture before.
OUTLIVED_S: Final = 3600


@dataclass(frozen=True, slots=True)
class Kind:
    """A picture that a channel may have: its column, its shape, how large it is kept."""

    column: str
    shape: Fraction
    longest_px: int


KINDS: Final = {
    "avatar": Kind("avatar", Fraction(1), 320),
    "banner": Kind("banner", Fraction(5), 2560),
}


def channel_picture_bring(*, by: Person, handle: str, kind: str, data: bytes) -> Channel:
    """Show an image (JPEG, PNG, WebP) as a channel's avatar or banner.

    Raises `NotFound` for a channel of others and `CatalogRefused` for what is no such image.
    """
    channel = channel_owned(handle, by=by)
    wanted = KINDS[kind]
    try:
        picture = picture_read(data, shape=wanted.shape, longest_px=wanted.longest_px)
    except PosterRefused as error:
        raise CatalogRefused(picture_refused_words(error)) from error
    path = f"{kind}-{uuid7().hex}.webp"
    storage_open(environment()).put(f"media/{channel.picture_folder}/{path}", picture)
    return _name(channel, column=wanted.column, path=path)


def picture_refused_words(error: PosterRefused) -> str:
    """Return why an image was refused, for people."""
    return {
        "size": _("An image may have at most 5 megabytes."),
        "pixels": _("This image is too small or too large."),
    }.get(error.reason, _("This is not an image that can be read: send a JPEG, PNG or WebP."))


def channel_picture_drop(*, by: Person, handle: str, kind: str) -> Channel:
    """Show a channel without its avatar or banner."""
    channel = channel_owned(handle, by=by)
    return _name(channel, column=KINDS[kind].column, path="")


@transaction.atomic
def _name(channel: Channel, *, column: str, path: str) -> Channel:
    row = Channel.objects.select_for_update().get(pk=channel.pk)
    before = getattr(row, column)
    setattr(row, column, path)
    row.save(update_fields=[column])
    if before:
        gone: dict[str, str | int] = {"folder": row.picture_folder, "path": before}
        fact_record(Fact("channel.picture_replaced", {**gone, "wait_s": OUTLIVED_S}))
    return row


def channel_picture_clear(*, folder: str, path: str) -> None:
    """Delete a picture that was replaced."""
    with suppress(ObjectMissing):
        storage_open(environment()).delete(f"media/{folder}/{path}")


def channel_pictures_clear(*, folder: str) -> None:
    """Delete every picture of a removed channel."""
    storage_open(environment()).delete_prefix(f"media/{folder}")
