"""How often somebody may do something: counted in one place, for all processes together.

Pages and API alike call `rate_spend` before the costly or guessable thing. The count is one row
a subject (the generic cell rate algorithm, ITU-T I.371 annex A): the moment at which everything
spent so far is forgotten again. The subject is kept as a keyed hash, so the table names nobody.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.db import connection

from antenne.kernel.clock import now
from antenne.kernel.environment import environment
from antenne.kernel.models import RateCount
from antenne.kernel.signing import subkey

_IPV6_SITE_BITS = 64  # one household or machine holds a whole /64


@dataclass(frozen=True, slots=True)
class Rate:
    """At most *limit* at once, and as many again in each *window_s* seconds; *name* is its own."""

    name: str
    limit: int
    window_s: int


class RateExceeded(Exception):
    """Too often; it may be tried again after `retry_after_s` seconds."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(f"{retry_after_s} s")
        self.retry_after_s = retry_after_s


_SPEND = """
    INSERT INTO kernel_ratecount AS kept (key, free_at)
    VALUES (%(key)s, %(now)s + %(step)s::interval)
    ON CONFLICT (key) DO UPDATE SET free_at = GREATEST(kept.free_at, %(now)s) + %(step)s::interval
    WHERE GREATEST(kept.free_at, %(now)s) + %(step)s::interval <= %(now)s + %(window)s::interval
    RETURNING free_at
"""


def rate_spend(rate: Rate, subject: str) -> None:
    """Count one of *rate* for *subject* (one query); raise `RateExceeded` where it is one too many.

    Call it outside a transaction that may be rolled back: its count would be forgotten with it.
    """
    moment = now()
    step_s = rate.window_s / rate.limit
    key = _key(rate, subject)
    values: dict[str, str | datetime] = {
        "key": key,
        "now": moment,
        "step": f"{step_s} s",
        "window": f"{rate.window_s} s",
    }
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, values)
        if cursor.fetchone():
            return
    kept = RateCount.objects.filter(key=key).first()
    used_s = (kept.free_at - moment).total_seconds() if kept else 0.0
    raise RateExceeded(max(1, ceil(used_s + step_s - rate.window_s)))


def _key(rate: Rate, subject: str) -> str:
    message = f"{rate.name}\n{subject}".encode(errors="surrogatepass")
    return hmac.digest(subkey(environment().secret, "rate"), message, hashlib.sha256).hex()


def client_address(meta: Mapping[str, object]) -> str:
    """Return the network address that a request is counted under, from its WSGI variables.

    Behind a proxy (ANTENNE_PUBLIC_URL is set) it is the last one in X-Forwarded-For: the one
    that our own proxy wrote. An IPv6 address counts as its /64.
    """
    address = str(meta.get("REMOTE_ADDR") or "")
    if environment().public_url:
        forwarded = str(meta.get("HTTP_X_FORWARDED_FOR") or "")
        address = forwarded.rpartition(",")[2].strip() or address
    try:
        found = ipaddress.ip_address(_without_port(address))
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found.packed, _IPV6_SITE_BITS), strict=False))


def _without_port(address: str) -> str:
    """Return an address as some proxies write it (`192.0.2.1:443`, `[2001:db8::1]:443`) alone."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address
