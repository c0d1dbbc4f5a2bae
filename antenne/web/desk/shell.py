"""The frame of every page of the desk: what there is, and where something waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from antenne.custody.settings import KINDS
from antenne.moderation.selectors.overview import Waiting, waiting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from antenne.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the side navigation; `count` is what waits there."""

    label: str | Promise
    url: str
    current: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading."""

    label: str | Promise
    entries: tuple[Entry, ...]


def desk_render(
    request: HttpRequest,
    operator: Person,
    template: str,
    context: Mapping[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a page of the desk in its frame."""
    shown = {**(context or {}), "groups": groups(request.path, waiting(by=operator))}
    return render(request, f"desk/{template}", shown, status=status)


def groups(path: str, waits: Waiting) -> tuple[Group, ...]:
    """Return the side navigation as the page at *path* shows it."""

    def entry(label: str | Promise, name: str, count: int = 0, *args: str) -> Entry:
        url = reverse(name, args=args)
        here = path == url or (name != "desk" and path.startswith(url + "/"))
        return Entry(label, url, here, count)

    now = (
        entry(_("Overview"), "desk"),
        entry(_("Reports"), "desk_reports", waits.reports),
        entry(_("Appeals"), "desk_appeals", waits.appeals),
        entry(_("Sign-ups"), "desk_joining", waits.sign_ups),
    )
    here = (
        entry(_("People"), "desk_people"),
        entry(_("Channels"), "desk_channels"),
        entry(_("Videos"), "desk_videos"),
        entry(_("Comments"), "desk_comments"),
    )
    machinery = (
        entry(_("Jobs"), "desk_jobs", waits.failed_jobs),
        entry(_("Storage"), "desk_storage"),
        entry(_("Delivery"), "desk_delivery"),
        entry(_("Webhooks"), "desk_webhooks"),
    )
    settings = tuple(entry(kind.LABEL, "desk_setting", 0, kind.KEY) for kind in KINDS)
    records = (
        entry(_("Decisions"), "desk_decisions"),
        entry(_("Changes of settings"), "desk_versions"),
        entry(_("Log"), "desk_log"),
    )
    return (
        Group(_("Now"), now),
        Group(_("What is here"), here),
        Group(_("Machinery"), machinery),
        Group(_("Settings"), settings),
        Group(_("Records"), records),
    )
