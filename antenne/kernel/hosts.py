"""Names of machines."""

from __future__ import annotations

import ipaddress
from typing import Final
from urllib.parse import urlsplit

from antenne.kernel.environment import environment

_NEAR: Final = (".local", ".localhost", ".home.arpa")


def host_is_near(host: str) -> bool:
    """Say whether a name or address can only be of this machine or of its own network."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith(_NEAR)


def host_is_loopback(host: str) -> bool:
    """Say whether only this machine reaches a name or address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def host_is_ours(host: str) -> bool:
    """Say whether the site answers to *host*, a name with or without a port.

    That is the name in ANTENNE_PUBLIC_URL, and those of this machine and network. Where nobody has
    set a public address, it answers to every name. Raises `ValueError` for what is no name.
    """
    ours, name = environment(), host_name(f"//{host}")
    if not ours.public_url:
        return True
    return name in (host_name(ours.public_url), host_name(ours.web_url)) or host_is_near(name)


def host_name(address: str) -> str:
    """Return the name in an address as browsers send it: small letters, Punycode, no last dot.

    Raises `ValueError` for what is no address.
    """
    name = (urlsplit(address).hostname or "").removesuffix(".")
    try:
        return name if name.isascii() else name.encode("idna").decode()
    except UnicodeError:
        return name
