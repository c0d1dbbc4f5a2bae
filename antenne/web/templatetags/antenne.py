"""Tags and filters of our templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from antenne.accounts.selectors import sign_up_possible
from antenne.catalog import wording
from antenne.catalog.selectors.categories_shown import category_name
from antenne.delivery.selectors import channel_picture_url, picture_url, pictures_base
from antenne.web.components.cards import badges_html, card_html
from antenne.web.components.pictures import (
    CARD_SIZES,
    ROW_SIZES,
    icon_html,
    picture_html,
    poster_attributes,
)
from antenne.web.components.results import RESULT_SIZES, result_html
from antenne.web.components.selects import select_html
from antenne.web.components.times import ago_words, clock_words
from antenne.web.durations import long_words
from antenne.web.figures import figure_short, followers_words, views_words
from antenne.web.prose import prose_html, without_chapters
from antenne.web.viewer import veiled

if TYPE_CHECKING:
    from antenne.catalog.models import Channel, Video
    from antenne.web.browse.results import Result

register = template.Library()


register.simple_tag(icon_html, name="icon")
register.simple_tag(select_html, name="select_field")


@register.simple_tag
def sign_up_open() -> bool:
    """Say whether a stranger may make an account."""
    return sign_up_possible()


@register.simple_tag(takes_context=True)
def picture(context: dict[str, Any], video: Video, path: str) -> str:
    """Return the address of one of a video's pictures."""
    return picture_url(video, edge=context["edge"], path=path)


@register.simple_tag(takes_context=True)
def video_picture(
    context: dict[str, Any],
    video: Video,
    sizes: str = "",
    *,
    eager: bool = False,
    soon: bool = False,
    unveiled: bool = False,
) -> SafeString:
    """Show a video's picture; pictures that are not for everybody stay away from who asks.

    Not from those who work on it: for them it is *unveiled*.
    """
    return picture_html(
        video,
        edge=context["edge"],
        veiled=not unveiled and veiled(context["request"], video),
        sizes=sizes or CARD_SIZES,
        eager=bool(eager),
        soon=bool(soon),
    )


@register.simple_tag(takes_context=True)
def video_card(  # noqa: PLR0913 - what a card can show
    context: dict[str, Any],
    video: Video,
    *,
    views: int = 0,
    progress: float | None = None,
    form: str = "",
    hide_channel: bool = False,
    soon: bool = False,
) -> SafeString:
    """Show one video of a list."""
    sizes = ROW_SIZES if form == "row" else CARD_SIZES
    shown = video_picture(context, video, sizes, soon=soon)
    return card_html(
        video, shown, views=views, progress=progress, form=form, hide_channel=hide_channel
    )


register.simple_tag(badges_html, name="card_badges")


@register.simple_tag(takes_context=True)
def video_result(context: dict[str, Any], result: Result, *, soon: bool = False) -> SafeString:
    """Show one video that was found."""
    shown = video_picture(context, result.card.video, RESULT_SIZES, soon=soon)
    return result_html(result, shown)


@register.simple_tag(takes_context=True)
def channel_picture(context: dict[str, Any], channel: Channel, path: str) -> str:
    """Return the address of a channel's avatar or banner."""
    return channel_picture_url(channel, edge=context["edge"], path=path)


@register.simple_tag(takes_context=True)
def poster(context: dict[str, Any], video: Video, sizes: str) -> SafeString:
    """Return the attributes of an `img` that shows a poster as large as *sizes* says (CSS)."""
    return poster_attributes(video, pictures_base(video, edge=context["edge"]), sizes)


@register.simple_tag(takes_context=True)
def theme_attribute(context: dict[str, Any]) -> SafeString | str:
    """Return the attribute of the theme this browser has chosen, or nothing."""
    request = context.get("request")
    theme = request.COOKIES.get("theme", "") if request else ""
    return format_html(' data-theme="{}"', theme) if theme in {"light", "dark"} else ""


@register.filter
def clock(duration_ms: int | None) -> str:
    """Return milliseconds as `1:02:03` or `2:03`."""
    return clock_words(duration_ms or 0)


@register.filter
def figure(number: int | None) -> str:
    """Return a number as short as people say it."""
    return figure_short(number or 0)


@register.filter
def views(number: int | None) -> str:
    """Return how often something was watched, in words."""
    return views_words(number or 0)


@register.filter
def followers(number: int | None) -> str:
    """Return how many follow something, in words."""
    return followers_words(number or 0)


@register.filter
def long_duration(duration_ms: int | None) -> str:
    """Return milliseconds as people say them in figures: `3 h 20 min`."""
    return long_words(duration_ms or 0)


@register.filter
def shape(video: Video) -> str:
    """Return `portrait` or `landscape`."""
    return "portrait" if video.portrait else "landscape"


@register.filter
def rung_name(video: Video) -> str:
    """Return the best picture size as people name it: the short side and `p`."""
    side = min(video.width_px or 0, video.height_px or 0)
    return f"{side}p" if side else ""


@register.filter
def category(value: str) -> str:
    """Return what a category is called on this site."""
    return category_name(value)


register.filter("without_chapters", without_chapters)


@register.filter
def prose(text: str) -> SafeString:
    """Return plain text with its addresses and moments as links."""
    return prose_html(text)


@register.filter
def tag_key(tag: str) -> str:
    """Return a tag as its address writes it; empty where it has no letters."""
    return wording.tag_key(tag)


register.filter("ago", ago_words)
