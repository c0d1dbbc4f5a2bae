"""What a notification says, on the page and in letters, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import bidirectional

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from antenne.community.states import Kind

if TYPE_CHECKING:
    from antenne.community.models import Notification

_QUOTED_CHARS = 160
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_ISOLATE, _ISOLATE_END = "\u2068", "\u2069"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notification in words: who or what, a quotation, a path of this site."""

    title: str
    quoted: str
    path: str


def notice_of(row: Notification) -> Notice:
    """Return what a notification says in the language of whoever reads it."""
    quoted = row.comment.body if row.comment else ""
    if row.post and not row.comment:
        quoted = row.post.body
    return Notice(
        title=_title(row),
        quoted=Truncator(" ".join(quoted.split())).chars(_QUOTED_CHARS),
        path=_path(row),
    )


def _title(row: Notification) -> str:
    names = {
        "who": _isolated(row.actor.name if row.actor else _("Somebody")),
        "channel": _isolated(_place(row)),
        "title": _isolated(_subject(row)),
    }
    words = {
        Kind.VIDEO: _("%(channel)s: %(title)s"),
        Kind.POST: _("%(channel)s has published a post"),
        Kind.COMMENT: _("%(who)s commented on “%(title)s”"),
        Kind.HELD: _("A comment by %(who)s on “%(title)s” waits for you"),
        Kind.REPLY: _("%(who)s answered you under “%(title)s”"),
        Kind.MENTION: _("%(who)s mentioned you under “%(title)s”"),
        Kind.HEART: _("%(channel)s gave a heart to your comment"),
        Kind.GROUP: _group_words(row),
        Kind.TEAM: _team_words(row),
    }.get(Kind(row.kind), "")
    return words % names if words else row.note


def _isolated(name: str) -> str:
    """Return a name that does not turn the sentence around it, whichever way it is written."""
    turns = any(bidirectional(letter) in _RIGHT_TO_LEFT for letter in name)
    return f"{_ISOLATE}{name}{_ISOLATE_END}" if turns else name


def _group_words(row: Notification) -> str:
    if row.key.startswith("asked:"):
        return _("%(who)s asks to join “%(title)s”")
    return _("You are in “%(title)s” now")


def _team_words(row: Notification) -> str:
    return {
        "asked": _("%(who)s asks you into the team of “%(channel)s”"),
        "offered": _("%(who)s offers you the channel “%(channel)s”"),
        "joined": _("%(who)s is in the team of “%(channel)s” now"),
        "given": _("The channel “%(channel)s” belongs to %(who)s now"),
        "yours": _("The channel “%(channel)s” is yours now"),
    }.get(row.key.partition(":")[0], "")


def _place(row: Notification) -> str:
    if row.channel:
        return row.channel.name
    return row.group.name if row.group else _("Somebody")


def _subject(row: Notification) -> str:
    if row.kind == Kind.GROUP and row.group:
        return row.group.name
    if row.video:
        return row.video.title
    if row.post:
        return row.post.title or Truncator(row.post.body).words(6)
    return ""


def _path(row: Notification) -> str:
    if row.path:
        return row.path
    if row.kind == Kind.HELD:
        return reverse("comments_held")
    leads = (
        ("comment", row.comment_id),
        ("post", row.post and row.post.public_id),
        ("watch", row.video and row.video.public_id),
        ("group_members", row.group and row.group.handle),
    )
    found = next(((name, key) for name, key in leads if key), None)
    return reverse(found[0], args=[found[1]]) if found else reverse("notifications")
