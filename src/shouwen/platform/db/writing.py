"""INSERT and UPDATE of whole rows. No signals are sent and nothing is filled in by the clock: rows say all themselves."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, models

from shouwen.platform.db.cursors import Turn, here, into, numbered, open_cursor

M = TypeVar("M", bound=models.Model)


class Plan(NamedTuple):
    """The beginning of a statement, its places for one row, and how each value is taken from the row."""

    head: str
    places: str
    columns: tuple[tuple[str, Turn | None], ...]
    key: str

    def values(self, row: models.Model) -> list[Any]:
        held = row.__dict__
        return [held[name] if turn is None else turn(held[name]) for name, turn in self.columns]


class Family(NamedTuple):
    """A statement that inserts a row with others that refer to it."""

    sql: str
    parent: Plan
    child: Plan


def _columns(fields: Sequence[Any], vendor: str) -> tuple[tuple[str, Turn | None], ...]:
    for field in fields:
        if field.generated or getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
            raise TypeError(f"{field} fills itself in; prepared writing does not")
    return tuple((field.attname, into(field, vendor)) for field in fields)


@lru_cache(maxsize=200)
def _insertion(model: type[models.Model], vendor: str) -> Plan:
    meta = model._meta
    key = meta.pk
    if not isinstance(key, models.AutoField | models.BigAutoField):
        raise TypeError(f"{model.__name__} has no number of its own")
    fields = [field for field in meta.concrete_fields if field is not key]
    names = ", ".join(f'"{field.column}"' for field in fields)
    places = "(" + ", ".join(["%s"] * len(fields)) + ")"
    head = f'INSERT INTO "{meta.db_table}" ({names}) VALUES '  # noqa: S608  names are the model's own
    return Plan(head, places, _columns(fields, vendor), f'"{key.column}"')


@lru_cache(maxsize=200)
def _change(model: type[models.Model], names: tuple[str, ...], vendor: str) -> Plan:
    meta = model._meta
    assert meta.pk is not None
    fields: list[Any] = [meta.get_field(name) for name in names]
    fields = fields or [field for field in meta.concrete_fields if not field.primary_key]
    sets = ", ".join(f'"{field.column}" = %s' for field in fields)
    where = f'"{meta.pk.column}"'
    head = f'UPDATE "{meta.db_table}" SET {sets} WHERE {where} = %s'  # noqa: S608  names are the model's own
    return Plan(numbered(head, vendor), "", _columns(fields, vendor), where)


@lru_cache(maxsize=200)
def _family(
    parent: type[models.Model], child: type[models.Model], by: str, count: int, vendor: str
) -> Family:
    """Children take the id of a parent that the same statement inserts."""
    first, others = _insertion(parent, vendor), _insertion(child, vendor)
    places = ["(SELECT id FROM parent)" if name == by else "%s" for name, _turn in others.columns]
    rows = ", ".join(["(" + ", ".join(places) + ")"] * count)
    one = f"WITH parent AS ({first.head}{first.places} RETURNING {first.key} AS id)"
    more = f"children AS ({others.head}{rows} RETURNING {others.key} AS id)"
    both = "SELECT 0, id FROM parent UNION ALL SELECT 1, id FROM children ORDER BY 1, 2"
    return Family(
        numbered(f"{one}, {more} {both}", vendor),
        first,
        others._replace(columns=tuple(one for one in others.columns if one[0] != by)),
    )


@lru_cache(maxsize=500)
def _several(model: type[models.Model], count: int, vendor: str) -> str:
    plan = _insertion(model, vendor)
    places = ", ".join([plan.places] * count)
    return numbered(f"{plan.head}{places} RETURNING {plan.key}", vendor)


def insert_all(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model in one statement; each gets its id, in order."""
    if not rows:
        return
    database = here()
    plan = _insertion(type(rows[0]), database.vendor)
    values = [value for row in rows for value in plan.values(row)]
    with open_cursor(database, numbered=True) as cursor:
        cursor.execute(_several(type(rows[0]), len(rows), database.vendor), values)
        made = cursor.fetchall()
    for row, (pk,) in zip(rows, made, strict=True):
        _placed(row, pk)


@lru_cache(maxsize=100)
def _missing(model: type[models.Model], count: int, vendor: str) -> str:
    plan = _insertion(model, vendor)
    return numbered(f"{plan.head}{', '.join([plan.places] * count)} ON CONFLICT DO NOTHING", vendor)


def insert_missing(rows: Sequence[models.Model]) -> int:
    """Insert new rows of one model but those that a unique rule forbids; how many. They do not learn their ids."""
    if not rows:
        return 0
    database = here()
    plan = _insertion(type(rows[0]), database.vendor)
    with open_cursor(database, numbered=True) as cursor:
        cursor.execute(
            _missing(type(rows[0]), len(rows), database.vendor),
            [value for row in rows for value in plan.values(row)],
        )
        return int(cursor.rowcount)


def _placed(row: models.Model, pk: int) -> None:
    row.pk = pk
    row._state.adding = False
    row._state.db = DEFAULT_DB_ALIAS


def insert(row: M) -> M:
    """Insert a new row; it gets its id and is given back."""
    insert_all([row])
    return row


def insert_with(row: M, others: Sequence[models.Model], *, by: str) -> M:
    """Insert a new row and others of one model that hold its id in their column `by`; each gets its id.

    One statement on PostgreSQL, two on SQLite.
    """
    database = here()
    if not others or database.vendor != "postgresql":
        insert(row)
        for other in others:
            other.__dict__[by] = row.pk
        insert_all(others)
        return row
    family = _family(type(row), type(others[0]), by, len(others), database.vendor)
    values = family.parent.values(row)
    for other in others:
        values += family.child.values(other)
    with open_cursor(database, numbered=True) as cursor:
        cursor.execute(family.sql, values)
        (_parent, pk), *made = cursor.fetchall()
    _placed(row, pk)
    for other, (_child, key) in zip(others, made, strict=True):
        other.__dict__[by] = pk  # past the descriptor, which would forget the row itself
        _placed(other, key)
    return row


@lru_cache(maxsize=100)
def _touching(model: type[models.Model], unique: str, vendor: str) -> str:
    plan = _insertion(model, vendor)
    touch = f'ON CONFLICT ("{unique}") DO UPDATE SET "{unique}" = EXCLUDED."{unique}"'
    return numbered(f"{plan.head}{plan.places} {touch} RETURNING {plan.key}", vendor)


def insert_or_touch(row: M, unique: str) -> M:
    """Insert a new row, or touch the one that has the same `unique` column: it is locked and stays as it is.

    Either way `row` has the id of what is there; only that may be read from it afterwards.
    """
    database = here()
    plan = _insertion(type(row), database.vendor)
    with open_cursor(database, numbered=True) as cursor:
        cursor.execute(_touching(type(row), unique, database.vendor), plan.values(row))
        _placed(row, cursor.fetchall()[0][0])
    return row


def update(row: models.Model, *names: str) -> None:
    """Write the named fields (none named: all) of a row that is there already."""
    database = here()
    plan = _change(type(row), names, database.vendor)
    with open_cursor(database, numbered=True) as cursor:
        cursor.execute(plan.head, [*plan.values(row), row.pk])
        if cursor.rowcount != 1:
            raise DatabaseError(f"{row._meta.label} {row.pk} is gone")
