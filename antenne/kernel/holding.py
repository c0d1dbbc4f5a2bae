"""Holding a row for its removal, in the order in which background work holds what hangs on it.

Django deletes from the leaves to the root. A worker that holds a stream and writes its renditions
goes the other way: each then waits for the other, and PostgreSQL ends one of them a second later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import CASCADE, Model

if TYPE_CHECKING:
    from django.db.models import ForeignObjectRel


def row_hold(row: Model) -> None:
    """Wait for the rows that hang on *row* and have rows of their own, then for the row itself."""
    for relation in _removed_with(type(row)):
        branch = relation.related_model
        if _removed_with(branch):
            rows = branch._base_manager.filter(**{relation.field.name: row}).order_by("pk")
            list(rows.select_for_update().values_list("pk"))
    list(type(row)._base_manager.filter(pk=row.pk).select_for_update().values_list("pk"))


def _removed_with(model: type[Model]) -> list[ForeignObjectRel]:
    """Return the relations whose rows a removed row of *model* takes along."""
    return [one for one in model._meta.related_objects if one.on_delete is CASCADE]
