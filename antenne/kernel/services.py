"""Writes of the kernel."""

from __future__ import annotations

from antenne.kernel.models import FactDone, FactRecord


def fact_receipt(*, fact: FactRecord, handler: str) -> bool:
    """Note that *handler* is given *fact*; return False where it was given before."""
    _receipt, fresh = FactDone.objects.get_or_create(fact=fact, handler=handler)
    return fresh
