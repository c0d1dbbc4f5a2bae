"""One comment, with its menu and the way to its answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from antenne.web.addresses import address_of
from antenne.web.community.words import comment_html as words_html
from antenne.web.components.comment_menus import menu_html
from antenne.web.components.likes import like_asking, like_html
from antenne.web.components.markup import NOTHING, markup
from antenne.web.components.pictures import avatar_html, icon_html
from antenne.web.components.times import time_html
from antenne.web.components.words import gettext as _
from antenne.web.figures import figure_short

if TYPE_CHECKING:
    from antenne.accounts.models import Person
    from antenne.community.selectors.comments import CommentSeen
    from antenne.community.selectors.places import Place

_ITEM: Final = (
    '<li class="comment{0}" id="c-{1}">{2}<div class="comment__main">{3}'
    '<div class="comment__slot" id="s-{1}"></div>{4}</div></li>\n'
)
_HEAD: Final = (
    '<p class="comment__head"><a class="comment__who" href="{}"><bdi>{}</bdi></a>{}'
    '<a class="comment__when" href="{}">{}</a>{}</p>'
)
_MUTED: Final = (
    '<details class="comment__muted"><summary>{}</summary>'
    '<div class="comment__body" dir="auto">{}</div></details>'
)
_FOLD: Final = (
    '<label class="comment__fold"><input type="checkbox" class="unseen"><span>{}</span></label>'
)
_ANSWER: Final = (
    '<a class="button button--quiet button--small" href="{0}" hx-get="{0}"'
    ' hx-target="#s-{1}">{2}</a>'
)
_MORE: Final = (
    '<a class="comment__more" href="{}" hx-get="{}" hx-target="#a-{}" hx-swap="innerHTML"'
    " data-opens>{}{}</a>"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads comments where: *alone* is a thread's page, which lists the answers itself.

    `token` is what forms of the page carry (a stranger gets none), `edge` the edge's address.
    """

    viewer: Person | None
    place: Place | None
    token: str
    edge: str
    alone: bool = False


def comment_item(seen: CommentSeen, reading: Reading) -> SafeString:
    """Return one comment as somebody reads it."""
    key = str(seen.comment.pk)
    pinned = SafeString(" comment--pinned") if seen.ruling.pinned else NOTHING
    body = _gone_html() if seen.comment.removed else _said_html(seen, key, reading)
    answers = NOTHING if seen.comment.root_id or reading.alone else _answers_html(seen, key)
    return markup(_ITEM, pinned, key, _writer_html(seen, reading), body, answers)


def _gone_html() -> SafeString:
    return markup('<p class="comment__gone">{}</p>', _("This comment was removed."))


def _writer_html(seen: CommentSeen, reading: Reading) -> SafeString:
    person = seen.comment.person
    if seen.comment.removed or person is None:
        return avatar_html("\u2013", size="small", edge=reading.edge)
    return avatar_html(person.name, size="small", edge=reading.edge, of=person)


def _said_html(seen: CommentSeen, key: str, reading: Reading) -> SafeString:
    """Return who wrote it and when, what was written, and what one may do with it."""
    pinned = markup('<p class="comment__pinned">{}{}</p>', icon_html("pin"), _("Pinned"))
    return markup(
        "{}{}{}{}{}",
        pinned if seen.ruling.pinned else NOTHING,
        _head_html(seen, key),
        NOTHING if seen.shown else _state_html(seen),
        _body_html(seen),
        _bar_html(seen, key, reading),
    )


def _head_html(seen: CommentSeen, key: str) -> SafeString:
    comment = seen.comment
    badge = markup('<span class="badge">{}</span>', _("Creator")) if seen.by_keeper else NOTHING
    return markup(
        _HEAD,
        address_of("person", comment.person.handle) if comment.person else "",
        comment.person.name if comment.person else "",
        badge,
        address_of("comment", key),
        time_html(comment.created_at),
        markup("<span>{}</span>", _("edited")) if comment.edited_at else NOTHING,
    )


def _state_html(seen: CommentSeen) -> SafeString:
    held = seen.ruling.state == "held"
    waits, hidden = _("Only you see this yet: it waits to be read."), _("Hidden by the channel.")
    return markup(
        '<p class="comment__state">{}{}</p>', icon_html("lock"), waits if held else hidden
    )


def _body_html(seen: CommentSeen) -> SafeString:
    watch_url = address_of("watch", seen.watch) if seen.watch else ""
    said = words_html(seen.comment.body, watch_url=watch_url, named=seen.named)
    if seen.muted:
        return markup(_MUTED, _("It has a word that you block"), said)
    to = NOTHING
    if seen.answers:
        address = address_of("person", seen.answers)
        to = markup('<a class="comment__to" href="{}">@{}</a> ', address, seen.answers)
    long = SafeString(" comment__body--long") if seen.long else NOTHING
    body = markup('<div class="comment__body{}" dir="auto">{}{}</div>', long, to, said)
    return body + markup(_FOLD, _("Read on")) if seen.long else body


def _bar_html(seen: CommentSeen, key: str, reading: Reading) -> SafeString:
    """Return what one may do: like it, answer it, and its menu."""
    like, answer, menu = NOTHING, NOTHING, NOTHING
    if seen.shown:
        like = _like_html(seen, key, reading)
    if reading.viewer is not None:
        if seen.shown and reading.place is not None and reading.place.open:
            answer = markup(_ANSWER, address_of("comment_answer", key), key, _("Answer"))
        menu = menu_html(seen, key, token=reading.token)
    heart = _heart_html() if seen.ruling.hearted else NOTHING
    return markup('<div class="comment__bar">{}{}{}{}</div>', like, heart, answer, menu)


def _like_html(seen: CommentSeen, key: str, reading: Reading) -> SafeString:
    if reading.viewer is None:
        here = address_of("watch", seen.watch) if seen.watch else address_of("comment", key)
        return like_asking(f"{_sign_in_url()}?next={here}", count=seen.likes)
    url = address_of("comment_like", key)
    return like_html(url, on=seen.liked, count=seen.likes, token=reading.token)


@cache
def _sign_in_url() -> str:
    return reverse("account_login")


def _heart_html() -> SafeString:
    words = _("Marked by the channel")
    pattern = '<span class="comment__heart" title="{1}">{0}<span class="unseen">{1}</span></span>'
    return markup(pattern, icon_html("heart"), words)


def _answers_html(seen: CommentSeen, key: str) -> SafeString:
    """Return the way to the answers, and where they will stand."""
    more = NOTHING
    if seen.ruling.replies:
        words = ngettext("%(shown)s answer", "%(shown)s answers", seen.ruling.replies)
        more = markup(
            _MORE,
            address_of("comment", key),
            address_of("comment_answers", key),
            key,
            icon_html("answer"),
            words % {"shown": figure_short(seen.ruling.replies)},
        )
    return markup('{}<ol class="comment__answers" id="a-{}"></ol>', more, key)
