"""The picture of a person: read, cut, written anew, kept beside the media."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from antenne.accounts.models import Person
from antenne.accounts.refusals import AccountRefused
from antenne.ffmpeg.posters import PosterRefused, picture_read
from antenne.kernel.environment import environment
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.ids import uuid7
from antenne.kernel.storage.opening import storage_open
from antenne.kernel.storage.protocol import ObjectMissing

AVATAR_PX: Final = 320
# Pages that are open go on showing the picture before.
OUTLIVED_S: Final = 3600


def avatar_bring(*, by: Person, data: bytes) -> Person:
    """Show an image (JPEG, PNG, WebP) beside a person's name; raise `AccountRefused` for others.

    Nothing but its pixels is kept.
    """
    try:
        picture = picture_read(data, shape=Fraction(1), longest_px=AVATAR_PX)
    except PosterRefused as error:
        raise AccountRefused(_words_of(error)) from error
    path = f"avatar-{uuid7().hex}.webp"
    storage_open(environment()).put(f"media/{by.picture_folder}/{path}", picture)
    return _show(by, path)


def avatar_drop(*, by: Person) -> Person:
    """Show the initial of a person's name again."""
    return _show(by, "")


def _words_of(error: PosterRefused) -> str:
    return {
        "size": _("An image may have at most 5 megabytes."),
        "pixels": _("This image is too small or too large."),
    }.get(error.reason, _("This is not an image that can be read: send a JPEG, PNG or WebP."))


@transaction.atomic
def _show(by: Person, path: str) -> Person:
    person = Person.objects.select_for_update().get(pk=by.pk)
    before, person.avatar = person.avatar, path
    person.save(update_fields=["avatar"])
    if before:
        gone: dict[str, str | int] = {"folder": person.picture_folder, "path": before}
        fact_record(Fact("avatar.replaced", {**gone, "wait_s": OUTLIVED_S}))
    return person


def avatar_clear(*, folder: str, path: str) -> None:
    """Delete a picture that was replaced."""
    with suppress(ObjectMissing):
        storage_open(environment()).delete(f"media/{folder}/{path}")
