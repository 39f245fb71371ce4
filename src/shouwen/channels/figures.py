"""What a channel measures by itself, for the page of channel statistics.

The page belongs to a room above, which counts cases. What only the channel knows (how long a phone rang, how many
visitors did not come) a vendor registers here, each figure with the list it counts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True)
class Figure:
    """`value` as text; `url` leads to what it counts."""

    label: Any
    value: str
    url: str


Measure = Callable[[datetime, datetime], list[Figure]]
_MEASURES: dict[str, Measure] = {}


def link(address: str, since: datetime, until: datetime, **asked: str) -> str:
    """A list of the same period; `until` is the midnight after its last day."""
    days = {"since": since.date().isoformat(), "until": (until - timedelta(seconds=1)).date().isoformat()}
    return f"{address}?{urlencode({**asked, **days})}"


def register(channel: str, measure: Measure) -> None:
    """`measure(since, until)` costs a bounded number of indexed questions."""
    _MEASURES[channel] = measure


def of(channel: str, since: datetime, until: datetime) -> list[Figure]:
    measure = _MEASURES.get(channel)
    return measure(since, until) if measure else []


def measured() -> list[str]:
    """Channels that measure something by themselves."""
    return list(_MEASURES)
