"""Counters of public things: views, likes, comments, followers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from antenne.catalog.states import TallyKind
from antenne.kernel.ids import uuid7


class Tally(models.Model):
    """How often something happened to one thing; written by its home only, summed for display."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.UUIDField()
    home = models.CharField(max_length=8)
    kind = models.CharField(max_length=12, choices=TallyKind)
    value = models.BigIntegerField(db_default=0, default=0)

    class Meta:
        """One row for a thing, a kind and a home; the best of a kind are found by its value."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "kind", "home"], name="catalog_tally_once"),
        ]

    def __str__(self) -> str:
        """Return what is counted, and how far."""
        return f"{self.kind} {self.value}"
