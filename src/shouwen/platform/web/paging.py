"""Key-set paging: a page starts after a key, so page 1000 costs what page 1 costs and nothing is counted."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Page(Generic[M]):
    items: list[M]
    next_cursor: str | None
    previous_cursor: str | None


def _pack(row: Model, fields: Sequence[str], back: bool) -> str:
    values: list[Any] = []
    for name in fields:
        value = getattr(row, name)
        values.append({"t": value.isoformat()} if isinstance(value, datetime) else value)
    body = json.dumps({"v": values, "b": back}, separators=(",", ":"), default=str)
    return base64.urlsafe_b64encode(body.encode()).decode().rstrip("=")


def _unpack(cursor: str, count: int) -> tuple[list[Any], bool]:
    try:
        body = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        values = [datetime.fromisoformat(v["t"]) if isinstance(v, dict) else v for v in body["v"]]
        if len(values) != count or any(isinstance(v, list) for v in values):
            raise ValueError
        return values, bool(body["b"])
    except (ValueError, KeyError, TypeError, UnicodeDecodeError):
        raise Invalid(_("This cursor is not one of ours."), field="cursor") from None


def _beyond(fields: Sequence[str], descending: Sequence[bool], values: Sequence[Any]) -> Q:
    """Rows that come after `values` in the order: (a, b) > (x, y), as a database can use an index for it."""
    condition = Q()
    equal = Q()
    for name, down, value in zip(fields, descending, values, strict=True):
        condition |= equal & Q(**{f"{name}__{'lt' if down else 'gt'}": value})
        equal &= Q(**{name: value})
    lead = f"{fields[0]}__{'lte' if descending[0] else 'gte'}"
    return Q(**{lead: values[0]}) & condition


def paginate(
    rows: QuerySet[M], *, order: Sequence[str] = ("-id",), cursor: str | None = None, limit: int = 50
) -> Page[M]:
    """One page of `rows` by `order` (the last name unique, no nulls). Invalid(field="cursor") for a forged cursor."""
    fields = [name.lstrip("-") for name in order]
    descending = [name.startswith("-") for name in order]
    back = False
    values: list[Any] | None = None
    if cursor:
        values, back = _unpack(cursor, len(fields))
    wanted = [down != back for down in descending]
    if values is not None:
        try:
            rows = rows.filter(_beyond(fields, wanted, values))
        except (ValueError, TypeError):
            raise Invalid(_("This cursor is not one of ours."), field="cursor") from None
    sorted_by = [("-" if down else "") + name for name, down in zip(fields, wanted, strict=True)]
    found = list(rows.order_by(*sorted_by)[: limit + 1])
    more, found = len(found) > limit, found[:limit]
    if back:
        found.reverse()
    forward = found and (more if not back else True)
    backward = found and ((cursor is not None) if not back else more)
    return Page(
        found,
        _pack(found[-1], fields, False) if forward else None,
        _pack(found[0], fields, True) if backward else None,
    )
