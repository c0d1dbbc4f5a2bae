"""Settings: what each says now, every version, writing one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import File, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from antenne.accounts.selectors import operator_check
from antenne.api.problems import Problem
from antenne.api.v1.callers import ApiRequest
from antenne.api.v1.desk.overview import ChangeOut, change_out
from antenne.api.v1.desk.people import Reason, ReasonAsked
from antenne.api.v1.fields import Asked, Email, Text
from antenne.api.v1.schemas import Listed
from antenne.custody.logos import LOGO_MAX_BYTES
from antenne.custody.selectors import setting_number, setting_of
from antenne.custody.settings import KINDS, Setting, SiteSettings
from antenne.moderation.selectors.settings import Version, kind_of, setting_shown, versions_page
from antenne.moderation.services.settings import (
    logo_set,
    mail_test,
    setting_return,
    setting_values_change,
)

router = Router(tags=["desk"])
Logo = Literal["logo", "logo_dark", "icon"]


class SettingAsked(Asked):
    """Fields to change, those that are left out stay; `on` is the number that one has read."""

    value: dict[str, Any] = Field(max_length=100)
    on: int | None = Field(default=None, ge=0, le=2**31 - 1)
    reason: Reason = ""


class TryAsked(Asked):
    """Where to."""

    address: Email


class SettingOut(Schema):
    """One kind of setting; secrets are empty, or `••••` where there is one."""

    key: str
    label: str
    number: int = Field(description="Of the version that holds; 0 before the first change.")
    value: dict[str, Any]


class VersionsAsked(Schema):
    """Which page of versions."""

    cursor: Text = Field(default="", max_length=300, description="`next_cursor` of the page before")


class VersionOut(Schema):
    """One version of a setting, and what it changed."""

    id: UUID
    key: str
    number: int
    current: bool
    author: str
    reason: str
    changes: list[ChangeOut]
    created_at: datetime


def _kind(request: ApiRequest, key: str) -> type[Setting]:
    operator_check(request.auth.person)
    kind = kind_of(key)
    if kind is None:
        raise Problem("not-found")
    return kind


def _out(kind: type[Setting]) -> SettingOut:
    return SettingOut(
        key=kind.KEY,
        label=str(kind.LABEL),
        number=setting_number(kind),
        value=setting_shown(setting_of(kind)),
    )


def _version_out(version: Version) -> VersionOut:
    return VersionOut(
        id=version.id,
        key=version.kind.KEY,
        number=version.number,
        current=version.current,
        author=version.author,
        reason=version.reason,
        changes=[change_out(change) for change in version.changes],
        created_at=version.created_at,
    )


@router.get("/settings", response=list[SettingOut])
def desk_settings(request: ApiRequest) -> list[SettingOut]:
    """List every kind of setting with what it says now."""
    operator_check(request.auth.person)
    return [_out(kind) for kind in KINDS]


@router.get("/settings/{key}", response=SettingOut)
def desk_setting(request: ApiRequest, key: str) -> SettingOut:
    """Read a setting."""
    return _out(_kind(request, key))


@router.patch("/settings/{key}", response=SettingOut)
def desk_setting_change(request: ApiRequest, key: str, asked: SettingAsked) -> SettingOut:
    """Write a new version of a setting; it holds everywhere within seconds."""
    kind = _kind(request, key)
    by = request.auth.person
    setting_values_change(by=by, kind=kind, values=asked.value, reason=asked.reason, on=asked.on)
    return _out(kind)


@router.post("/mail/try", response={204: None})
def desk_mail_try(request: ApiRequest, asked: TryAsked) -> Status[None]:
    """Send a letter that says nothing, to see whether it arrives."""
    mail_test(by=request.auth.person, address=asked.address)
    return Status(204, None)


@router.post("/logos/{field}", response=SettingOut)
def desk_logo(
    request: ApiRequest,
    field: Logo,
    file: Annotated[UploadedFile, File(description="PNG, JPEG, WebP or SVG")],
) -> SettingOut:
    """Show an image as the site's logo, the one for dark pages, or its icon."""
    if (file.size or 0) > LOGO_MAX_BYTES:
        raise Problem("too-large")
    if not file.size:
        raise Problem("invalid")
    logo_set(by=request.auth.person, field=field, data=file.read())
    return _out(SiteSettings)


@router.delete("/logos/{field}", response=SettingOut)
def desk_logo_drop(request: ApiRequest, field: Logo) -> SettingOut:
    """Show the name of the site, or the usual icon, again."""
    logo_set(by=request.auth.person, field=field, data=b"")
    return _out(SiteSettings)


@router.get("/settings/{key}/versions", response=Listed[VersionOut])
def desk_setting_versions(
    request: ApiRequest, key: str, asked: Annotated[VersionsAsked, Query()]
) -> Listed[VersionOut]:
    """List the versions of a setting, the latest first."""
    kind, by = _kind(request, key), request.auth.person
    rows, after = versions_page(by=by, key=kind.KEY, cursor=asked.cursor)
    return Listed(items=[_version_out(row) for row in rows], next_cursor=after or None)


@router.post("/versions/{uuid:version_id}/restore", response=SettingOut)
def desk_version_restore(request: ApiRequest, version_id: UUID, asked: ReasonAsked) -> SettingOut:
    """Write again what an older version said, as a new version."""
    by = request.auth.person
    return _out(type(setting_return(by=by, version_id=version_id, reason=asked.reason)))
