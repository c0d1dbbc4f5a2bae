"""Reads of custody."""

from __future__ import annotations

import time
import zoneinfo
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from antenne.custody.models import AuditEntry, Region, SettingVersion
from antenne.custody.settings import KINDS, Setting, SiteSettings
from antenne.custody.settings.declaring import setting_read
from antenne.kernel.clock import now
from antenne.kernel.environment import environment
from antenne.kernel.sealing import text_unseal

Kept = TypeVar("Kept", bound=Setting)
SEAL = "setting"


class RegionMissing(Exception):
    """This database hosts no region yet: `antenne serve` founds it at its first start."""


def region_home() -> Region:
    """Return the region that new rows of this installation belong to."""
    region = Region.objects.filter(hosting__antenne__here=True).order_by("code").first()
    if region is None:
        raise RegionMissing
    return region


@dataclass(slots=True)
class Remembered:
    """The settings as this process last read them; read again once they have grown old."""

    fresh_s: float = 1.0
    read_at_s: float = float("-inf")
    values: dict[type[Setting], Setting] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def forget(self) -> None:
        """Read again the next time."""
        self.read_at_s = float("-inf")

    def refresh(self) -> None:
        """Read every kind at once (one query) where what is known is old."""
        if time.monotonic() - self.read_at_s < self.fresh_s:
            return
        rows = {row.key: row for row in settings_current()}
        self.values = {
            kind: setting_read(kind, rows[kind.KEY].value if kind.KEY in rows else {})
            for kind in KINDS
        }
        self.numbers = {key: row.number for key, row in rows.items()}
        self.read_at_s = time.monotonic()


REMEMBERED = Remembered()


def settings_read_again() -> None:
    """Let this process read the settings anew before it uses one."""
    REMEMBERED.forget()


def settings_current() -> QuerySet[SettingVersion]:
    """Return the newest version of every kind that was ever changed."""
    return SettingVersion.objects.order_by("key", "-number").distinct("key")


def setting_of(kind: type[Kept]) -> Kept:
    """Return the current version of a kind of setting: what others write shows within a second.

    Costs nothing, or one query for all kinds every second of a process.
    """
    REMEMBERED.refresh()
    value = REMEMBERED.values[kind]
    if not isinstance(value, kind):
        raise TypeError(kind)
    return value


def setting_number(kind: type[Setting]) -> int:
    """Return the number of the current version; 0 before the first change."""
    REMEMBERED.refresh()
    return REMEMBERED.numbers.get(kind.KEY, 0)


def site_zone() -> zoneinfo.ZoneInfo:
    """Return the time zone in which the site's days begin."""
    return zoneinfo.ZoneInfo(setting_of(SiteSettings).time_zone)


def day_begun() -> datetime:
    """Return when the site's present day began."""
    return now().astimezone(site_zone()).replace(hour=0, minute=0, second=0, microsecond=0)


def secret_of(sealed: str) -> str:
    """Return a sealed field of a setting as plain text; raise `SealBroken`."""
    return text_unseal(environment().secret, SEAL, sealed) if sealed else ""


def setting_versions(kind: type[Setting] | None = None) -> QuerySet[SettingVersion]:
    """Return every version, of one kind or of all, each with the one before it."""
    rows = SettingVersion.objects.select_related("previous")
    return rows.filter(key=kind.KEY) if kind else rows


def audit_entries(
    *, actor: UUID | None = None, subject: str = "", action: str = ""
) -> QuerySet[AuditEntry]:
    """Return what operators did, narrowed to one of them, to one thing, or to one kind of deed."""
    rows = AuditEntry.objects.all()
    if actor:
        rows = rows.filter(actor=actor)
    if subject:
        rows = rows.filter(subject=subject)
    return rows.filter(action__startswith=action) if action else rows
