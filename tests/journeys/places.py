"""Every address of the site with something behind it: a new page is walked without being named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from django.urls import URLPattern, URLResolver, reverse
from django.urls.converters import IntConverter

from antenne.web.urls import urlpatterns

# What stands for a parameter behind which nothing was furnished.
NOTHING: Final = "00000000-0000-7000-8000-000000000000"
# What stands for a parameter on every site, by the address's first word and the parameter.
EVERYWHERE: Final = {
    "categories:key": "music",
    "tag:key": "harbour",
    "report:kind": "video",
}
# Addresses of programs, or behind which something stands only once, or only elsewhere.
ELSEWHERE: Final = frozenset(
    {
        "hub",  # asks for parameters
        "feed",
        "feed_like_youtube",
        "feed_of",
        "feed_search",
        "feed_chapters",
        "sitemap_videos",
        "site_logo",  # a picture
        "setup",  # holds once
        "invitation",
        "account_export_fetch",
        "account_reset_password_from_key",
        "mfa_edit_webauthn",  # need a device
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_remove_webauthn",
        "openid_connect_login",  # need another site
        "openid_connect_callback",
        "notification",  # leads on
        "site_text",  # three addresses, one of them below
        "studio_caption_file",  # a file
        "download",  # a file once it is made; the page that waits for it stands below
    }
)
# What people meet without an address of its own: states, errors, searches with and without answers.
FURTHER: Final = {
    "terms": "/terms",
    "missing page": "/nothing/at/all",
    "missing video": "/v/nothing",
    "missing embed": "/embed/nothing",
    "search found": "/search?q=lighthouse",
    "search nothing": "/search?q=zzzzzz",
    "search filtered": "/search?q=lighthouse&sort=newest&duration=long",
    "watch in a playlist": "/v/{v:public_id}?list={playlists:public_id}",
    "download prepared": "/v/{v:public_id}/download?wait=1",
    **{
        f"film {name}": f"/v/{{film:{name}}}"
        for name in (
            *("long", "locked", "private", "later", "premiere", "sensitive", "refused"),
            *("removed", "withdrawn"),
        )
    },
    "embed locked": "/embed/{film:locked}",
}


def patterns() -> Iterator[URLPattern]:
    """Yield every named address of the site."""
    waiting: list[URLPattern | URLResolver] = list(urlpatterns)
    while waiting:
        found = waiting.pop(0)
        if isinstance(found, URLResolver):
            waiting[:0] = found.url_patterns
        elif found.name:
            yield found


def addresses(values: Mapping[str, str]) -> dict[str, str]:
    """Return the path of every named address, with *values* ("place:parameter") in it."""
    found = {
        str(pattern.name): _path_of(pattern, values)
        for pattern in patterns()
        if pattern.name not in ELSEWHERE
    }
    return found | {name: _filled(path, values) for name, path in FURTHER.items()}


def _path_of(pattern: URLPattern, values: Mapping[str, str]) -> str:
    first = str(pattern.pattern).lstrip("^(").partition("/")[0]
    groups = pattern.pattern.regex.groupindex
    numbers = {name: 1 for name, kind in pattern.pattern.converters.items() if _counts(kind)}
    all_values = {**EVERYWHERE, **values}
    known = {
        name: all_values.get(f"{pattern.name}:{name}", all_values.get(f"{first}:{name}", NOTHING))
        for name in groups
    }
    return reverse(str(pattern.name), kwargs={**known, **numbers})


def _counts(kind: object) -> bool:
    return isinstance(kind, IntConverter)


def _filled(path: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        path = path.replace(f"{{{name}}}", value)
    return path
