"""One video that was found, with the words that were looked for marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from antenne.web.addresses import address_of
from antenne.web.components.cards import badges_html, channel_link, views_html
from antenne.web.components.markup import NOTHING, markup
from antenne.web.components.times import clock_words, time_html

if TYPE_CHECKING:
    from antenne.web.browse.results import MomentShown, Result

RESULT_SIZES: Final = "clamp(8.5rem, 32vw, 20rem)"
_RESULT: Final = """<article class="card result">
  <div class="card__picture">{}{}</div>
  <div class="card__text result__text">
    <h3 class="card__title result__title"><a href="{}" dir="auto">{}</a></h3>
    <p class="card__meta">{}{}{}</p>
    {}{}
  </div>
</article>
"""
_MOMENT: Final = (
    '<li><a class="result__moment" href="{}?t={}"><span class="badge tabular">{}</span>'
    '<span dir="auto">{}</span></a></li>'
)


def result_html(result: Result, picture: SafeString) -> SafeString:
    """Return a video that was found, its *picture* before it."""
    card, video = result.card, result.card.video
    address = address_of("watch", video.public_id)
    part = markup('<p class="result__part" dir="auto">{}</p>', result.part_html)
    return markup(
        _RESULT,
        picture,
        badges_html(video, card.progress),
        address,
        result.title_html,
        channel_link(video),
        views_html(card.views),
        time_html(video.published_at) if video.published_at else NOTHING,
        part if result.part_html else NOTHING,
        _moments_html(result.moments, address),
    )


def _moments_html(moments: tuple[MomentShown, ...], address: str) -> SafeString:
    """Return where the words are said; nothing where they are not."""
    rows = NOTHING.join(
        markup(_MOMENT, address, each.start_s, clock_words(each.start_ms), each.html)
        for each in moments
    )
    list_of_them = '<ul class="result__moments" aria-label="{}">{}</ul>'
    return markup(list_of_them, _("Said in it"), SafeString(rows)) if moments else NOTHING
