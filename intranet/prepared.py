"""Queries that every request asks: their SQL is written once, later only the values are filled in.

Django takes several times as long to write a query as the database takes to answer it. What a request always asks
(the session, the account, what the reader belongs to, the page) is therefore written by Django as usual, with markers
in place of the values, and kept as text. Nothing of an answer is kept.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX
from django.db.models import QuerySet
from django.db.models.expressions import Col

M = TypeVar("M", bound=models.Model)

_UTC = dt.UTC


def _marker(kind: type, place: int) -> Any:
    """A value that no query holds by itself."""
    if kind is int:
        return 2_000_000_011 + place
    if kind is str:
        return f"⟨value {place}⟩"
    if kind is dt.date:
        return dt.date(1000, 1, 2 + place)
    if kind is dt.datetime:
        return dt.datetime(1000, 1, 2 + place, tzinfo=_UTC)
    raise TypeError(f"no marker for {kind}")


def _adapted(value: Any, operations: BaseDatabaseOperations) -> Any:
    """The value as the database's driver takes it."""
    if isinstance(value, dt.datetime):
        return operations.adapt_datetimefield_value(value)
    if isinstance(value, dt.date):
        return operations.adapt_datefield_value(value)
    return value


@dataclass(frozen=True, slots=True)
class _Written:
    """A query as one kind of database takes it; `slots` gives the place of each parameter's value, or None."""

    sql: str
    for_sqlite: str
    parameters: Sequence[Any]
    slots: Sequence[int | None]
    compiler: Any
    converters: dict[int, Any]
    names: Sequence[str]


def _answer(held: BaseDatabaseWrapper, written: _Written, parameters: list[Any]) -> list[Any]:
    """The rows of an answer. SQLite's own, where nobody listens: Django's cursor takes twice as long as SQLite does."""
    if held.vendor == "sqlite" and not held.queries_logged and not held.execute_wrappers:
        held.ensure_connection()
        held.validate_no_broken_transaction()
        with held.wrap_database_errors:
            return cast("Any", held.connection).execute(written.for_sqlite, parameters).fetchall()
    with held.cursor() as cursor:
        cursor.execute(written.sql, parameters)
        return cursor.fetchall()


class Prepared(Generic[M]):
    """A queryset with holes: `Prepared(lambda number: Page.objects.filter(pk=number), int)`.

    Values are of the types given (int, str, date, datetime), never lists and never None: the SQL does not change
    with them.
    """

    def __init__(self, build: Callable[..., QuerySet[M, Any]], *kinds: type) -> None:
        self._build = build
        self._kinds = kinds
        self._written: dict[str, _Written] = {}
        self._is_plain = not {dt.date, dt.datetime}.intersection(kinds)

    def _write(self) -> _Written:
        markers = [_marker(kind, place) for place, kind in enumerate(self._kinds)]
        compiler = cast("Any", self._build(*markers)).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        adapted = [_adapted(marker, connection.ops) for marker in markers]
        slots = [adapted.index(each) if each in adapted else None for each in parameters]
        if set(slots) - {None} != set(range(len(markers))):
            raise ValueError("a value of a prepared query is not in its SQL")
        columns = [expression for expression, *_ in compiler.select]
        return _Written(
            sql,
            FORMAT_QMARK_REGEX.sub("?", sql).replace("%%", "%"),
            parameters,
            slots,
            compiler,
            compiler.get_converters(columns),
            [column.target.attname for column in columns if isinstance(column, Col)],
        )

    def _ask(self, values: tuple[Any, ...]) -> tuple[_Written, list[Any]]:
        held = connections[DEFAULT_DB_ALIAS]  # itself: its proxy looks it up anew for every attribute
        written = self._written.get(held.vendor)
        if written is None:
            written = self._written[held.vendor] = self._write()
        given = values if self._is_plain else [_adapted(value, held.ops) for value in values]
        parameters = [
            fixed if slot is None else given[slot]
            for fixed, slot in zip(written.parameters, written.slots, strict=True)
        ]
        rows = _answer(held, written, parameters)
        if written.converters and rows:
            rows = list(written.compiler.apply_converters(rows, written.converters))
        return written, rows

    def rows(self, *values: Any) -> list[Any]:
        """The answer as rows, for a query of `values_list`."""
        return self._ask(values)[1]

    def objects(self, *values: Any) -> list[M]:
        """The answer as objects of the model."""
        written, rows = self._ask(values)
        if (
            len(written.names) != len(written.compiler.select)
            or "related_klass_infos" in written.compiler.klass_info
        ):
            raise ValueError("not objects of one model without annotations")
        model: type[M] = written.compiler.klass_info["model"]
        return [model.from_db(DEFAULT_DB_ALIAS, written.names, row) for row in rows]
