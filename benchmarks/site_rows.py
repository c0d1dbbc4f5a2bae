"""Fills a database with a whole site's rows, in SQL: a million take seconds, not minutes.

Row *n* of a model has a key made of the model's name and *n*, so that rows find one another
without a query; what no expression is given for takes the default of its field. Indexes that
only make reading fast are taken away before and made again after.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models.fields import NOT_PROVIDED

Model = type[models.Model]
# Row n is this much younger than the last, the last being a moment old: the site is a year old.
_AGE = "(now() - make_interval(secs => ({rows} - s.n) * 31536000.0 / {rows}))"
_INDEXES = """
    SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i
    JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
    JOIN pg_namespace s ON s.oid = t.relnamespace
    WHERE s.nspname = 'public' AND t.relkind = 'r' AND NOT i.indisunique
    ORDER BY c.relname
"""


def key_sql(model: Model, number: str) -> str:
    """Return the SQL of the key that row *number* (an SQL expression) of *model* has.

    Keys grow with their number, as those made by the clock do.
    """
    mark = hashlib.sha256(model._meta.label.encode()).hexdigest()[:4]
    return (
        f"('{mark}' || lpad(to_hex({number}), 8, '0') || '70008000'"
        f" || substr(md5(({number})::text), 1, 12))::uuid"
    )


def age_sql(rows: int) -> str:
    """Return the SQL of when row `s.n` of *rows* was made."""
    return _AGE.format(rows=rows)


def rows_add(model: Model, rows: int, joined: str = "", **columns: str) -> None:
    """Insert *rows* rows; *columns* are SQL expressions over `s.n` and what is *joined* to it."""
    names, values = [], []
    for field in model._meta.local_concrete_fields:
        value = columns.pop(str(field.column), None) or _default_sql(model, field, rows)
        if value is not None:
            names.append(f'"{field.column}"')
            values.append(value)
    if columns:
        raise ValueError(f"{model._meta.label} has no {', '.join(columns)}")
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({", ".join(names)}) '  # noqa: S608 - ours
            f"SELECT {', '.join(values)} FROM generate_series(0, {rows - 1}) AS s(n) {joined}"
            " ON CONFLICT DO NOTHING"
        )


def _default_sql(model: Model, field: models.Field[object, object], rows: int) -> str | None:
    """Return what a field holds that nobody names: its key, a date, its default, or nothing."""
    if field.primary_key:
        return key_sql(model, "s.n")
    if field.db_default is not NOT_PROVIDED and not field.has_default():
        return None
    if field.null:
        return "NULL"
    if isinstance(field, models.DateTimeField):
        return age_sql(rows)
    return "'{}'" if isinstance(field, ArrayField) else _literal(field.get_default())


def _literal(value: object) -> str:
    if isinstance(value, bool | int | float):
        return str(value).lower()
    if isinstance(value, dict | list):
        return f"'{json.dumps(value)}'"
    return f"'{value}'"


@contextmanager
def rows_adding() -> Iterator[None]:
    """Fill inside: without foreign keys being asked, and with the indexes made at the end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SET session_replication_role = replica; SET synchronous_commit = off;"
            "SET maintenance_work_mem = '512MB'; SET work_mem = '256MB'"
        )
        cursor.execute(_INDEXES)
        indexes = cursor.fetchall()
        for name, _made in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _name, made in indexes:
            cursor.execute(made)
        cursor.execute("RESET session_replication_role")
        cursor.execute("VACUUM ANALYZE")
