"""A button that likes, of a comment: small, and without a word while nobody does."""

from __future__ import annotations

from typing import Final

from django.utils.safestring import SafeString

from antenne.web.components.markup import markup
from antenne.web.components.pictures import icon_html
from antenne.web.components.words import gettext as _
from antenne.web.figures import figure_short

CARRIED: Final = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
_LIKE: Final = (
    '<form class="like" method="post" action="{0}" hx-post="{0}" hx-swap="outerHTML" data-like>{1}'
    '<input type="hidden" name="on" value="{2}">'
    '<button type="submit" class="button button--quiet button--small like__button"'
    ' aria-pressed="{3}">{4}<span class="unseen">{5} </span>'
    '<span class="like__count tabular" data-count="{6}">{7}</span></button></form>'
)


_ASKING: Final = (
    '<div class="like"><a class="button button--quiet button--small like__button" href="{}"'
    ' rel="nofollow">{}<span class="unseen">{} </span>'
    '<span class="like__count tabular">{}</span></a></div>'
)


def like_asking(url: str, *, count: int) -> SafeString:
    """Return what leads a stranger to sign in, at *url*: a form's token would be theirs alone."""
    shown = figure_short(count) if count else ""
    return markup(_ASKING, url, icon_html("like"), _("Like"), shown)


def like_html(url: str, *, on: bool, count: int, token: str) -> SafeString:
    """Return the button; its form carries *token*."""
    return markup(
        _LIKE,
        url,
        markup(CARRIED, token),
        "0" if on else "1",
        "true" if on else "false",
        icon_html("like"),
        _("Like"),
        count,
        figure_short(count) if count else "",
    )
