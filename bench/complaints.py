"""Complaints and incidents in proportion to the cases: as many as a year of service has, closed but for a few."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import models

from bench.fill import COMPLAINTS as SHARE
from bench.fill import Pattern, moment
from shouwen.complaints.models import (
    Approval,
    Cause,
    Complaint,
    Grant,
    Liability,
    Option,
    OutsideMatter,
    Recovery,
    StageVisit,
)
from shouwen.incidents.models import Area, Incident, Link

OPEN = 20  # each twentieth complaint is in work
CASES_EACH = 200  # of an incident
PASSED = (
    "received",
    "acknowledged",
    "facts",
    "nature",
    "explained",
    "proposed",
    "agreed",
    "carried_out",
    "confirmed",
)
FILLED: tuple[type[models.Model], ...] = (
    Complaint, StageVisit, Option, Approval, Grant, OutsideMatter, Recovery, Incident, Area, Link,
)  # fmt: skip
When = Callable[[int], datetime]


def fill(size: int, agents: list[int], when: When) -> int:
    """After the cases: what hangs on them. Returns the newest incident."""
    count = size // SHARE
    _complaints(size, count, agents, when)
    _visits(count, when)
    _grants(count, agents, when)
    _outside(count, when)
    _recoveries(size, count, when)
    return _incidents(size, when)


def _is_open(n: int, count: int) -> bool:
    return n % OPEN == 0 or n > count - 50


def _complaints(size: int, count: int, agents: list[int], when: When) -> None:
    at = when(1)
    complaint = Complaint(case_id=1, state="closed", stage="reviewed", opened_at=at, stage_since=at)
    names = [
        "id", "case_id", "state", "stage", "opened_at", "stage_since", "due_at", "closed_at", "weight", "validity",
        "liability", "cause", "customer_id", "granted", "recovered", "again", "investigator_id",
    ]  # fmt: skip
    customers = max(size // 10, 1)

    def rows() -> Iterator[tuple[Any, ...]]:
        for n in range(1, count + 1):
            case, open_ = n * SHARE, _is_open(n, count)
            began, ended = moment(when(case)), moment(when(case) + timedelta(days=3))
            yield (
                n,
                case,
                "active" if open_ else "closed",
                PASSED[n % len(PASSED)] if open_ else "reviewed",
                began,
                began,
                ended if open_ else None,
                None if open_ else ended,
                n % 5 + 1,
                "" if open_ else "invalid" if n % 3 == 0 else "valid",
                "" if open_ else Liability.values[n % len(Liability.values)],
                "" if open_ else Cause.values[n % len(Cause.values)],
                case % customers + 1,
                10_000 if n % 4 == 0 else 0,
                not open_ and n % 30 == 0,
                not open_ and n % 7 == 0,
                agents[n % len(agents)] if n % 11 == 0 else None,
            )

    Pattern(complaint, names).write(rows())


def _visits(count: int, when: When) -> None:
    """What is closed went through every stage, four hours in each."""
    at = when(1)
    visit = StageVisit(
        complaint_id=1, stage="", entered_at=at, left_at=at, lasted=timedelta(hours=4), passed=True
    )

    def rows() -> Iterator[tuple[Any, ...]]:
        pk = 0
        for n in range(1, count + 1):
            if _is_open(n, count):
                continue
            for place, stage in enumerate((*PASSED, "reviewed")):
                pk += 1
                entered = when(n * SHARE) + timedelta(hours=4 * place)
                yield pk, n, stage, moment(entered), moment(entered + timedelta(hours=4))

    Pattern(visit, ["id", "complaint_id", "stage", "entered_at", "left_at"]).write(rows())


def _grants(count: int, agents: list[int], when: When) -> None:
    at, chosen = when(1), range(4, count + 1, 4)
    option = Option(complaint_id=1, remedy="refund", title="退款", amount=10_000, gain="退款", added_at=at)
    Pattern(option, ["id", "complaint_id", "added_at"]).write((n, n, moment(when(n * SHARE))) for n in chosen)
    approval = Approval(
        case_id=1, complaint_id=1, option_id=1, title="退款", remedy="refund", amount=10_000, state="granted", asked_at=at
    )  # fmt: skip
    names = ["id", "case_id", "complaint_id", "option_id", "asked_at", "decided_at"]
    given = ((n, n * SHARE, moment(when(n * SHARE))) for n in chosen)
    Pattern(approval, names).write((n, case, n, n, stamp, stamp) for n, case, stamp in given)
    grant = Grant(
        case_id=1, complaint_id=1, approval_id=1, remedy="refund", amount=10_000, granted_by=agents[0], granted_at=at,
        in_stage="proposed",
    )  # fmt: skip
    names = ["id", "case_id", "complaint_id", "approval_id", "granted_at"]
    given = ((n, n * SHARE, moment(when(n * SHARE))) for n in chosen)
    Pattern(grant, names).write((n, case, n, n, stamp) for n, case, stamp in given)


def _outside(count: int, when: When) -> None:
    matter = OutsideMatter(complaint_id=1, body="12315", name="12315", came_at=when(1), recorded_at=when(1))
    rows = ((n, n, moment(when(n * SHARE))) for n in range(50, count + 1, 50))
    Pattern(matter, ["id", "complaint_id", "came_at"]).write(rows)


def _recoveries(size: int, count: int, when: When) -> None:
    at = when(1)
    done = Recovery(
        complaint_id=1,
        customer_id=1,
        sort="visit",
        text="上门致歉",
        planned_at=at,
        follow_up_at=at,
        followed_at=at,
        level=5,
    )
    customers = max(size // 10, 1)
    rows = ((n, n, n * SHARE % customers + 1) for n in range(30, count + 1, 30) if not _is_open(n, count))
    Pattern(done, ["id", "complaint_id", "customer_id"]).write(rows)


def _incidents(size: int, when: When) -> int:
    """One for each ten thousand cases and at least one, two hundred cases each."""
    count = max(size // 10_000, 1)
    each = min(CASES_EACH, size // count)
    at = when(1)
    incident = Incident(
        title="光缆被挖断",
        state="closed",
        began_at=at,
        made_at=at,
        changed_at=at,
        area_names=["和平区"],
        linked_count=each,
        closed_at=at,
    )
    names = ["id", "state", "active", "began_at"]

    def rows() -> Iterator[tuple[Any, ...]]:
        for n in range(1, count + 1):
            newest = n == count
            yield n, "open" if newest else "closed", newest, moment(when(n * (size // count)))

    Pattern(incident, names).write(rows())
    Pattern(Area(incident_id=1, name="和平区"), ["id", "incident_id"]).write(
        (n, n) for n in range(1, count + 1)
    )
    link = Link(incident_id=1, case_id=1, area_id=1, state="linked", made_at=at, changed_at=at)
    made = ((n, k) for n in range(1, count + 1) for k in range(1, each + 1))
    numbered = ((pk, n, n * (size // count) - each + k, n) for pk, (n, k) in enumerate(made, start=1))
    Pattern(link, ["id", "incident_id", "case_id", "area_id"]).write(numbered)
    return count
