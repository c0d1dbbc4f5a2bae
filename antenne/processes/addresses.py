"""Which internet addresses an import may reach: public ones, and nothing that only we can see.

The networks are those of IANA's special-purpose address registries (RFC 6890 and its updates);
Python's own `is_global` differs from one release to the next.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

_CLOSED_IPV4: Final = {
    "unspecified": ("0.0.0.0/8",),
    "loopback": ("127.0.0.0/8",),
    "private": ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"),
    "link-local": ("169.254.0.0/16",),
    "multicast": ("224.0.0.0/4",),
    "documentation": ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"),
    "translated": ("192.88.99.0/24",),
    "reserved": ("192.0.0.0/24", "192.52.193.0/24", "198.18.0.0/15", "240.0.0.0/4"),
}
_CLOSED_IPV6: Final = {
    "unspecified": ("::/128",),
    "loopback": ("::1/128",),
    "private": ("fc00::/7",),
    "link-local": ("fe80::/10", "fec0::/10"),
    "multicast": ("ff00::/8",),
    "documentation": ("2001:db8::/32", "3fff::/20"),
    # These carry an IPv4 address inside, which whoever translates them would go to.
    "translated": ("::/96", "::ffff:0:0/96", "64:ff9b::/32", "2002::/16", "2001::/32"),
    "reserved": ("2001::/23",),
}
_GLOBAL_IPV6: Final = IPv6Network("2000::/3")
_NETWORKS: Final[list[tuple[IPv4Network | IPv6Network, str]]] = [
    *((IPv4Network(net), name) for name, nets in _CLOSED_IPV4.items() for net in nets),
    *((IPv6Network(net), name) for name, nets in _CLOSED_IPV6.items() for net in nets),
]

_WEB_PORTS: Final = frozenset({80, 443})
_FIRST_OPEN_PORT: Final = 1024
# Above 1023, browsers refuse these too: they belong to protocols that HTTP could be mistaken for
# (fetch.spec.whatwg.org, "bad port").
_BAD_PORTS: Final = frozenset(
    {1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, *range(6665, 6670)}
    | {6679, 6697, 10080}
)


def address_fault(address: str) -> str:
    """Return why this numeric address may not be reached, or nothing where it may."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unreadable"
    return _fault(parsed)


def _fault(address: IPv4Address | IPv6Address) -> str:
    for network, name in _NETWORKS:
        if address in network:
            return name
    if isinstance(address, IPv6Address) and address not in _GLOBAL_IPV6:
        return "reserved"
    return ""


def port_opens(port: int) -> bool:
    """Say whether media may come from this port: the web's two, and what is free for all."""
    return port in _WEB_PORTS or (_FIRST_OPEN_PORT <= port < 1 << 16 and port not in _BAD_PORTS)


def addresses_of(host: str, port: int) -> list[str]:
    """Return the numeric addresses of a host, as the system resolves it; raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
