"""Tabs and page links of the two registers."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shouwen.channels import rules
from shouwen.platform.web import Input

DELIVERIES: dict[str, Any] = {
    rules.QUEUED: _("Waiting to be sent"),
    rules.SENDING: _("Being sent"),
    rules.HELD: _("Held back"),
    rules.FAILED: _("Not delivered"),
    rules.MAYBE_SENT: _("Possibly sent"),
}
RESULTS: dict[str, Any] = {
    rules.REFUSED: _("Refused"),
    rules.AUTO_REPLY: _("Automatic reply"),
    rules.BOUNCE: _("Delivery report"),
    rules.DUPLICATE: _("Known already"),
}


def tabs(
    here: str, field: str, chosen: str, labels: Mapping[str, Any], codes: Iterable[str]
) -> list[tuple[Any, str, bool, None]]:
    """(label, address, active, no count): all, then one for each code."""
    path = reverse(here)
    each = [(labels[code], f"{path}?{urlencode({field: code})}", code == chosen, None) for code in codes]
    return [(_("All"), path, not chosen, None), *each]


def period(asked: Input) -> tuple[datetime | None, datetime | None, dict[str, str]]:
    """From the first day's midnight to the one after the last day, in the reader's zone, and what was asked."""
    first, last = asked.day("since"), asked.day("until")
    kept = {name: day.isoformat() for name, day in (("since", first), ("until", last)) if day}
    return _midnight(first), _midnight(last + timedelta(days=1) if last else None), kept


def _midnight(day: date | None) -> datetime | None:
    here = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return here.replace(year=day.year, month=day.month, day=day.day) if day else None


def pages(
    here: str,
    field: str,
    chosen: str,
    previous: str | None,
    following: str | None,
    **more: str,
) -> dict[str, str | None]:
    """Addresses of the pages before and after this one, with the same choice."""

    def address(cursor: str | None) -> str | None:
        if cursor is None:
            return None
        asked = {**more, "cursor": cursor, **({field: chosen} if chosen else {})}
        return f"{reverse(here)}?{urlencode(asked)}"

    return {"previous_url": address(previous), "next_url": address(following)}
