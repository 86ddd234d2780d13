"""Single-table writes that Django compiles once per process, as `erekon.lib.prepared` does for reads.

The SQL and the binding of each value are Django's own; no `save()`, signal or cascade stands in between. Every value
comes with its run, and the caller's transaction holds them all.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Any, NamedTuple, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.db.models.constants import OnConflict
from django.db.models.sql import DeleteQuery, UpdateQuery

from erekon.lib.prepared import Slot, bound

M = TypeVar("M", bound=models.Model)
_PLAIN = (
    (models.BooleanField, bool),
    ((models.CharField, models.TextField), str),
    (models.IntegerField, int),
)
_MOST = 999  # values of one statement, what an old SQLite takes


class _Written(Slot):
    """The place of a value in SET: bound as its field saves it."""

    def __init__(self, name: str, field: Any) -> None:
        super().__init__(name)
        self.saved_by, self.plain = field, _plain(field)


class PreparedUpdate:
    """`PreparedUpdate(rows, state="DONE", at=Slot("at"))`, then `.run(at=now)`; slots may stand in the filters too."""

    def __init__(self, rows: models.QuerySet[Any], /, **values: Any) -> None:
        self._rows, self._values = rows, values
        self._compiled: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def run(self, /, **values: Any) -> int:
        """How many rows were changed."""
        sql, params = self._compiled.get(connection.vendor) or self._compile()
        return _execute(sql, [_param(each, values) for each in params])

    def _compile(self) -> tuple[str, tuple[Any, ...]]:
        fields = self._rows.model._meta
        query: Any = self._rows.query.chain(UpdateQuery)
        query.add_update_values(
            {
                name: _Written(value.name, fields.get_field(name)) if isinstance(value, Slot) else value
                for name, value in self._values.items()
            }
        )
        sql, params = query.get_compiler(connection=connection).as_sql()
        ready = self._compiled[connection.vendor] = (sql, tuple(params))
        return ready


def change(model: type[models.Model], tests: Mapping[str, Any], /, **values: Any) -> int:
    """Set these columns where all tests hold, and say of how many rows; a test against None holds nowhere."""
    update = _changing(model, tuple(tests), tuple(values))
    return update.run(
        **{f"is_{name}": value for name, value in tests.items()},
        **{f"to_{name}": value for name, value in values.items()},
    )


@cache
def _changing(model: type[models.Model], tests: tuple[str, ...], columns: tuple[str, ...]) -> PreparedUpdate:
    rows = model._base_manager.filter(**{name: Slot(f"is_{name}") for name in tests})
    return PreparedUpdate(rows, **{name: Slot(f"to_{name}") for name in columns})


def remove(model: type[models.Model], /, **tests: Any) -> int:
    """Delete where all tests hold. For rows that none refers to: nothing is deleted along with them."""
    sql, params = _removing(connection.vendor, model, tuple(tests))
    return _execute(sql, [_param(each, tests) for each in params])


@cache
def _removing(vendor: str, model: type[models.Model], tests: tuple[str, ...]) -> tuple[str, tuple[Any, ...]]:
    rows = model._base_manager.filter(**{name: Slot(name) for name in tests})
    query: Any = rows.query.chain(DeleteQuery)
    sql, params = query.get_compiler(connection=connection).as_sql()
    return sql, tuple(params)


def insert(row: M) -> M:
    """Insert a new row; it knows its key afterwards."""
    ready = _inserting(connection.vendor, type(row), None)
    sql = f"{ready.head}{ready.row}{ready.tail}"
    with (
        transaction.mark_for_rollback_on_error(DEFAULT_DB_ALIAS),
        connections[DEFAULT_DB_ALIAS].cursor() as cursor,
    ):
        cursor.execute(sql, ready.params(row))
        if ready.returns:
            row.pk = cursor.fetchone()[0]
    _stands(row)
    return row


def insert_all(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model, some hundred values at a time; they do not learn their keys."""
    if rows:
        ready = _inserting(connection.vendor, type(rows[0]), None)
        most = _MOST // len(ready.fields)
        for start in range(0, len(rows), most):
            some = rows[start : start + most]
            places = ", ".join([ready.row] * len(some))
            _execute(ready.head + places, list(chain.from_iterable(map(ready.params, some))))


def insert_plain(
    model: type[models.Model], columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert rows of values that the database takes as they are: numbers, texts, truths. For rows by the hundred, which
    as objects would take several times as long.
    """
    head, row = _plainly(connection.vendor, model, columns)
    most = _MOST // len(columns)
    for start in range(0, len(rows), most):
        some = rows[start : start + most]
        _execute(head + ", ".join([row] * len(some)), list(chain.from_iterable(some)))


@cache
def _plainly(vendor: str, model: type[models.Model], columns: tuple[str, ...]) -> tuple[str, str]:
    quoted = connection.ops.quote_name
    names = ", ".join(map(quoted, columns))
    head = f"INSERT INTO {quoted(model._meta.db_table)} ({names}) VALUES "  # noqa: S608  (names of our own table)
    return head, f"({', '.join(['%s'] * len(columns))})"


def replace(row: models.Model) -> None:
    """Insert a row, or give the one with its key all its other columns."""
    _insert_on(OnConflict.UPDATE, row)


def insert_or_keep(row: models.Model) -> None:
    """Insert a row, unless one with its key stands: that stays as it is."""
    _insert_on(OnConflict.IGNORE, row)


def _insert_on(conflict: OnConflict, row: models.Model) -> None:
    ready = _inserting(connection.vendor, type(row), conflict)
    _execute(f"{ready.head}{ready.row}{ready.tail}", ready.params(row))
    _stands(row)


class _Insert(NamedTuple):
    head: str
    row: str
    tail: str
    fields: tuple[tuple[Any, str, type | None], ...]
    returns: bool

    def params(self, row: models.Model) -> list[Any]:
        database, values = connections[DEFAULT_DB_ALIAS], []
        for field, name, plain in self.fields:
            value = getattr(row, name) if name else field.pre_save(row, True)
            values.append(value if type(value) is plain else field.get_db_prep_save(value, database))
        return values


@cache
def _inserting(vendor: str, model: type[models.Model], conflict: OnConflict | None) -> _Insert:
    quoted, meta, ops = connection.ops.quote_name, model._meta, cast(Any, connection.ops)
    fields = [each for each in meta.concrete_fields if not isinstance(each, models.AutoField)]
    returns = meta.pk not in fields
    names = ", ".join(quoted(str(field.column)) for field in fields)
    head = f"{ops.insert_statement(on_conflict=conflict)} {quoted(meta.db_table)} ({names}) VALUES "
    tail = ""
    if conflict is not None:
        others = [field.column for field in fields if not field.primary_key]
        tail = " " + ops.on_conflict_suffix_sql(fields, conflict, others, [meta.pk.column])
    elif returns:
        tail = " " + ops.return_insert_columns([meta.pk])[0]
    places = f"({', '.join(['%s'] * len(fields))})"
    taken = tuple((field, _read_by(field), _plain(field)) for field in fields)
    return _Insert(head, places, tail, taken, returns)


def _read_by(field: Any) -> str:
    """The attribute that holds the value, where the field's kind has nothing of its own to do before saving."""
    return field.attname if type(field).pre_save is models.Field.pre_save else ""


def _plain(field: Any) -> type | None:
    """The type whose values go to the database as they are, where the field's kind has one."""
    while field.is_relation:
        field = field.target_field
    return next((plain for kind, plain in _PLAIN if isinstance(field, kind)), None)


def _stands(row: models.Model) -> None:
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def _execute(sql: str, params: list[Any]) -> int:
    with (
        transaction.mark_for_rollback_on_error(DEFAULT_DB_ALIAS),
        connections[DEFAULT_DB_ALIAS].cursor() as cursor,
    ):
        cursor.execute(sql, params)
        changed: int = cursor.rowcount
        return changed


def _param(each: Any, values: Mapping[str, Any]) -> Any:
    if not isinstance(each, Slot):
        return each
    value = values[each.name]
    if isinstance(value, models.Model):
        value = value.pk
    if isinstance(each, _Written):
        return value if type(value) is each.plain else each.saved_by.get_db_prep_save(value, connection)
    return bound(value)
