"""The plain values a notice is read into."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from shouwen.kernel.errors import Sentence

Kind = Literal["holiday", "workday"]


@dataclass(frozen=True)
class NoticeDay:
    date: date
    kind: Kind
    name: str = ""


@dataclass(frozen=True)
class Raw:
    """One day as read, before it is checked. `weekday` is what the source says it is, Monday 0."""

    source: str
    day: NoticeDay | None = None
    weekday: int | None = None
    refused: Sentence | None = None


@dataclass(frozen=True)
class Refusal:
    source: str
    reason: Sentence


@dataclass(frozen=True)
class Notice:
    year: int
    days: tuple[NoticeDay, ...]
    refused: tuple[Refusal, ...]

    @property
    def holidays(self) -> tuple[NoticeDay, ...]:
        return tuple(day for day in self.days if day.kind == "holiday")

    @property
    def workdays(self) -> tuple[NoticeDay, ...]:
        return tuple(day for day in self.days if day.kind == "workday")
