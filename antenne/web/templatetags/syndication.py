"""Tags that tell programs of feeds and of what a page is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from antenne.syndication.places import Scope
from antenne.syndication.selectors.feeds import feeds_announced
from antenne.web.feeds.meta import channel_meta
from antenne.web.feeds.views import place_of
from antenne.web.watch.meta import site_url

if TYPE_CHECKING:
    from collections.abc import Iterable

    from antenne.catalog.models import Channel, Video

register = template.Library()


@register.inclusion_tag("browse/_feeds.html", takes_context=True)
def feeds(context: dict[str, Any], kind: str = "site", key: str = "") -> dict[str, Any]:
    """Tell readers where the feeds of a list are."""
    request = context.get("request")
    if request is None:
        return {"feeds": ()}
    return {"feeds": feeds_announced(Scope(kind, key), place=place_of(request))}


@register.simple_tag(takes_context=True)
def canonical(context: dict[str, Any]) -> SafeString:
    """Say which address of this page programs should keep: of ours, not of whoever asked."""
    request = context.get("request")
    if request is None:
        return SafeString()
    url = site_url(request, request.get_full_path())
    return format_html('<link rel="canonical" href="{}">', url)


@register.inclusion_tag("browse/_channel_meta.html", takes_context=True)
def channel_head(
    context: dict[str, Any], channel: Channel, videos: Iterable[Video]
) -> dict[str, Any]:
    """Tell programs what the page of a channel is: address, feeds, Open Graph, schema.org."""
    meta = channel_meta(channel, videos, place=place_of(context["request"]))
    return {"meta": meta, "feeds": meta.feeds, "site_name": context.get("site_name", "")}
