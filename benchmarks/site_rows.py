"""Fills a database with a whole site's rows, in SQL: a million take seconds, not minutes.

Row *n* of a model has a key made of the model's name and *n*, so that rows find one another
without a query; what no expression is given for takes the default of its field.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models.fields import NOT_PROVIDED

Model = type[models.Model]
# Row n is this much younger than the last, the last being a moment old.
_AGE = "(now() - make_interval(secs => ({last} - n) * 3.0))"


@dataclass(frozen=True, slots=True)
class Span:
    """The rows *first* up to, not including, *last* of a model."""

    first: int
    last: int


def key_sql(model: Model, number: str) -> str:
    """Return the SQL of the key that row *number* (an SQL expression) of *model* has.

    Keys grow with their number, as those made by the clock do.
    """
    mark = hashlib.sha256(model._meta.label.encode()).hexdigest()[:4]
    return (
        f"('{mark}' || lpad(to_hex({number}), 8, '0') || '70008000'"
        f" || substr(md5(({number})::text), 1, 12))::uuid"
    )


def key_of(model: Model, number: int) -> UUID:
    """Return the key of row *number* of *model*."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key_sql(model, str(int(number)))}")
        found: UUID = cursor.fetchone()[0]
    return found


def rows_add(model: Model, span: Span, **columns: str) -> None:
    """Insert the rows of *span*; *columns* are SQL expressions over `n`."""
    names, values = [], []
    for field in model._meta.local_concrete_fields:
        value = columns.pop(str(field.column), None) or _default_sql(model, field, span)
        if value is not None:
            names.append(f'"{field.column}"')
            values.append(value)
    if columns:
        raise ValueError(f"{model._meta.label} has no {', '.join(columns)}")
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({", ".join(names)}) '  # noqa: S608 - ours
            f"SELECT {', '.join(values)} FROM generate_series({span.first}, {span.last - 1}) AS n"
            " ON CONFLICT DO NOTHING"
        )


def _default_sql(model: Model, field: models.Field[object, object], span: Span) -> str | None:
    """Return what a field holds that nobody names: its key, a date, its default, or nothing."""
    if field.primary_key:
        return key_sql(model, "n")
    if field.db_default is not NOT_PROVIDED and not field.has_default():
        return None
    if field.null:
        return "NULL"
    if isinstance(field, models.DateTimeField):
        return _AGE.format(last=span.last)
    return "'{}'" if isinstance(field, ArrayField) else _literal(field.get_default())


def _literal(value: object) -> str:
    if isinstance(value, bool | int | float):
        return str(value).lower()
    if isinstance(value, dict | list):
        return f"'{json.dumps(value)}'"
    return f"'{value}'"


def analyze() -> None:
    """Let the planner know what there is."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
