"""Calendars and standards kept in memory, so that starting a clock asks the database nothing.

What is kept is one immutable `Policy`, labelled with the edition it was read at. A process looks at the
edition at most every five seconds; the process that changed something looks again at once. Inside a
transaction that changed something and has not committed yet, its own view is used and kept apart: another
thread must never see what may still be rolled back.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from functools import cache

from django.db import transaction

from shouwen.kernel.errors import N_, NotFound, Sentence
from shouwen.kernel.worktime import Calendar as WorkCalendar
from shouwen.kernel.worktime.official import OfficialDays, official_days
from shouwen.people import queries as people
from shouwen.promises.models import (
    Calendar,
    CoverageRule,
    Edition,
    OfficialDay,
    PromiseKind,
    ServiceItem,
    ServiceStandard,
)
from shouwen.promises.rules import coverage
from shouwen.promises.rules.authority import Allowance
from shouwen.promises.rules.standards import Standard

FRESH_SECONDS = 5.0


@dataclass(frozen=True)
class Policy:
    """Everything clocks are computed from, as plain values."""

    edition: int
    calendars: Mapping[int, WorkCalendar]
    default_calendar_id: int | None
    standards: tuple[Standard, ...]
    team_calendars: Mapping[int, int]
    notices: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    coverages: Mapping[int, tuple[coverage.Rule, ...]] = field(default_factory=dict)
    allowances: Mapping[str, Allowance] = field(default_factory=dict)

    def allowance(self, work: str) -> Allowance:
        """What holds for a kind of promise; everything is allowed where nothing is stated."""
        return self.allowances.get(work) or Allowance(work)

    def calendar(self, calendar_id: int | None) -> WorkCalendar:
        return self.calendars[self.calendar_id(calendar_id)]

    def calendar_id(self, calendar_id: int | None, team_id: int | None = None) -> int:
        """The calendar itself; where none (or a vanished one) is named the team's, else the default one."""
        for wanted in (calendar_id, self.team_calendars.get(team_id) if team_id is not None else None):
            if wanted is not None and wanted in self.calendars:
                return wanted
        if self.default_calendar_id is None:
            raise NotFound(Sentence(N_("There is no working calendar yet.")))
        return self.default_calendar_id


class _Uncommitted:
    """Hangs in the transaction's after-commit list: gone with a rollback, called with a commit."""

    def __init__(self) -> None:
        self.policy: Policy | None = None

    def __call__(self) -> None:
        forget()


_kept: Policy | None = None
_looked_at = -FRESH_SECONDS


def forget() -> None:
    """Read everything again at the next question."""
    global _kept  # noqa: PLW0603
    _kept = None


def changing() -> None:
    """The running transaction has changed something: it sees its own view, the others look again after
    commit."""
    transaction.on_commit(_Uncommitted())


def current() -> Policy:
    """What holds now. No query while what is kept is fresh; one cheap query every five seconds."""
    global _kept, _looked_at
    uncommitted = _own_change()
    if uncommitted is not None:
        uncommitted.policy = uncommitted.policy or _read()
        return uncommitted.policy
    kept, moment = _kept, time.monotonic()
    if kept is not None and moment - _looked_at < FRESH_SECONDS:
        return kept
    # The edition is read before the rows: a change in between makes the next look read once more.
    if kept is None or kept.edition != _edition():
        kept = _read()
    _kept, _looked_at = kept, moment
    return kept


def _own_change() -> _Uncommitted | None:
    waiting = transaction.get_connection().run_on_commit
    return next((entry[1] for entry in reversed(waiting) if isinstance(entry[1], _Uncommitted)), None)


def _edition() -> int:
    return Edition.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def _read() -> Policy:
    edition = _edition()
    published = {country: published_days(country) for country in ("CN",)}
    calendars = {}
    default = None
    for row in Calendar.objects.all():
        read = WorkCalendar.from_json(row.definition)
        calendars[row.pk] = replace(read, published=published[read.official]) if read.official else read
        default = row.pk if row.default else default
    standards = tuple(_standard(row) for row in ServiceStandard.objects.all())
    return Policy(
        edition,
        calendars,
        default,
        standards,
        people.team_calendars(),
        _notices(),
        _coverage(),
        _allowances(),
    )


def _notices() -> dict[int, tuple[str, str]]:
    """What goes out by itself before a service begins, in Chinese and in English."""
    rows = ServiceItem.objects.filter(active=True, sends_notice=True).exclude(expectation_notice="")
    texts = rows.values_list("pk", "expectation_notice", "expectation_notice_en")
    return {pk: (notice, english or notice) for pk, notice, english in texts}


def _coverage() -> dict[int, tuple[coverage.Rule, ...]]:
    found: dict[int, tuple[coverage.Rule, ...]] = {}
    columns = ("item_id", *(field.name for field in fields(coverage.Rule)))
    for item_id, *values in CoverageRule.objects.order_by("item_id", "pk").values_list(*columns):
        found[item_id] = (*found.get(item_id, ()), coverage.Rule(*values))
    return found


def _allowances() -> dict[str, Allowance]:
    found = {}
    for kind in PromiseKind.objects.prefetch_related("authorities"):
        lead = kind.minimum_lead_minutes
        roles = {row.role: row.most_amount for row in kind.authorities.all()}
        found[kind.work] = Allowance(
            kind.work,
            timedelta(minutes=lead) if lead is not None else None,
            kind.strict,
            kind.restricted,
            roles,
        )
    return found


def _standard(row: ServiceStandard) -> Standard:
    return Standard(
        row.pk,
        row.item_id,
        row.case_kind,
        row.tier,
        row.channel,
        row.targets,
        row.calendar_id,
        row.valid_from,
        row.valid_to,
    )


def published_days(country: str) -> OfficialDays:
    """The packaged official days, with the years for which a notice was installed here replaced whole."""
    installed = list(OfficialDay.objects.filter(country=country).values_list("date", "kind"))
    return with_notices(country, tuple(sorted(installed)))


@cache
def with_notices(country: str, installed: tuple[tuple[date, str], ...]) -> OfficialDays:
    packaged = official_days(country)
    years = {day.year for day, _ in installed}
    last = packaged.last.year
    while last + 1 in years:
        last += 1
    return OfficialDays(
        frozenset(day for day in packaged.holidays if day.year not in years)
        | {day for day, kind in installed if kind == "holiday"},
        frozenset(day for day in packaged.workdays if day.year not in years)
        | {day for day, kind in installed if kind == "workday"},
        date(last, 12, 31),
    )
