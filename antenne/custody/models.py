"""Regions, the antennes that host them, settings and what operators did."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7


class Region(models.Model):
    """A jurisdiction. It stands on rows as `home` and changes by a handover only."""

    code = models.CharField(primary_key=True, max_length=8)
    digit = models.CharField(max_length=2, unique=True)
    name = models.CharField(max_length=80)

    def __str__(self) -> str:
        """Return the code."""
        return self.code


class Antenne(models.Model):
    """An installation; it hosts one or more regions."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80)
    here = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)

    class Meta:
        """This database belongs to one antenne."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["here"], condition=models.Q(here=True), name="custody_antenne_one_here"
            ),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Hosting(models.Model):
    """Which antenne hosts which region."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    antenne = models.ForeignKey(Antenne, on_delete=models.PROTECT)
    region = models.OneToOneField(Region, on_delete=models.PROTECT)

    def __str__(self) -> str:
        """Return the region's code."""
        return self.region_id


class SettingVersion(models.Model):
    """One version of one kind of setting; a change is a new row, never an update.

    `author` is a person's key (people stand above custody). Secrets in `value` are sealed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=32)
    number = models.PositiveIntegerField()
    value = models.JSONField()
    author = models.UUIDField(null=True)
    reason = models.CharField(max_length=500, blank=True, db_default="")
    # Rows of {"party", "by", "at"}: the default charter has one party, so one click signs.
    signatures = models.JSONField(default=list)
    previous = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)

    class Meta:
        """Versions of a kind are numbered: of two changes at once one is refused."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "number"], name="custody_setting_once"),
        ]

    def __str__(self) -> str:
        """Return the kind and the number."""
        return f"{self.key} {self.number}"


class AuditEntry(models.Model):
    """What somebody who runs the site did: written with the deed, changed only to forget a name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    actor = models.UUIDField(null=True)
    action = models.CharField(max_length=48)
    subject_kind = models.CharField(max_length=24)
    subject = models.CharField(max_length=64)
    # What it is called, for those who read the log after it is gone.
    shown = models.CharField(max_length=200, blank=True, db_default="")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True, db_default="")
    created_at = models.DateTimeField(default=now)

    class Meta:
        """Read by time, by who did it and by what it was done to."""

        indexes: ClassVar = [
            models.Index(fields=["-created_at", "-id"], name="custody_audit_newest"),
            models.Index(fields=["subject", "-created_at"], name="custody_audit_of_subject"),
            models.Index(fields=["actor", "-created_at"], name="custody_audit_of_actor"),
        ]

    def __str__(self) -> str:
        """Return what was done."""
        return self.action
