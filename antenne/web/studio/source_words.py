"""What went wrong with a feed or one of its entries, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from antenne.pipeline.states import UploadState
from antenne.syndication.states import EntryState
from antenne.web.refusals import refusal_words

if TYPE_CHECKING:
    from antenne.pipeline.models import Upload
    from antenne.syndication.models import FeedEntry

_FAULTS: Final[dict[str, str | Promise]] = {
    "address_refused": _("This site does not read such an address."),
    "address_unreachable": _("Nothing answers at this address."),
    "took_too_long": _("The other side took too long."),
    "too_large": _("The feed is larger than this site reads."),
    "too_many_redirects": _("The address leads from one to the next without end."),
    "interrupted": _("The other side broke off."),
    "not_well_formed": _("This is no well-formed XML."),
    "declares_entities": _("The feed declares entities, which is not safe to read."),
    "no_feed": _("There is no feed at this address."),
    "http_401": _("The feed is not open to everybody."),
    "http_403": _("The feed is not open to everybody."),
    "http_404": _("There is nothing at this address."),
    "http_410": _("There is nothing at this address any more."),
}
_REASONS: Final[dict[str, str | Promise]] = {
    "no_video": _("The entry names no video."),
    "same_address": _("This video came in already."),
}


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry as the report shows it."""

    entry: FeedEntry
    state: str
    words: str


def fault_words(fault: str) -> str:
    """Return what is wrong with a feed, or nothing."""
    if not fault:
        return ""
    return str(_FAULTS.get(fault, _("The other side answers: %(said)s") % {"said": fault}))


def entry_rows(entries: Sequence[FeedEntry], uploads: Mapping[UUID, Upload]) -> list[EntryRow]:
    """Return entries with what has become of their files by now."""
    return [_row(entry, uploads) for entry in entries]


def _row(entry: FeedEntry, uploads: Mapping[UUID, Upload]) -> EntryRow:
    words = str(_REASONS.get(entry.reason, entry.reason))
    upload = uploads.get(entry.video_id) if entry.video_id else None
    if entry.state == EntryState.IMPORTED and upload is None:
        return EntryRow(entry, "removed", str(_("The video was removed.")))
    if upload is not None and upload.state == UploadState.REFUSED:
        return EntryRow(entry, "failed", str(refusal_words(upload.refusal)))
    if upload is not None and upload.state != UploadState.FINISHED:
        return EntryRow(entry, "fetching", "")
    return EntryRow(entry, entry.state, words)
