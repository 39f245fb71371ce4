"""Key-set paging: a page starts after a key, so page 1000 costs what page 1 costs and nothing is counted."""

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Page(Generic[M]):
    items: list[M]
    next_cursor: str | None
    previous_cursor: str | None


@cache
def _key(secret: str) -> bytes:
    return hashlib.sha256(b"shouwen-cursor:" + secret.encode()).digest()


def _seal(body: bytes, order: Sequence[str]) -> bytes:
    """Six bytes that only we can make: a cursor is ours, and for this order, or it is nothing."""
    mark = hashlib.blake2b(body, key=_key(settings.SECRET_KEY), digest_size=6)
    mark.update(",".join(order).encode())
    return mark.digest()


def _pack(row: Model, order: Sequence[str], back: bool) -> str:
    values: list[Any] = []
    for name in order:
        value = getattr(row, name.lstrip("-"))
        if isinstance(value, datetime):
            value = {"t": value.isoformat()}
        elif isinstance(value, Decimal):
            value = {"d": str(value)}
        values.append(value)
    body = json.dumps({"v": values, "b": back}, separators=(",", ":"), default=str).encode()
    return base64.urlsafe_b64encode(_seal(body, order) + body).decode().rstrip("=")


def _value(packed: Any) -> Any:
    if not isinstance(packed, dict):
        return packed
    return datetime.fromisoformat(packed["t"]) if "t" in packed else Decimal(packed["d"])


def _unpack(cursor: str, order: Sequence[str]) -> tuple[list[Any], bool]:
    try:
        whole = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except ValueError:
        whole = b""
    seal, body = whole[:6], whole[6:]
    if not hmac.compare_digest(seal, _seal(body, order)):
        raise Invalid(_("This cursor is not one of ours."), field="cursor")
    known = json.loads(body)
    return [_value(packed) for packed in known["v"]], bool(known["b"])


def _beyond(fields: Sequence[str], descending: Sequence[bool], values: Sequence[Any]) -> Q:
    """Rows that come after `values` in the order: (a, b) > (x, y), as a database can use an index for it."""
    condition = Q()
    equal = Q()
    for name, down, value in zip(fields, descending, values, strict=True):
        condition |= equal & Q(**{f"{name}__{'lt' if down else 'gt'}": value})
        equal &= Q(**{name: value})
    lead = f"{fields[0]}__{'lte' if descending[0] else 'gte'}"
    return Q(**{lead: values[0]}) & condition


def first_page(found: list[M], *, order: Sequence[str], limit: int) -> Page[M]:
    """The first page, of rows already read in `order`: one more than `limit` of them says that there is a next."""
    more, shown = len(found) > limit, found[:limit]
    return Page(shown, _pack(shown[-1], order, False) if more else None, None)


def paginate(
    rows: QuerySet[M], *, order: Sequence[str] = ("-id",), cursor: str | None = None, limit: int = 50
) -> Page[M]:
    """One page of `rows` by `order` (the last name unique, no nulls). Invalid(field="cursor") for a forged cursor."""
    fields = [name.lstrip("-") for name in order]
    descending = [name.startswith("-") for name in order]
    back = False
    values: list[Any] | None = None
    if cursor:
        values, back = _unpack(cursor, order)
    wanted = [down != back for down in descending]
    if values is not None:
        rows = rows.filter(_beyond(fields, wanted, values))
    sorted_by = [("-" if down else "") + name for name, down in zip(fields, wanted, strict=True)]
    found = list(rows.order_by(*sorted_by)[: limit + 1])
    if not cursor:
        return first_page(found, order=order, limit=limit)
    more, found = len(found) > limit, found[:limit]
    if back:
        found.reverse()
    forward = found and (more or back)
    backward = found and (more or not back)
    return Page(
        found,
        _pack(found[-1], order, False) if forward else None,
        _pack(found[0], order, True) if backward else None,
    )


def paginate_in_windows(
    rows: QuerySet[M],
    among: QuerySet[Any],
    *,
    order: Sequence[str],
    cursor: str | None,
    limit: int,
    window: int,
) -> Page[M]:
    """A page of `rows` that may be rare `among` many: no more than `window` of those are looked at for it.

    A page may so be short, even empty, and still have a next one, which goes on where this one stopped looking.
    """
    fields = [name.lstrip("-") for name in order]
    descending = [name.startswith("-") for name in order]
    if cursor:
        values, back = _unpack(cursor, order)
        if back:
            return paginate(rows, order=order, cursor=cursor, limit=limit)
        among = among.filter(_beyond(fields, descending, values))
    keys = among.order_by(*order).values_list(*fields, named=True)
    last: Any = next(iter(keys[window - 1 : window]), None)
    if last is None:
        return paginate(rows, order=order, cursor=cursor, limit=limit)
    edge = [getattr(last, name) for name in fields]
    within = _beyond(fields, [not down for down in descending], edge) | Q(
        **dict(zip(fields, edge, strict=True))
    )
    lead = f"{fields[0]}__{'gte' if descending[0] else 'lte'}"
    page = paginate(rows.filter(Q(**{lead: edge[0]}) & within), order=order, cursor=cursor, limit=limit)
    onward = page.next_cursor or _pack(last, order, False)
    return Page(page.items, onward, page.previous_cursor)
