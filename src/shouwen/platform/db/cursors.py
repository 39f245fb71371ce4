"""The cursor prepared statements run on, and values as the driver takes them."""

from collections.abc import Callable
from datetime import UTC, date
from typing import Any

import orjson
from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.utils import CursorWrapper

Turn = Callable[[Any], Any]


def open_cursor() -> CursorWrapper:
    """A cursor of the running transaction.

    On PostgreSQL it binds on the server, so that a statement used often is parsed and planned once; Django's
    own cursor writes the values into the text, and the server cannot know it again.
    """
    here = connections[DEFAULT_DB_ALIAS]  # looked up once: behind `connection` every word is a search
    if here.vendor != "postgresql":
        return here.cursor()
    from django.db.backends.postgresql.base import ServerBindingCursor

    here.ensure_connection()
    raw: Any = ServerBindingCursor(here.connection)  # type: ignore[call-arg]
    return here.make_debug_cursor(raw) if here.queries_logged else here.make_cursor(raw)


def _words(value: Any) -> Any:
    return value if value is None or type(value) is str else str(value)


def _moment(value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value)


def _json(value: Any) -> Any:
    return value if value is None else connection.ops.adapt_json_value(value, None)


def _kind(field: Any) -> Any:
    """The field whose values are stored: a reference stores what the other row is known by."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return field


def into(field: "models.Field[Any, Any]") -> Turn | None:
    """How a value of `field` becomes what the driver takes; None where it is so already."""
    kind = _kind(field)
    if isinstance(kind, (models.IntegerField, models.BooleanField)):
        return None
    if isinstance(kind, (models.CharField, models.TextField)):
        return _words
    if isinstance(kind, models.DateTimeField):
        return _moment
    if isinstance(kind, models.JSONField):
        return _json
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
