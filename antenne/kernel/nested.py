"""Whole rows of several tables in the answer to one query: each is a value of it.

For the few rows of different kinds that a page shows once. A list of one kind joins what it needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import DEFAULT_DB_ALIAS
from django.db.models import F, Model
from django.db.models.functions import JSONObject

if TYPE_CHECKING:
    from collections.abc import Mapping

Row = TypeVar("Row", bound=Model)


def nested(model: type[Model], at: str = "") -> JSONObject:
    """Return a row of *model*, to whose columns *at* leads, as one value of a query."""
    columns = model._meta.local_concrete_fields
    return JSONObject(**{field.attname: F(f"{at}{field.name}") for field in columns})


def nested_read(model: type[Row], told: Mapping[str, Any]) -> Row:
    """Return the row that such a value tells."""
    columns = model._meta.local_concrete_fields
    values = [field.to_python(told[field.attname]) for field in columns]
    return model.from_db(DEFAULT_DB_ALIAS, [field.attname for field in columns], values)


def nested_found(model: type[Row], told: Mapping[str, Any] | None) -> Row | None:
    """Return the row that such a value tells; None where there is none."""
    if told is None or told[model._meta.pk.attname] is None:
        return None
    return nested_read(model, told)
