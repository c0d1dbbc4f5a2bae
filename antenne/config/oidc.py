"""Where people may have an account elsewhere (OpenID Connect), as the environment says."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit, urlunsplit

from django.utils.text import slugify


def providers_of(wish: str) -> dict[str, Any]:
    """Return the setting of allauth for `https://client:secret@issuer/path?name=Name`, by spaces.

    Raises ValueError for an address without a client.
    """
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [*map(_app_of, wish.split())]}}


def _app_of(address: str) -> dict[str, Any]:
    url = urlsplit(address)
    if url.scheme not in {"http", "https"} or not url.hostname or not url.username:
        msg = "each is an address like https://client:secret@issuer.example/path?name=Name"
        raise ValueError(msg)
    host = f"{url.hostname}:{url.port}" if url.port else url.hostname
    name = parse_qs(url.query).get("name", [url.hostname])[0]
    return {
        "provider_id": slugify(name) or slugify(url.hostname),
        "name": name,
        "client_id": unquote(url.username),
        "secret": unquote(url.password or ""),
        "settings": {"server_url": urlunsplit((url.scheme, host, url.path.rstrip("/"), "", ""))},
    }
