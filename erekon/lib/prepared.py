"""Queries that Django compiles once per process: on the road of an ADK, compiling took ten times the reading.

A prepared query is the very queryset it was made from; only the values of its slots differ from run to run. It sees
what the database holds now, like any other query.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.db.models.expressions import Expression
from django.db.models.query import FlatValuesListIterable, ModelIterable, get_related_populators

R = TypeVar("R")
_SOME = 1000  # rows fetched together


class Slot(Expression):
    """Stands in a filter for a value that comes with each run; None matches nothing."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """A place for a parameter, and itself as that parameter."""
        return "%s", [self]


@dataclass(frozen=True, slots=True)
class _Compiled:
    sql: str
    params: tuple[Any, ...]
    locks: bool
    made: Callable[[Iterable[Any]], list[Any]]


class Prepared(Generic[R]):
    """A queryset with slots: `Prepared(lambda: Row.objects.filter(pk=Slot("pk")))`, then `.all(pk=7)`."""

    def __init__(self, build: Callable[[], models.QuerySet[Any, R]]) -> None:
        self._build = build
        self._compiled: dict[str, _Compiled] = {}

    def all(self, **values: Any) -> list[R]:
        """What the queryset finds with these values in its slots."""
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            return self._run(cursor, values).made(cursor.fetchall())

    def in_batches(self, **values: Any) -> Iterator[list[R]]:
        """As `all`, for so many that they should not be held together: some at a time, each batch a list."""
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            ready = self._run(cursor, values)
            while some := cursor.fetchmany(_SOME):
                yield ready.made(some)

    def _run(self, cursor: Any, values: dict[str, Any]) -> _Compiled:
        database = connections[DEFAULT_DB_ALIAS]
        ready = self._compiled.get(database.vendor) or self._compile()
        if ready.locks and not database.in_atomic_block:
            raise transaction.TransactionManagementError("a lock is taken inside a transaction")
        cursor.execute(
            ready.sql,
            [bound(values[each.name]) if isinstance(each, Slot) else each for each in ready.params],
        )
        return ready

    def first(self, **values: Any) -> R | None:
        """The first of them, or None; the queryset itself says how many are read."""
        found = self.all(**values)
        return found[0] if found else None

    def get(self, **values: Any) -> R:
        """The one there is. Raises the model's DoesNotExist or MultipleObjectsReturned."""
        found = self.all(**values)
        if len(found) == 1:
            return found[0]
        model = self._build().model
        raise model.MultipleObjectsReturned if found else model.DoesNotExist

    def _compile(self) -> _Compiled:
        rows = self._build()
        compiler: Any = rows.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        fields = [column[0] for column in compiler.select[: compiler.col_count]]
        ready = _Compiled(
            sql,
            tuple(params),
            rows.query.select_for_update,
            _converting(compiler, compiler.get_converters(fields), _maker(rows, compiler)),
        )
        self._compiled[connection.vendor] = ready
        return ready


def bound(value: Any) -> Any:
    """The value as the database takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value.pk if isinstance(value, models.Model) else str(value) if isinstance(value, str) else value


def _converting(compiler: Any, converters: Any, made: Callable[[Iterable[Any]], list[Any]]) -> Any:
    return (lambda found: made(compiler.apply_converters(found, converters))) if converters else made


def _maker(rows: models.QuerySet[Any, Any], compiler: Any) -> Callable[[Iterable[Any]], list[Any]]:
    """How the queryset makes its results from rows of the database."""
    kind: Any = rows._iterable_class
    if kind is FlatValuesListIterable:
        return lambda found: [row[0] for row in found]
    if kind is not ModelIterable:
        if len(compiler.select) == compiler.col_count:
            return lambda found: list(map(tuple, found))
        return lambda found: [tuple(row[: compiler.col_count]) for row in found]
    klass, database = compiler.klass_info, rows.db
    start, end = klass["select_fields"][0], klass["select_fields"][-1] + 1
    names = [column[0].target.attname for column in compiler.select[start:end]]
    populators: Any = get_related_populators
    related = populators(klass, compiler.select, database)

    def made(found: Iterable[Any]) -> list[Any]:
        objects = []
        for row in found:
            each = rows.model.from_db(database, names, row[start:end])
            for populator in related:
                populator.populate(row, each)
            objects.append(each)
        return objects

    return made
