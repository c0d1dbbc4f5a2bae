"""What other sites read of a watch page: Open Graph, Twitter, schema.org."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from antenne.catalog.selectors.elsewhere import embeddable, players_leave
from antenne.catalog.states import Visibility
from antenne.custody.selectors import setting_of
from antenne.custody.settings import SiteSettings
from antenne.delivery.selectors import master_open, picture_url
from antenne.kernel.environment import environment
from antenne.syndication.oembed import frame_size
from antenne.web.prose import without_chapters
from antenne.web.structured import json_ld_script, trail
from antenne.web.viewer import edge_of

if TYPE_CHECKING:
    from antenne.catalog.models import Video
    from antenne.pipeline.chapters import Chapter

_FRAME_PX: Final = (1280, 720)
_DESCRIPTION_CHARS: Final = 200


@dataclass(frozen=True, slots=True)
class PageMeta:
    """Absolute addresses and sizes that other sites are told."""

    watch_url: str
    embed_url: str
    poster_url: str
    oembed_json_url: str
    oembed_xml_url: str
    embed_html: str
    description: str
    width_px: int
    height_px: int
    duration_s: int
    indexed: bool
    secure: bool
    json_ld: SafeString


def site_url(request: HttpRequest, path: str) -> str:
    """Return an address of ours as the world sees it."""
    public = environment().public_url
    return public + path if public else request.build_absolute_uri(path)


def embed_code(video: Video, *, embed_url: str, width_px: int, height_px: int) -> str:
    """Return the HTML that puts the player into another page; empty where that is forbidden."""
    if not embeddable(video):
        return ""
    return format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy" '
        'allow="autoplay; fullscreen; picture-in-picture" allowfullscreen></iframe>',
        embed_url,
        width_px,
        height_px,
        video.title,
    )


def page_meta(request: HttpRequest, video: Video, chapters: tuple[Chapter, ...]) -> PageMeta:
    """Return what the watch page of *video* tells other sites."""
    watch_url = site_url(request, reverse("watch", args=[video.public_id]))
    embed_url = site_url(request, reverse("embed", args=[video.public_id]))
    asked = f"{site_url(request, reverse('oembed'))}?{urlencode({'url': watch_url})}"
    poster_url = picture_url(video, edge=edge_of(request), path=video.poster)
    width_px, height_px = frame_size(video, width_px=_FRAME_PX[0], height_px=_FRAME_PX[1])
    text = " ".join(without_chapters(video.description).split()) or video.title
    return PageMeta(
        watch_url=watch_url,
        embed_url=embed_url,
        poster_url=poster_url,
        oembed_json_url=f"{asked}&format=json" if players_leave() else "",
        oembed_xml_url=f"{asked}&format=xml" if players_leave() else "",
        embed_html=embed_code(video, embed_url=embed_url, width_px=width_px, height_px=height_px),
        description=Truncator(text).chars(_DESCRIPTION_CHARS),
        width_px=width_px,
        height_px=height_px,
        duration_s=(video.duration_ms or 0) // 1000,
        indexed=video.visibility == Visibility.PUBLIC,
        secure=embed_url.startswith("https:"),
        json_ld=json_ld(
            video,
            watch_url=watch_url,
            embed_url=embed_url,
            poster_url=poster_url,
            more=_media(video, edge_of(request)) | _clips(video, watch_url, chapters),
        )
        + _trail(request, video, watch_url),
    )


def json_ld(
    video: Video,
    *,
    watch_url: str,
    embed_url: str,
    poster_url: str,
    more: dict[str, Any],
) -> SafeString:
    """Return the schema.org VideoObject as a script element; nothing in it can end the element."""
    uploaded = video.published_at or video.created_at
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": video.title,
        "description": video.description or video.title,
        "thumbnailUrl": [poster_url] if poster_url else [],
        "uploadDate": uploaded.isoformat(),
        "url": watch_url,
        **({"embedUrl": embed_url} if embeddable(video) else {}),
        "author": {"@type": "Organization", "name": video.channel.name},
        **more,
    }
    if video.duration_ms:
        data["duration"] = f"PT{video.duration_ms / 1000:g}S"
    return json_ld_script(data)


def _trail(request: HttpRequest, video: Video, watch_url: str) -> SafeString:
    """Say where the page stands: below its channel, below the site."""
    channel = video.channel
    steps = [
        (setting_of(SiteSettings).name, site_url(request, "/")),
        (channel.name, site_url(request, reverse("channel", args=[channel.handle]))),
        (video.title, watch_url),
    ]
    return json_ld_script({"@context": "https://schema.org", **trail(steps)})


def _media(video: Video, edge: str) -> dict[str, Any]:
    """Say where programs find the media, where that address is everybody's."""
    url = master_open(video, edge=edge)
    return {"contentUrl": url} if url else {}


def _clips(video: Video, watch_url: str, chapters: tuple[Chapter, ...]) -> dict[str, Any]:
    duration_s = (video.duration_ms or 0) // 1000
    ends = [*(row.start_s for row in chapters[1:]), duration_s]
    clips = [
        {
            "@type": "Clip",
            "name": row.title,
            "startOffset": row.start_s,
            "endOffset": end,
            "url": f"{watch_url}?t={row.start_s}",
        }
        for row, end in zip(chapters, ends, strict=False)
    ]
    return {"hasPart": clips} if clips else {}
