"""Regions and the antennes that host them."""

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
