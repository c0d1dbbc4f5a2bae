"""Names of machines."""

from __future__ import annotations

import ipaddress
from typing import Final

_NEAR: Final = (".local", ".localhost", ".home.arpa")


def host_is_near(host: str) -> bool:
    """Say whether a name or address can only be of this machine or of its own network."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith(_NEAR)
