"""Queries whose SQL is written once: a page's time is else spent on writing the same again.

Django writes a query anew each time it is asked, which takes longer than PostgreSQL to answer
most of ours. What a request has to say goes in as values, and nothing else does: a query that
is written here must not look at the clock, the settings or who asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass, field
from functools import update_wrapper
from random import Random
from typing import Any, Final, Generic, ParamSpec, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")
Given = ParamSpec("Given")
_SHAPES_MOST: Final = 500
_CHANCE: Final = Random()  # noqa: S311 - no secret: a mark that is found again
# What stands for a value while the SQL is written, by the type of that value.
_MARKS: Final[dict[type, Callable[[], Any]]] = {
    UUID: lambda: UUID(int=_CHANCE.getrandbits(128)),
    str: lambda: f"mark{_CHANCE.getrandbits(60)}",
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What Django's iterables ask of a queryset, with its SQL at hand."""

    compiler: SQLCompiler
    db: str = DEFAULT_DB_ALIAS
    _known_related_objects: dict[str, Any] = field(default_factory=dict)

    @property
    def query(self) -> _Asked:
        return self

    def get_compiler(self, using: str) -> SQLCompiler:  # noqa: ARG002 - Django's way of calling it
        return self.compiler


@dataclass(frozen=True, slots=True)
class _Sql:
    """A query as it was written: which of its values stand where in the SQL."""

    rows: type[Any]
    compiler: SQLCompiler
    sql: str
    given: tuple[tuple[int | None, Any], ...]
    converters: dict[int, Any]

    def ask(self, values: tuple[Any, ...]) -> list[Any]:
        sql = self.sql
        params = tuple(own if at is None else values[at] for at, own in self.given)
        compiler = copy(self.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.as_sql = lambda *_, **__: (sql, params)  # type: ignore[method-assign]
        compiler.get_converters = lambda expressions: self.converters  # type: ignore[method-assign] # noqa: ARG005 - its name
        return list(self.rows(_Asked(compiler)))


class Written(Generic[Given, Row]):
    """A query that is written at the first call of each shape, and asked at every one.

    Positional arguments are values (keys and texts, never None), named ones are its shape.
    """

    def __init__(self, make: Callable[Given, QuerySet[Any, Row]]) -> None:
        self._make = make
        self._known: dict[tuple[object, ...], _Sql] = {}
        update_wrapper(self, make)

    def __call__(self, *values: Given.args, **shape: Given.kwargs) -> list[Row]:
        """Return the rows, which nobody else holds."""
        key = (*map(type, values), *shape.items())
        sql = self._known.get(key)
        if sql is None:
            if len(self._known) >= _SHAPES_MOST:
                self._known.clear()
            sql = self._known[key] = self._write(values, shape)
        return sql.ask(values)

    def _write(self, values: tuple[Any, ...], shape: dict[str, Any]) -> _Sql:
        marks = [_MARKS[type(value)]() for value in values]
        rows: QuerySet[Any, Row] = self._make(*marks, **shape)
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        given = tuple((marks.index(own), None) if own in marks else (None, own) for own in params)
        if {at for at, _own in given if at is not None} != set(range(len(marks))):
            raise TypeError(f"{self._make.__name__}: not each value stands in its SQL")
        columns = [column for column, *_sql in compiler.select or ()][: compiler.col_count]
        converters = compiler.get_converters(columns)
        return _Sql(rows._iterable_class, compiler, sql, given, converters)


def keys_text(keys: Iterable[UUID]) -> str:
    """Return keys as one value, however many they are."""
    return ",".join(map(str, keys))


def keys_in(text: str) -> RawSQL:
    """Return the keys of such a value, for a query to look among."""
    return RawSQL("SELECT unnest(string_to_array(%s, ',')::uuid[])", [text])


def written(make: Callable[Given, QuerySet[Any, Row]]) -> Written[Given, Row]:
    """Let a query be written once: its positional arguments are values, named ones its shape."""
    return Written(make)
