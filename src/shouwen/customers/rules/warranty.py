"""Whether an asset is in warranty on a day."""

from dataclasses import dataclass
from datetime import date

ENDING_DAYS = 30  # "ending soon" on screens


@dataclass(frozen=True)
class Warranty:
    state: str  # in | ending | out | unknown
    until: date | None
    days: int  # left when positive, past when negative, 0 on the last day

    @property
    def holds(self) -> bool:
        return self.state in ("in", "ending")


def warranty(until: date | None, on: date) -> Warranty:
    """The last day of a warranty belongs to it."""
    if until is None:
        return Warranty("unknown", None, 0)
    days = (until - on).days
    if days < 0:
        return Warranty("out", until, days)
    return Warranty("ending" if days <= ENDING_DAYS else "in", until, days)
