"""Counts the bytes delivered: by video, by viewers' network and country, by partner.

Counted in memory and handed on once a minute in sums; an address is known for that minute and
then forgotten for the name of its network. What a kill takes along is at most one minute.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from datetime import UTC, date, datetime
from typing import Final
from urllib.parse import parse_qs, urlsplit

from antenne.edge.addresses import address_of
from antenne.edge.logs import LOGGER
from antenne.edge.replies import Problem
from antenne.edge.rsgi import Scope
from antenne.edge.spooling import Spool
from antenne.kernel.geo import Geo

EVERY_S: Final = 60.0
_ROWS_AT_ONCE: Final = 500
_MOST: Final = 50_000
_PARTNERS: Final = 200
_OTHERS: Final = "…"
_SITE: Final = re.compile(r"[a-z0-9.-]{1,64}")

# Video, address, referring page, query: as they came, so that counting costs next to nothing.
Key = tuple[str, str, str, str]
Row = tuple[str, str, str, str]
Taken = dict[Key, list[int]]


class Naming:
    """Who was sent something, in names that can be kept: networks, countries, partners."""

    def __init__(self, geo: Geo, *, region: str, public_url: str) -> None:
        self._geo = geo
        self._region = region
        self._own = _site_of(public_url)

    def key(self, video: str, address: str, *, referrer: str, host: str, query: str) -> Key:
        """Return under what an answer is counted; a page of *host* is one's own."""
        site = referrer[:200]
        if site and not self._own and _site_of(site) == _site_of(f"//{host}"):
            site = ""
        return video, address, site, query[:100]

    def records(self, taken: Taken, day: date, **more: int) -> list[bytes]:
        """Return what was sent on a day as records of the spool, without addresses."""
        sent: Counter[Row] = Counter()
        requests: Counter[Row] = Counter()
        for key, (sent_bytes, count) in taken.items():
            row = self._row(key)
            sent[row] += sent_bytes
            requests[row] += count
        kept = _partners_kept(sent)
        few, asked = _partners_few(sent, kept), _partners_few(requests, kept)
        rows = [[*row, few[row], asked[row]] for row in sorted(few)]
        head = {"k": "bytes", "day": day.isoformat(), "region": self._region, **more}
        return [
            json.dumps({**head, "rows": rows[start : start + _ROWS_AT_ONCE]}).encode()
            for start in range(0, len(rows), _ROWS_AT_ONCE)
        ]

    def _row(self, key: Key) -> Row:
        video, address, referrer, query = key
        place = self._geo.place(address)
        partner = _site_asked(query) or _site_of(referrer)
        return video, place.country, place.network, "" if partner == self._own else partner


class Delivered:
    """What was sent since it was last handed on."""

    def __init__(self, spool: Spool, geo: Geo, *, region: str, public_url: str) -> None:
        self._spool = spool
        self._naming = Naming(geo, region=region, public_url=public_url)
        self._behind_proxy = bool(public_url)
        self._sent: Taken = {}

    def add(self, scope: Scope, video: str, sent_bytes: int) -> None:
        """Count an answer whose sending has begun."""
        address = address_of(scope, behind_proxy=self._behind_proxy)
        referrer, host = scope.headers.get("referer", ""), scope.headers.get("host", "")
        query = scope.query_string
        key = self._naming.key(video, address, referrer=referrer, host=host, query=query)
        counted = self._sent.get(key)
        if counted is None:
            if len(self._sent) >= _MOST:
                key = (video, "", "", "")
            counted = self._sent.setdefault(key, [0, 0])
        counted[0] += sent_bytes
        counted[1] += 1

    async def run(self) -> None:
        """Hand on what was counted, for ever, and once more at the end."""
        try:
            while True:
                await asyncio.sleep(EVERY_S)
                await self.flush()
        finally:
            await asyncio.to_thread(self._write, self._taken())

    async def flush(self) -> None:
        """Hand on what was counted; it stays counted where there is no room for it."""
        taken = self._taken()
        try:
            await asyncio.to_thread(self._write, taken)
        except (Problem, OSError) as error:
            LOGGER.warning("delivered.kept", extra={"fields": {"reason": str(error)[:300]}})
            for key, (sent_bytes, requests) in taken.items():
                counted = self._sent.setdefault(key, [0, 0])
                counted[0] += sent_bytes
                counted[1] += requests

    def _taken(self) -> Taken:
        taken, self._sent = self._sent, {}
        return taken

    def _write(self, taken: Taken) -> None:
        if taken:
            self._spool.write(self.records(taken, datetime.now(UTC)))

    def records(self, taken: Taken, moment: datetime) -> list[bytes]:
        """Return *taken* as records of the spool, without addresses."""
        # The web, which knows the site's days, goes by the moment.
        return self._naming.records(taken, moment.date(), at=int(moment.timestamp()))


def _partners_kept(sent: Counter[Row]) -> set[str]:
    """Return the partners that keep their name: anybody can invent one."""
    partners: Counter[str] = Counter()
    for row, sent_bytes in sent.items():
        partners[row[3]] += sent_bytes
    return {partner for partner, _bytes in partners.most_common(_PARTNERS)}


def _partners_few(counted: Counter[Row], kept: set[str]) -> Counter[Row]:
    """Return the counts with all partners but those *kept* as one."""
    few: Counter[Row] = Counter()
    for row, count in counted.items():
        few[row if row[3] in kept else (*row[:3], _OTHERS)] += count
    return few


def _site_asked(query: str) -> str:
    """Return the site around our own player in another site's page, as that player says it."""
    given = parse_qs(query).get("p", [""])[0] if "p=" in query else ""
    return given if _SITE.fullmatch(given) else ""


def _site_of(address: str) -> str:
    try:
        site = (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    return site if _SITE.fullmatch(site) else ""
