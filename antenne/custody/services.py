"""Writes of custody."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from antenne.custody.models import Antenne, AuditEntry, Hosting, Region, SettingVersion
from antenne.custody.selectors import REMEMBERED, SEAL, setting_of
from antenne.custody.settings import KINDS, PrivacySettings, Setting, SettingRefused
from antenne.custody.settings.declaring import (
    faults_of,
    sealed_fields,
    setting_read,
    setting_stored,
)
from antenne.kernel.clock import now
from antenne.kernel.environment import environment
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.sealing import is_sealed, text_seal

_FIRST_DIGIT = "0"
_HIDDEN = "••••"
_REASON_MAX_CHARS = 500
_FORGET_AT_ONCE = 5_000
Kept = TypeVar("Kept", bound=Setting)


@transaction.atomic
def region_found(*, code: str, name: str) -> Region:
    """Make the region and the antenne that host this database, on its first start.

    Running it again changes nothing: a region is never renamed by configuration.
    """
    hosting = Hosting.objects.select_related("region").filter(antenne__here=True).first()
    if hosting:
        return hosting.region
    region = Region.objects.create(code=code, digit=_FIRST_DIGIT, name=name)
    antenne = Antenne.objects.create(name=name, here=True)
    Hosting.objects.create(antenne=antenne, region=region)
    return region


def setting_write(*, value: Kept, by: UUID | None, reason: str = "", on: int | None = None) -> Kept:
    """Keep *value* as a new version of its kind and return it; what is unchanged writes nothing.

    *on* is the number of the version that the person saw. Raises `SettingRefused` where a field
    is wrong, or where somebody has changed the setting since.
    """
    faults = faults_of(value)
    if faults:
        raise SettingRefused(faults)
    written = _version_write(value=_sealed(value), by=by, reason=reason, on=on)
    REMEMBERED.forget()
    return written


@transaction.atomic
def _version_write(*, value: Kept, by: UUID | None, reason: str, on: int | None) -> Kept:
    latest = _version_latest_locked(value.KEY)
    number = latest.number if latest else 0
    if on is not None and on != number:
        words = _("Somebody has changed this meanwhile. Look at it again; nothing was written.")
        raise SettingRefused({"": words})
    before = setting_stored(setting_read(type(value), latest.value if latest else {}))
    after = setting_stored(value)
    if after == before:
        return value
    row = SettingVersion(
        key=value.KEY,
        number=number + 1,
        value=after,
        author=by,
        reason=reason.strip()[:_REASON_MAX_CHARS],
        signatures=[{"party": "operator", "by": str(by or ""), "at": now().isoformat()}],
        previous=latest,
    )
    row.save(force_insert=True)
    changed = {name for name in after if after[name] != before[name]}
    audit_note(
        by=by,
        act=Act("setting.changed", "setting", value.KEY, shown=str(value.LABEL)),
        before=_shown(value, before, changed),
        after=_shown(value, after, changed),
        reason=reason,
    )
    fact_record(Fact("setting.changed", {"key": value.KEY, "number": row.number}))
    transaction.on_commit(REMEMBERED.forget)
    return value


def _version_latest_locked(key: str) -> SettingVersion | None:
    """Return the newest version; until this transaction ends nobody else writes one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"setting:{key}"])
    return SettingVersion.objects.filter(key=key).order_by("-number").first()


def _sealed(value: Kept) -> Kept:
    plain = {
        name: text
        for name in sealed_fields(type(value))
        if (text := getattr(value, name)) and not is_sealed(text)
    }
    secret = environment().secret
    sealed = {name: text_seal(secret, SEAL, text) for name, text in plain.items()}
    return dataclasses.replace(value, **sealed) if sealed else value


def _shown(value: Setting, stored: Mapping[str, object], names: set[str]) -> dict[str, object]:
    """Return the fields *names* of a stored version as a log may show them: without secrets."""
    secret = sealed_fields(type(value))
    return {
        name: (_HIDDEN if stored[name] else "") if name in secret else stored[name]
        for name in sorted(names)
    }


def setting_restore(*, version_id: UUID, by: UUID | None, reason: str) -> Setting:
    """Write what a setting said in an older version as a new one; raise `SettingRefused`."""
    row = SettingVersion.objects.get(pk=version_id)
    kind = next(kind for kind in KINDS if row.key == kind.KEY)
    return setting_write(value=setting_read(kind, row.value), by=by, reason=reason)


@dataclass(frozen=True, slots=True)
class Act:
    """What an operator did (`noun.verbed`), to which thing, and what that is called."""

    action: str
    subject_kind: str
    subject: str
    shown: str = field(default="", kw_only=True)


def audit_note(
    *,
    by: UUID | None,
    act: Act,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    """Note what somebody who runs the site did, in the transaction that does it."""
    entry = AuditEntry(
        actor=by,
        action=act.action,
        subject_kind=act.subject_kind,
        subject=act.subject,
        shown=act.shown[:200],
        before=dict(before or {}),
        after=dict(after or {}),
        reason=reason.strip()[:_REASON_MAX_CHARS],
    )
    entry.save(force_insert=True)


def audit_unname(*, subject: str) -> None:
    """Take out of the log who it was that has left; what was done, when and by whom stays."""
    AuditEntry.objects.filter(subject=subject).update(subject="", shown="")


def audit_forget() -> int:
    """Delete what the log has kept for its time, in small transactions; return how many rows."""
    edge = now() - timedelta(days=setting_of(PrivacySettings).audit_days)
    gone = 0
    while True:
        old = AuditEntry.objects.filter(created_at__lt=edge).order_by("created_at")
        keys = list(old.values_list("pk", flat=True)[:_FORGET_AT_ONCE])
        if not keys:
            return gone
        gone += AuditEntry.objects.filter(pk__in=keys).delete()[0]
