"""What one may do with a comment beyond answering and liking it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils.safestring import SafeString

from antenne.web.addresses import address_of
from antenne.web.components.likes import CARRIED
from antenne.web.components.markup import NOTHING, markup
from antenne.web.components.pictures import icon_html
from antenne.web.components.words import gettext as _

if TYPE_CHECKING:
    from antenne.community.selectors.comments import CommentSeen

_MENU: Final = (
    '<details class="menu comment__menu" data-menu>'
    '<summary class="button button--quiet button--small button--round" aria-label="{}">{}</summary>'
    '<div class="menu__list" hx-target="#c-{}" hx-swap="outerHTML">{}</div></details>'
)
_ACT: Final = (
    '<form method="post" action="{0}" hx-post="{0}"{1}>{2}{3}'
    '<button type="submit" class="menu__item"{4}>{5}{6}</button></form>'
)
_CHANGE: Final = (
    '<a class="menu__item" href="{0}" hx-get="{0}" hx-target="#s-{1}" hx-swap="innerHTML">'
    "{2}{3}</a>"
)
_REPORT: Final = '<a class="menu__item" href="{}" rel="nofollow">{}{}</a>'
_GIVEN: Final = '<input type="hidden" name="{}" value="{}">'
_ASKED: Final = ' hx-confirm="{}"'
_LIST_ANEW: Final = SafeString(' hx-target="#comments" hx-swap="innerHTML"')


def menu_html(seen: CommentSeen, key: str, *, token: str) -> SafeString:
    """Return the menu of a comment for somebody who is signed in."""
    carried = markup(CARRIED, token)
    items = [
        *(_of_writer(key, carried) if seen.mine else ()),
        *(_of_keeper(seen, key, carried) if seen.kept else ()),
        *(() if seen.mine else _of_reader(seen, key, carried)),
    ]
    return markup(_MENU, _("More"), icon_html("more"), key, SafeString("".join(items)))


def _of_writer(key: str, token: SafeString) -> tuple[SafeString, ...]:
    form, remove = address_of("comment_form", key), address_of("comment_remove", key)
    sure = markup(_ASKED, _("Remove this comment for ever?"))
    return (
        markup(_CHANGE, form, key, icon_html("edit"), _("Change")),
        markup(_ACT, remove, sure, token, NOTHING, NOTHING, icon_html("close"), _("Remove")),
    )


def _of_keeper(seen: CommentSeen, key: str, token: SafeString) -> list[SafeString]:
    """Return what whoever keeps the place decides about it."""
    acts = []
    if seen.shown and not seen.comment.root_id:
        acts.append(_pin(key, token, pinned=seen.ruling.pinned))
    if seen.shown and not seen.mine:
        acts.append(_heart(key, token, hearted=seen.ruling.hearted))
    if not seen.mine:
        acts.append(_rule(key, token, shown=seen.shown))
    return acts


def _pin(key: str, token: SafeString, *, pinned: bool) -> SafeString:
    words = _("Take the pin away") if pinned else _("Pin above all others")
    on = markup(_GIVEN, "on", "0" if pinned else "1")
    url = address_of("comment_pin", key)
    return markup(_ACT, url, _LIST_ANEW, token, on, NOTHING, icon_html("pin"), words)


def _heart(key: str, token: SafeString, *, hearted: bool) -> SafeString:
    words = _("Take the heart away") if hearted else _("Give a heart")
    on = markup(_GIVEN, "on", "0" if hearted else "1")
    url = address_of("comment_heart", key)
    return markup(_ACT, url, NOTHING, token, on, NOTHING, icon_html("heart"), words)


def _rule(key: str, token: SafeString, *, shown: bool) -> SafeString:
    words = _("Hide from everybody") if shown else _("Show to everybody")
    state = SafeString(' name="state" value="{}"'.format("hidden" if shown else "shown"))
    url = address_of("comment_rule", key)
    return markup(_ACT, url, NOTHING, token, NOTHING, state, icon_html("lock"), words)


def _of_reader(seen: CommentSeen, key: str, token: SafeString) -> tuple[SafeString, ...]:
    """Return how to meet its writer no more, and how to report it."""
    writer = seen.comment.person
    name, handle = (writer.name, writer.handle) if writer else ("", "")
    words = _("Block %(name)s? You will not read them any more.") % {"name": name}
    sure, whom = markup(_ASKED, words), markup(_GIVEN, "handle", handle)
    block, report = _block_url(), address_of("report", "comment", key)
    close = icon_html("close")
    return (
        markup(_ACT, block, sure, token, whom, NOTHING, close, _("Block this person")),
        markup(_REPORT, report, icon_html("flag"), _("Report")),
    )


@cache
def _block_url() -> str:
    return reverse("block")
