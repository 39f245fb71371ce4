"""A SELECT with gaps: compiled from a queryset at its first use, then only run."""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from inspect import signature
from typing import Any, Generic, NamedTuple, TypeVar

import orjson
from django.db import connection
from django.db.models import BooleanField, Func, QuerySet, Value
from django.db.models.query import ModelIterable, NamedValuesListIterable, get_related_populators
from django.db.models.sql import DeleteQuery

from shouwen.platform.db.cursors import Turn, open_cursor, out_of

R = TypeVar("R")


class Gap(NamedTuple):
    name: str


class Compiled(NamedTuple):
    sql: str
    values: tuple[Any, ...]  # a Gap where a value is to be put in
    turns: tuple[tuple[int, Turn], ...]
    make: Callable[[tuple[Any, ...]], Any] | None  # None: the tuple itself
    width: int

    def row(self, values: tuple[Any, ...]) -> Any:
        values = _turned(values, self.turns) if self.turns else values
        return values if self.make is None else self.make(values)


class Read(Generic[R]):
    """`Read(lambda pk: Case.objects.filter(pk=pk))`: every parameter is a gap filled when it is asked.

    The queryset gives rows of a model and what `select_related` joins, or tuples by `values_list` of plain
    columns. A gap stands for one value: no lists, and no None, which SQL does not compare. Limits and orders are
    part of the queryset. `gaps` names the parameters of an `ask` that takes any.
    """

    def __init__(self, ask: Callable[..., "QuerySet[Any, R]"], gaps: Sequence[str] | None = None) -> None:
        self.ask = ask
        self.gaps = tuple(signature(ask).parameters) if gaps is None else tuple(gaps)
        self.compiled: dict[str, Compiled] = {}

    def all(self, **given: Any) -> list[R]:
        """All rows, in order."""
        plan = self.compiled.get(connection.vendor) or self._compile()
        with open_cursor() as cursor:
            cursor.execute(plan.sql, _filled(plan.values, given))
            rows: list[Any] = cursor.fetchall()
        return [plan.row(row) for row in rows] if plan.turns or plan.make else rows

    def first(self, **given: Any) -> R | None:
        """The first row; None when there is none."""
        rows = self.all(**given)
        return rows[0] if rows else None

    def _compile(self) -> Compiled:
        rows = self.ask(**{name: Value(Gap(name)) for name in self.gaps})
        compiler = rows.query.get_compiler(connection=connection)
        sql, values = compiler.as_sql()
        fields: list[Any] = [expression.target for expression, _sql, _alias in compiler.select]
        turns = [(position, out_of(field)) for position, field in enumerate(fields)]
        made = Compiled(
            sql,
            tuple(values),
            tuple((position, turn) for position, turn in turns if turn is not None),
            _maker(rows, compiler, [field.attname for field in fields]),
            len(fields),
        )
        self.compiled[connection.vendor] = made
        return made


class Among(Func):
    """`filter(Among("pk", keys))`: the rows whose key is in the list, which is one value however long it is."""

    output_field = BooleanField()
    arity = 2

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        column, keys = self.get_source_expressions()
        return Func(column, keys, template="%(expressions)s::bigint[])", arg_joiner=" = ANY(").as_sql(
            compiler, connection
        )

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        column, keys = self.get_source_expressions()
        among = "%(expressions)s))"
        return Func(column, keys, template=among, arg_joiner=" IN (SELECT value FROM json_each(").as_sql(
            compiler, connection
        )


_counting: dict[tuple[str, tuple["Read[Any]", ...]], str] = {}


def how_many(asked: "Sequence[tuple[Read[Any], Mapping[str, Any]]]") -> list[int]:
    """How many rows each of them gives, in one statement for all."""
    if not asked:
        return []
    plans = [(read.compiled.get(connection.vendor) or read._compile(), given) for read, given in asked]
    known = connection.vendor, tuple(read for read, _given in asked)
    if known not in _counting:
        parts = [f"(SELECT COUNT(*) FROM ({plan.sql}) c{n})" for n, (plan, _given) in enumerate(plans)]  # noqa: S608
        _counting[known] = f"SELECT {', '.join(parts)}"
    values = [value for plan, given in plans for value in _filled(plan.values, given)]
    with open_cursor() as cursor:
        cursor.execute(_counting[known], values)
        return list(cursor.fetchone() or ())


_joining: dict[tuple[str, tuple["Read[Any]", ...]], str] = {}


def firsts(asked: "Sequence[tuple[Read[Any], Mapping[str, Any]]]") -> list[Any]:
    """The first row of each of them, None where there is none, in one statement for all. Each gives plain columns
    and at most one row."""
    plans = [(read.compiled.get(connection.vendor) or read._compile(), given) for read, given in asked]
    known = connection.vendor, tuple(read for read, _given in asked)
    if known not in _joining:
        parts = [
            f"LEFT JOIN (SELECT 1 AS found, q{n}.* FROM ({plan.sql}) q{n}) f{n} ON 1 = 1"  # noqa: S608
            for n, (plan, _given) in enumerate(plans)
        ]
        names = ", ".join(f"f{n}.*" for n in range(len(plans)))
        _joining[known] = f"SELECT {names} FROM (SELECT 1 AS one) o {' '.join(parts)}"  # noqa: S608
    with open_cursor() as cursor:
        cursor.execute(
            _joining[known], [value for plan, given in plans for value in _filled(plan.values, given)]
        )
        row: tuple[Any, ...] = cursor.fetchone() or ()
    found = []
    for plan, _given in plans:
        there, values, row = row[0], row[1 : plan.width + 1], row[plan.width + 1 :]
        found.append(plan.row(values) if there else None)
    return found


def among(column: str, keys: list[int]) -> Among:
    """The same with the keys known: a statement of the ORM's that does not grow with them."""
    return Among(column, Value(_plain(keys)))


class Erase:
    """A DELETE with gaps: `Erase(lambda case: Draft.objects.filter(case=case))`. Rows that nothing refers to."""

    def __init__(self, ask: Callable[..., "QuerySet[Any, Any]"]) -> None:
        self.ask = ask
        self.compiled: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def __call__(self, **given: Any) -> int:
        """How many rows there were."""
        sql, values = self.compiled.get(connection.vendor) or self._compile()
        with open_cursor() as cursor:
            cursor.execute(sql, _filled(values, given))
            return int(cursor.rowcount)

    def _compile(self) -> tuple[str, tuple[Any, ...]]:
        rows = self.ask(**{name: Value(Gap(name)) for name in signature(self.ask).parameters})
        sql, values = rows.query.chain(DeleteQuery).get_compiler(connection=connection).as_sql()
        self.compiled[connection.vendor] = sql, tuple(values)
        return sql, tuple(values)


def _maker(rows: Any, compiler: Any, attributes: list[str]) -> Callable[[tuple[Any, ...]], Any] | None:
    """What makes a row of the queryset's own kind out of a tuple."""
    if issubclass(rows._iterable_class, NamedValuesListIterable):
        shape: Any = namedtuple("Row", rows._fields)  # type: ignore[misc]
        return partial(shape._make)
    if not issubclass(rows._iterable_class, ModelIterable):
        return None
    if compiler.annotation_col_map or rows._prefetch_related_lookups:
        raise TypeError("prepared reading takes rows with what is joined by select_related, or tuples")
    whole = compiler.klass_info["select_fields"]
    start, end = whole[0], whole[-1] + 1
    names = attributes[start:end]
    joined = get_related_populators(compiler.klass_info, compiler.select, connection.alias)  # type: ignore[call-arg]
    from_db, alias = rows.model.from_db, connection.alias

    def make(row: tuple[Any, ...]) -> Any:
        made = from_db(alias, names, row[start:end])
        for one in joined:
            one.populate(row, made)
        return made

    return make


def _filled(values: tuple[Any, ...], given: Mapping[str, Any]) -> list[Any]:
    return [_plain(given[value.name]) if type(value) is Gap else value for value in values]


def _plain(value: Any) -> Any:
    if isinstance(value, list) and connection.vendor != "postgresql":
        return orjson.dumps(value).decode()
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def _turned(row: tuple[Any, ...], turns: tuple[tuple[int, Turn], ...]) -> tuple[Any, ...]:
    changed = list(row)
    for position, turn in turns:
        changed[position] = turn(changed[position])
    return tuple(changed)
