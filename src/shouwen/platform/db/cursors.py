"""The cursor prepared statements run on, and values as the driver takes them."""

from collections.abc import Callable
from datetime import UTC, date
from functools import lru_cache
from typing import Any, NamedTuple

import orjson
from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

Turn = Callable[[Any], Any]


def here() -> BaseDatabaseWrapper:
    """This thread's connection, looked up once: behind Django's `connection` every word is a search."""
    return connections[DEFAULT_DB_ALIAS]


class Driver(NamedTuple):
    """What is taken from PostgreSQL's driver: cursors that bind on the server, and a JSON value."""

    cursor: Any  # gaps are %s
    numbered: Any  # gaps are $1, $2 …, as the server wants them: nothing is translated
    json: Any


@lru_cache(maxsize=1)
def _driver() -> Driver:
    """Not read where there is no PostgreSQL."""
    from django.db.backends.postgresql.base import CursorMixin, ServerBindingCursor
    from psycopg import RawCursor
    from psycopg.types.json import Jsonb

    return Driver(ServerBindingCursor, type("NumberedCursor", (CursorMixin, RawCursor), {}), Jsonb)


def numbered(sql: str, vendor: str) -> str:
    """A written-out statement with its gaps as a `numbered` cursor of `vendor` takes them. It holds no other %."""
    if vendor != "postgresql":
        return sql
    first, *rest = sql.split("%s")
    return first + "".join(f"${n}{part}" for n, part in enumerate(rest, 1))


def open_cursor(known: BaseDatabaseWrapper | None = None, *, numbered: bool = False) -> CursorWrapper:
    """A cursor of the running transaction.

    On PostgreSQL it binds on the server, so that a statement used often is parsed and planned once; Django's
    own cursor writes the values into the text, and the server cannot know it again.
    """
    found = known or here()
    if found.vendor != "postgresql":
        return found.cursor()
    if found.connection is None:
        found.ensure_connection()
    driver = _driver()
    raw = (driver.numbered if numbered else driver.cursor)(found.connection)
    return found.make_debug_cursor(raw) if found.queries_logged else found.make_cursor(raw)


def _words(value: Any) -> Any:
    return value if value is None or type(value) is str else str(value)


def _moment(value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value)


def _json(value: Any) -> Any:
    return value if value is None else connection.ops.adapt_json_value(value, None)


def _jsonb(value: Any) -> Any:
    return value if value is None else _driver().json(value, _dumped)


def _dumped(value: Any) -> bytes:
    return orjson.dumps(value, default=_as_list, option=orjson.OPT_NON_STR_KEYS)


def _as_list(value: Any) -> list[Any]:
    """Tuples with names are kept like those without."""
    if isinstance(value, tuple):
        return list(value)
    raise TypeError(f"{type(value).__name__} has no place in JSON")


def _kind(field: Any) -> Any:
    """The field whose values are stored: a reference stores what the other row is known by."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return field


def into(field: "models.Field[Any, Any]", vendor: str) -> Turn | None:
    """How a value of `field` becomes what the driver of `vendor` takes; None where it is so already."""
    kind = _kind(field)
    if isinstance(kind, (models.IntegerField, models.BooleanField)):
        return None
    if isinstance(kind, (models.CharField, models.TextField)):
        return _words
    if isinstance(kind, models.DateTimeField):
        return None if vendor == "postgresql" else _moment
    if isinstance(kind, models.JSONField):
        return _jsonb if vendor == "postgresql" else _json
    return lambda value: field.get_db_prep_save(value, connection)


def _read_moment(value: Any) -> Any:
    return value if value is None else value.replace(tzinfo=UTC)


def _read_day(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _read_json(value: Any) -> Any:
    return value if value is None else orjson.loads(value)


def out_of(field: Any) -> Turn | None:
    """How a stored value of `field` becomes Python's; None where the driver gives it so. TypeError when unknown."""
    kind = _kind(field)
    if isinstance(kind, (models.IntegerField, models.BooleanField, models.CharField, models.TextField)):
        return None
    if isinstance(kind, models.JSONField):
        return _read_json
    if isinstance(kind, models.DateField) and not isinstance(kind, models.DateTimeField):
        return None if connection.vendor == "postgresql" else _read_day
    if isinstance(kind, models.DateTimeField):
        return None if connection.vendor == "postgresql" else _read_moment
    raise TypeError(f"no reading prepared for {type(kind).__name__}")
