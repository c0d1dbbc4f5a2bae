"""Stage 1: a file comes in, by tus, by import or from the command line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.selectors.sight import video_owned
from antenne.catalog.services.channels import channel_default
from antenne.catalog.services.videos import video_create, video_describe
from antenne.catalog.services.visibility import Showing
from antenne.catalog.states import State
from antenne.custody.selectors import setting_of
from antenne.custody.settings import FeatureSettings, LimitsSettings
from antenne.kernel.clock import unix_s
from antenne.kernel.environment import environment
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.signing import ticket_make
from antenne.pipeline.models import Upload
from antenne.pipeline.selectors import bytes_left, upload_owned, uploads_left
from antenne.pipeline.states import UploadState

TICKET_LIFE_S = 7 * 24 * 3600
_UNBORN = (State.AWAITING, State.PROCESSING)


class UploadRefused(Exception):
    """The file may not come in; the message says why, in the person's language."""


class DayFull(UploadRefused):
    """This person has brought what one may bring in a day; tomorrow they may go on."""


@dataclass(frozen=True, slots=True)
class Begun:
    """An upload that may begin: its row, its video, and the ticket the edge asks for."""

    upload: Upload
    video: Video
    ticket: str


def upload_ticket(upload: Upload) -> str:
    """Return a fresh ticket for an upload of one's own: for what was announced, and no more."""
    announced = upload.size_bytes
    room = max(1, bytes_left(upload.person)) if announced is None else announced
    return ticket_make(
        environment().secret,
        "upload",
        {
            "upload": str(upload.pk),
            "person": str(upload.person.pk),
            "size_max": min(setting_of(LimitsSettings).upload_bytes, room),
        },
        expires_s=unix_s() + TICKET_LIFE_S,
    )


def title_from(filename: str) -> str:
    """Return a readable title made of a file's name."""
    return PurePath(filename).stem.replace("_", " ").strip() or _("Untitled")


def _room_check(person: Person, size_bytes: int | None) -> None:
    """Raise `UploadRefused` where the file is empty, too large, over the quota or one too many."""
    if uploads_left(person) == 0:
        raise DayFull(day_words())
    if size_bytes is None:
        return
    if size_bytes <= 0:
        raise UploadRefused(_("This file is empty."))
    if size_bytes > setting_of(LimitsSettings).upload_bytes:
        raise UploadRefused(_("This file is larger than this site accepts."))
    if size_bytes > bytes_left(person):
        raise UploadRefused(_("This file does not fit into what is left of your storage."))


def day_words() -> str:
    """Say that no more files come in today, in the person's language."""
    most = setting_of(LimitsSettings).daily_uploads
    words = ngettext(
        "This site takes %(count)s file a day from one person. Try again tomorrow.",
        "This site takes %(count)s files a day from one person. Try again tomorrow.",
        most,
    )
    return words % {"count": most}


@transaction.atomic
def upload_begin(
    *,
    channel: Channel,
    filename: str,
    size_bytes: int | None,
    title: str = "",
    showing: Showing | None = None,
    by: Person | None = None,
) -> Begun:
    """Announce a file: make its video and return the ticket with which its bytes may come.

    *by* is who brings it, where that is not the channel's owner; it counts into their storage.
    """
    bringing = by.pk if by else channel.person_id
    person = Person.objects.select_for_update().get(pk=bringing)
    _room_check(person, size_bytes)
    video = video_create(channel=channel, title=title or title_from(filename), showing=showing)
    upload = _upload_make(person, video, filename, size_bytes)
    return Begun(upload=upload, video=video, ticket=upload_ticket(upload))


@transaction.atomic
def upload_begin_for(
    *,
    by: Person,
    filename: str,
    size_bytes: int | None,
    handle: str = "",
    title: str = "",
    showing: Showing | None = None,
) -> Begun:
    """Announce a file for a channel in which *by* may edit, or for their first.

    That is made where there is none, and not kept where the file is refused.
    """
    channel = channel_default(person=by, handle=handle)
    return upload_begin(
        channel=channel,
        filename=filename,
        size_bytes=size_bytes,
        title=title,
        showing=showing,
        by=by,
    )


@transaction.atomic
def import_begin_for(
    *, by: Person, url: str, handle: str = "", title: str = "", showing: Showing | None = None
) -> Begun:
    """Announce an import into a channel as `upload_begin_for` does a file."""
    channel = channel_default(person=by, handle=handle)
    return import_begin(channel=channel, url=url, title=title, showing=showing, by=by)


@transaction.atomic
def upload_replace(*, by: Person, public_id: str, filename: str, size_bytes: int | None) -> Begun:
    """Announce another file for a video that keeps its address; the old one plays meanwhile."""
    person = Person.objects.select_for_update().get(pk=by.pk)
    video = video_owned(public_id, by=person)
    _room_check(person, size_bytes)
    upload = _upload_make(person, video, filename, size_bytes)
    return Begun(upload=upload, video=video, ticket=upload_ticket(upload))


def _upload_make(person: Person, video: Video, filename: str, size_bytes: int | None) -> Upload:
    upload = Upload(
        home=video.home,
        person=person,
        video=video,
        video_public_id=video.public_id,
        filename=filename[-255:],
        size_bytes=size_bytes,
    )
    upload.save(force_insert=True)
    return upload


@transaction.atomic
def upload_cancel(*, by: Person, upload_id: UUID | str) -> None:
    """Give up an upload whose bytes never all came; a video made for it alone goes too.

    Raises `UploadRefused` where every byte has come: the video itself can be removed.
    """
    upload = upload_owned(upload_id, by=by)
    video = upload.video
    if upload.state not in (UploadState.RECEIVING, UploadState.FETCHING):
        raise UploadRefused(_("This file has come in already."))
    upload.delete()
    if video is not None and video.state in _UNBORN and not video.uploads.exists():
        video.delete()


def imports_check() -> None:
    """Raise `UploadRefused` where this site fetches nothing from other addresses."""
    if not setting_of(FeatureSettings).imports:
        raise UploadRefused(_("This site does not fetch videos from other addresses."))


@transaction.atomic
def import_begin(
    *,
    channel: Channel,
    url: str,
    title: str = "",
    showing: Showing | None = None,
    by: Person | None = None,
) -> Begun:
    """Announce a file that the worker will fetch from *url*."""
    imports_check()
    begun = upload_begin(
        channel=channel,
        filename=url.rpartition("/")[2],
        size_bytes=None,
        title=title or url,
        showing=showing,
        by=by,
    )
    begun.upload.source_url = url
    begun.upload.state = UploadState.FETCHING
    begun.upload.save(update_fields=["source_url", "state"])
    described = video_describe(video_id=begun.video.pk, state=State.PROCESSING)
    fact_record(Fact("import.requested", {"upload": str(begun.upload.pk)}))
    return Begun(begun.upload, described or begun.video, begun.ticket)
