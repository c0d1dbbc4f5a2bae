"""Settings as operators see them: every version, and what each changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from antenne.accounts.models import Person
from antenne.accounts.selectors import operator_check
from antenne.custody.models import SettingVersion
from antenne.custody.selectors import setting_number, setting_versions
from antenne.custody.settings import KINDS, Setting
from antenne.custody.settings.declaring import (
    abouts_of,
    sealed_fields,
    setting_read,
    setting_stored,
)
from antenne.kernel.pagination import Page, page_of

HIDDEN = "••••"


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a setting, and how it differs from the one before."""

    id: UUID
    kind: type[Setting]
    number: int
    current: bool
    author: str
    reason: str
    created_at: datetime
    changes: tuple[Change, ...]


def kind_of(key: str) -> type[Setting] | None:
    """Return the kind of setting that *key* names."""
    return next((kind for kind in KINDS if key == kind.KEY), None)


def setting_shown(value: Setting) -> dict[str, object]:
    """Return what a setting says, by field; its secrets only as far as that there is one."""
    shown: dict[str, object] = {**setting_stored(value)}
    for name in sealed_fields(type(value)):
        shown[name] = HIDDEN if shown[name] else ""
    return shown


def versions_page(*, by: Person, key: str = "", cursor: str = "") -> tuple[list[Version], str]:
    """Return a page of versions, newest first, and the cursor of the next; raise `NotAllowed`."""
    operator_check(by)
    kind = kind_of(key)
    rows = setting_versions(kind).filter(key__in=[kind.KEY for kind in KINDS])
    page: Page[SettingVersion] = page_of(rows, by="created_at", cursor=cursor, size=30)
    authors = people_named({row.author for row in page.rows if row.author})
    return [_version(row, authors) for row in page.rows], page.next_cursor


def people_named(keys: set[UUID]) -> dict[UUID, str]:
    """Return the handles of people, by key (one query)."""
    return dict(Person.objects.filter(pk__in=keys).values_list("pk", "handle"))


def _version(row: SettingVersion, authors: dict[UUID, str]) -> Version:
    kind = kind_of(row.key)
    if kind is None:
        raise LookupError(row.key)
    return Version(
        id=row.pk,
        kind=kind,
        number=row.number,
        current=row.number == setting_number(kind),
        author=authors.get(row.author, "") if row.author else "",
        reason=row.reason,
        created_at=row.created_at,
        changes=_changes(kind, row),
    )


def _changes(kind: type[Setting], row: SettingVersion) -> tuple[Change, ...]:
    before = setting_stored(setting_read(kind, row.previous.value if row.previous else {}))
    after = setting_stored(setting_read(kind, row.value))
    secret = sealed_fields(kind)
    return tuple(
        Change(
            str(about.label),
            HIDDEN if name in secret else value_words(before[name]),
            HIDDEN if name in secret else value_words(after[name]),
        )
        for name, about in abouts_of(kind).items()
        if before[name] != after[name]
    )


def value_words(value: object) -> str:
    """Return a stored value as people read it."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return "\n".join(f"{key}: {text}" for key, text in value.items() if text)
    return str(value)
