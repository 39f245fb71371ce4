"""INSERT and UPDATE of whole rows. No signals are sent and nothing is filled in by the clock: rows say all themselves."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from django.db import DatabaseError, connection, models

from shouwen.platform.db.cursors import Turn, into, open_cursor

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


def _columns(fields: Sequence[Any]) -> tuple[tuple[str, Turn | None], ...]:
    for field in fields:
        if field.generated or getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
            raise TypeError(f"{field} fills itself in; prepared writing does not")
    return tuple((field.attname, into(field)) for field in fields)


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
    return Plan(head, places, _columns(fields), f'"{key.column}"')


@lru_cache(maxsize=200)
def _change(model: type[models.Model], names: tuple[str, ...], vendor: str) -> Plan:
    meta = model._meta
    assert meta.pk is not None
    fields: list[Any] = [meta.get_field(name) for name in names]
    fields = fields or [field for field in meta.concrete_fields if not field.primary_key]
    sets = ", ".join(f'"{field.column}" = %s' for field in fields)
    where = f'"{meta.pk.column}"'
    head = f'UPDATE "{meta.db_table}" SET {sets} WHERE {where} = %s'  # noqa: S608  names are the model's own
    return Plan(head, "", _columns(fields), where)


def insert_all(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model in one statement; each gets its id, in order."""
    if not rows:
        return
    plan = _insertion(type(rows[0]), connection.vendor)
    values = [value for row in rows for value in plan.values(row)]
    places = plan.places if len(rows) == 1 else ", ".join([plan.places] * len(rows))
    with open_cursor() as cursor:
        cursor.execute(f"{plan.head}{places} RETURNING {plan.key}", values)
        made = cursor.fetchall()
    for row, (pk,) in zip(rows, made, strict=True):
        _placed(row, pk)


def _placed(row: models.Model, pk: int) -> None:
    row.pk = pk
    row._state.adding = False
    row._state.db = connection.alias


def insert(row: M) -> M:
    """Insert a new row; it gets its id and is given back."""
    insert_all([row])
    return row


def insert_or_touch(row: M, unique: str) -> M:
    """Insert a new row, or touch the one that has the same `unique` column: it is locked and stays as it is.

    Either way `row` has the id of what is there; only that may be read from it afterwards.
    """
    plan = _insertion(type(row), connection.vendor)
    touch = f'ON CONFLICT ("{unique}") DO UPDATE SET "{unique}" = EXCLUDED."{unique}"'
    with open_cursor() as cursor:
        cursor.execute(f"{plan.head}{plan.places} {touch} RETURNING {plan.key}", plan.values(row))
        _placed(row, cursor.fetchall()[0][0])
    return row


def update(row: models.Model, *names: str) -> None:
    """Write the named fields (none named: all) of a row that is there already."""
    plan = _change(type(row), names, connection.vendor)
    with open_cursor() as cursor:
        cursor.execute(plan.head, [*plan.values(row), row.pk])
        if cursor.rowcount != 1:
            raise DatabaseError(f"{row._meta.label} {row.pk} is gone")
