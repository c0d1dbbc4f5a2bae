"""One video in a list: its picture, what lies on it, and the words beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.template.loader import render_to_string

from antenne.web.addresses import address_of
from antenne.web.components.markup import NOTHING, markup
from antenne.web.components.times import clock_words, time_html
from antenne.web.components.words import gettext as _
from antenne.web.figures import views_words

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from antenne.catalog.models import Video

_CARD: Final = """<article class="card{}">
  <div class="card__picture">{}{}</div>
  <div class="card__text">
    <h3 class="card__title"><a href="{}" dir="auto">{}</a></h3>
    <p class="card__meta">{}{}{}</p>
  </div>
</article>
"""
_ARRIVING: Final = '<span class="badge badge--live card__badge">{}</span>'
_DOT: Final = '<span class="badge__dot"></span><span class="unseen">{} </span>'
_LENGTH: Final = (
    '<span class="badge badge--on-picture card__badge">{}<span class="unseen">{} </span>{}</span>'
)


def card_html(
    video: Video,
    picture: SafeString,
    *,
    views: int = 0,
    progress: float | None = None,
    form: str = "",
    hide_channel: bool = False,
) -> SafeString:
    """Return one video of a list; *form* is empty or "row", *progress* goes from 0 to 1."""
    shape = " card--row" if form == "row" else " card--portrait" if video.portrait else ""
    return markup(
        _CARD,
        shape,
        picture,
        badges_html(video, progress),
        address_of("watch", video.public_id),
        video.title,
        NOTHING if hide_channel else channel_link(video),
        views_html(views),
        time_html(video.published_at) if video.published_at else NOTHING,
    )


def channel_link(video: Video) -> SafeString:
    """Return the name of a video's channel, leading there."""
    channel = video.channel
    address = address_of("channel", channel.handle)
    return markup('<a href="{}" dir="auto">{}</a>', address, channel.name)


def views_html(views: int) -> SafeString:
    """Return how often something was watched; nothing for never."""
    return markup("<span>{}</span>", views_words(views)) if views else NOTHING


def badges_html(video: Video, progress: float | None = None) -> SafeString:
    """Return what lies on a picture: the video's state or duration, how far one has watched it.

    A dot stands before the duration while better qualities arrive.
    """
    badge, arrives = NOTHING, video.state == "on_air"
    if arrives and not video.duration_ms:
        badge = markup(_ARRIVING, _("Arriving"))
    elif video.state != "ready" and not arrives:
        state = render_to_string("components/video_state.html", {"video": video})
        badge = markup('<span class="card__badge">{}</span>', state)
    elif video.duration_ms:
        dot = markup(_DOT, _("Arriving")) if arrives else NOTHING
        badge = markup(_LENGTH, dot, _("Duration:"), clock_words(video.duration_ms))
    return badge + _watched_html(progress) if progress else badge


def _watched_html(progress: float) -> SafeString:
    return markup(
        '<progress class="card__watched" max="1" value="{}" aria-label="{}"></progress>',
        f"{progress:.3f}",
        _("Watched so far"),
    )
