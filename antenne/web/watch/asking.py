"""What a request for a page says of whoever watches, as far as it may be counted."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.translation import get_language

from antenne.audience.services.tickets import Asker
from antenne.audience.states import Device, Source
from antenne.kernel.rate import client_address

_SITE_CHARS: Final = 64
_SITE: Final = re.compile(r"[a-z0-9.-]+")
_BOT: Final = re.compile(r"bot\b|crawl|spider|slurp|facebookexternalhit|preview", re.IGNORECASE)
_PAGES: Final = (
    ("/search", Source.SEARCH),
    ("/c/", Source.CHANNEL),
    ("/u/", Source.CHANNEL),
    ("/v/", Source.VIDEO),
    ("/playlist", Source.PLAYLIST),
    ("/subscriptions", Source.FOLLOWED),
    ("/notifications", Source.FOLLOWED),
    ("/history", Source.HISTORY),
    ("/later", Source.HISTORY),
)
_DEVICES: Final = (
    (r"smart-?tv|googletv|appletv|hbbtv|web0s|tizen|bravia|aft[a-z]\b", Device.TV),
    (r"ipad|tablet|kindle|playbook|android(?!.*mobile)", Device.TABLET),
    (r"iphone|ipod|mobile|phone", Device.PHONE),
    (r"windows nt|macintosh|x11|cros", Device.DESKTOP),
)


def asker_of(request: HttpRequest, *, embedded: bool = False) -> Asker | None:
    """Return what may be counted of whoever asks; None for a robot that says so."""
    agent = request.headers.get("User-Agent", "")[:512]
    if _BOT.search(agent):
        return None
    source, site = source_of(request, embedded=embedded)
    return Asker(
        address=client_address(request.META),
        user_agent=agent,
        language=(get_language() or "")[:8],
        device=device_of(agent),
        source=source,
        site=site,
        untracked=untracked(request),
    )


def untracked(request: HttpRequest) -> bool:
    """Say whether the browser asks not to be tracked (Sec-GPC, or DNT before it)."""
    return request.headers.get("Sec-GPC") == "1" or request.headers.get("DNT") == "1"


def device_of(agent: str) -> Device:
    """Return the class of device that a browser names itself for."""
    name = agent.lower()
    return next((device for like, device in _DEVICES if re.search(like, name)), Device.OTHER)


def source_of(request: HttpRequest, *, embedded: bool = False) -> tuple[Source, str]:
    """Return from where somebody came, and the other site where it is one."""
    site, path = _referrer(request)
    ours = request.get_host().rpartition(":")[0] or request.get_host()
    if embedded:
        return Source.EMBED, "" if site == ours else site
    if not site:
        return Source.DIRECT, ""
    if site != ours:
        return Source.EXTERNAL, site
    if path == "/":
        return Source.HOME, ""
    return next((kind for start, kind in _PAGES if path.startswith(start)), Source.OTHER), ""


def _referrer(request: HttpRequest) -> tuple[str, str]:
    try:
        parts = urlsplit(request.headers.get("Referer", "")[:2048])
        site = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return "", ""
    usable = len(site) <= _SITE_CHARS and _SITE.fullmatch(site)
    return (site, parts.path) if usable else ("", "")
