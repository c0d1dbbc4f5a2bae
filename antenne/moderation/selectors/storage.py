"""How much room everything takes, by kind, and who takes most."""

from __future__ import annotations

import shutil
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from antenne.accounts.models import Person
from antenne.accounts.selectors import operator_check
from antenne.kernel.environment import environment
from antenne.pipeline.models import Chunk, Upload
from antenne.pipeline.states import UploadState

_TOP = 10


@dataclass(frozen=True, slots=True)
class Share:
    """What one kind of thing takes."""

    label: str | Promise
    count: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Keeper:
    """What one person keeps."""

    handle: str
    files: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Room:
    """The store, the disk, the database and who fills them."""

    place: str
    disk_total_bytes: int
    disk_free_bytes: int
    reserve_bytes: int
    shares: tuple[Share, ...]
    keepers: tuple[Keeper, ...]

    @property
    def used_share(self) -> float:
        """Return how full the disk is, 0 to 1."""
        return 1 - self.disk_free_bytes / self.disk_total_bytes


def room(*, by: Person) -> Room:
    """Return how much room everything takes; raise `NotAllowed`."""
    operator_check(by)
    ours = environment()
    disk = shutil.disk_usage(ours.home)
    return Room(
        place=ours.storage or str(ours.home / "objects"),
        disk_total_bytes=disk.total,
        disk_free_bytes=disk.free,
        reserve_bytes=ours.disk_reserve_bytes,
        shares=_shares(),
        keepers=_keepers(),
    )


def _shares() -> tuple[Share, ...]:
    sources = Upload.objects.filter(state=UploadState.FINISHED).aggregate(
        count=Count("pk"), size=Sum("size_bytes")
    )
    chunks = Chunk.objects.aggregate(count=Count("pk"), size=Sum("size_bytes"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        row = cursor.fetchone()
    return (
        Share(_("Files as they came in"), sources["count"], sources["size"] or 0),
        Share(_("Encoded for watching"), chunks["count"], chunks["size"] or 0),
        Share(_("Database"), 1, int(row[0]) if row else 0),
    )


def _keepers() -> tuple[Keeper, ...]:
    rows = (
        Upload.objects.filter(state=UploadState.FINISHED)
        .values("person__handle")
        .annotate(files=Count("pk"), size=Sum("size_bytes"))
        .order_by("-size")[:_TOP]
    )
    return tuple(Keeper(row["person__handle"], row["files"], row["size"] or 0) for row in rows)
