"""Where a network address is: country and network, from a database on this machine.

The address is asked for and forgotten; nothing here keeps one. The packaged database needs about
100 MB of memory, so it is opened on the first question, by the edge alone.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Final, Protocol

import geoip2fast
from geoip2fast.geoip2fast import GeoIPError

FILE: Final = "geoip2fast-asn-ipv6.dat.gz"
_NOWHERE: Final = "--"
_NETWORK_CHARS: Final = 64
_KNOWN: Final = "8.8.8.8"


class GeoRefused(Exception):
    """The file is no database that can be used."""


@dataclass(frozen=True, slots=True)
class Place:
    """A country (ISO 3166, empty where unknown) and the network's name."""

    country: str = ""
    network: str = ""


class Geo(Protocol):
    """Something that knows where addresses are."""

    def place(self, address: str) -> Place:
        """Return where *address* is; an empty place where nobody knows."""


class GeoTable:
    """Knows a few addresses: for tests and benchmarks."""

    def __init__(self, places: dict[str, Place]) -> None:
        self._places = places

    def place(self, address: str) -> Place:
        """Return what the table says."""
        return self._places.get(address, Place())


class GeoFile:
    """Reads the packaged database, or a newer one that the operator put into *folder*."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._open: geoip2fast.GeoIP2Fast | None = None

    @property
    def path(self) -> Path:
        """The file that is read."""
        newer = self._folder / FILE
        return newer if newer.is_file() else Path(geoip2fast.__file__).with_name(FILE)

    def place(self, address: str) -> Place:
        """Return where *address* is; an address of a closed network is nowhere."""
        try:
            known = ipaddress.ip_address(address)
        except ValueError:
            return Place()
        if isinstance(known, ipaddress.IPv6Address) and known.ipv4_mapped:
            known = known.ipv4_mapped
        if not known.is_global:
            return Place()
        found = self._database().lookup(str(known))
        country = "" if found.country_code == _NOWHERE else str(found.country_code)
        return Place(country=country, network=str(found.asn_name)[:_NETWORK_CHARS])

    def check(self) -> str:
        """Open the file and return what it says of itself; raise `GeoRefused`."""
        if not self.place(_KNOWN).country:
            raise GeoRefused(f"{self.path}: does not know {_KNOWN}")
        return str(self._database().source_info)

    def _database(self) -> geoip2fast.GeoIP2Fast:
        with self._lock:
            if self._open is None:
                self._open = _opened(self.path)
            return self._open


@cache
def _opened(path: Path) -> geoip2fast.GeoIP2Fast:
    try:
        return geoip2fast.GeoIP2Fast(verbose=False, geoip2fast_data_file=str(path))
    except (GeoIPError, OSError) as error:
        raise GeoRefused(f"{path}: {error}") from error
