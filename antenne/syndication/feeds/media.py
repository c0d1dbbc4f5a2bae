"""The elements of Media RSS (https://www.rssboard.org/media-rss) that RSS, Atom and MSN share."""

from __future__ import annotations

from antenne.syndication.feeds.items import FeedItem
from antenne.syndication.markup import Element, add, add_said

HLS_TYPE = "application/x-mpegURL"


def media_add(parent: Element, item: FeedItem) -> None:
    """Append a group with the files, the stream, the player and what is said of them."""
    group = add(parent, "media:group")
    add(group, "media:title", item.title, type="plain")
    add_said(group, "media:description", item.text)
    files_add(group, item)
    if item.embed_url:
        add(group, "media:player", url=item.embed_url)
    about_add(group, item)


def files_add(parent: Element, item: FeedItem) -> None:
    """Append a `media:content` for each file and for the stream; the first is the default."""
    files = sorted(item.files, key=lambda file: (file.medium != "video", -file.size_bytes))
    for place, file in enumerate(files):
        add(
            parent,
            "media:content",
            url=file.url,
            fileSize=file.size_bytes,
            type=file.type,
            medium=file.medium,
            expression="full",
            isDefault="true" if place == 0 else "false",
            duration=item.duration_s,
            width=file.width_px or None,
            height=file.height_px or None,
            lang=item.language,
        )
    if item.hls_url:
        add(
            parent,
            "media:content",
            url=item.hls_url,
            type=HLS_TYPE,
            medium="video",
            expression="full",
            isDefault="false" if files else "true",
            duration=item.duration_s,
            width=item.width_px or None,
            height=item.height_px or None,
            lang=item.language,
        )


def about_add(parent: Element, item: FeedItem) -> None:
    """Append picture, keywords, captions, restriction, rating and counters."""
    if item.poster_url:
        width, height = item.width_px or None, item.height_px or None
        add(parent, "media:thumbnail", url=item.poster_url, width=width, height=height)
    add_said(parent, "media:keywords", ", ".join(item.tags))
    if item.category:
        add(parent, "media:category", item.category, scheme="urn:antenne:category")
    add(parent, "media:rating", "adult" if item.sensitive else "nonadult", scheme="urn:simple")
    add(parent, "media:credit", item.author, role="author", scheme="urn:ebu")
    for caption in item.captions:
        add(parent, "media:subTitle", type="text/vtt", lang=caption.language, href=caption.url)
    relationship, countries = item.countries
    if relationship:
        words = " ".join(countries)
        add(parent, "media:restriction", words, relationship=relationship, type="country")
    add_said(parent, "media:license", item.licence)
    community = add(parent, "media:community")
    add(community, "media:statistics", views=item.views, favorites=item.likes)
