"""A case as rules see it: the row, and what is asked for only when a condition wants it."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from shouwen.cases.models import Awaiting, Case
from shouwen.cases.rules.automation import Rule, compares
from shouwen.channels.models import Message
from shouwen.platform import automation
from shouwen.promises.models import Promise

MOST_TEXT = 20_000


class Seen:
    """`case` at a moment. `said` and `owed` spare the questions where many cases are looked at together."""

    def __init__(
        self,
        case: Case,
        at: datetime,
        *,
        said: Mapping[int, str] | None = None,
        owed: Mapping[int, datetime] | None = None,
    ) -> None:
        self.case, self.at, self._said, self._owed = case, at, said, owed

    @cached_property
    def message(self) -> str:
        """The newest thing the customer said, in small letters."""
        said = newest_words([self.case.pk]) if self._said is None else self._said
        return said.get(self.case.pk, "")[:MOST_TEXT].lower()

    @cached_property
    def overdue(self) -> int | None:
        """Minutes since the oldest promise the customer still waits for fell due; None when none has."""
        owed = oldest_owed([self.case.pk]) if self._owed is None else self._owed
        due = owed.get(self.case.pk)
        return minutes(self.at - due) if due is not None and due <= self.at else None

    @property
    def waiting(self) -> int | None:
        """Minutes the customer has waited for us; None when it is not our turn."""
        if self.case.awaiting != Awaiting.US or self.case.awaiting_since is None:
            return None
        return minutes(self.at - self.case.awaiting_since)

    @property
    def age(self) -> int:
        return minutes(self.at - self.case.opened_at)


def minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)


def newest_words(case_ids: Iterable[int]) -> dict[int, str]:
    """What the customer said last, by case."""
    rows = Message.objects.filter(subject_kind="case", subject_id__in=list(case_ids), direction="inbound")
    return dict(rows.order_by("id").values_list("subject_id", "text"))


def oldest_owed(case_ids: Iterable[int]) -> dict[int, datetime]:
    """When the oldest promise that the customer still waits for is due, by case."""
    rows = Promise.objects.filter(subject_kind="case", subject_id__in=list(case_ids), owed=True)
    return dict(rows.order_by("-due_at").values_list("subject_id", "due_at"))


def holds(rule: Rule, seen: Seen) -> bool:
    """Whether every condition of `rule` holds. One that no room knows any more never does."""
    known = automation.conditions()
    return all(code in known and _holds(known[code], wanted, seen) for code, wanted in rule.conditions)


def _holds(condition: automation.Condition, wanted: Any, seen: Seen) -> bool:
    order = (
        [str(code) for code, _label in condition.choices()]
        if condition.how == "rank" and condition.choices
        else []
    )
    return compares(condition.how, condition.value(seen), wanted, order)


def moment_of(rule: Rule, case: Case) -> datetime | None:
    """What the time of a rule is counted from; None when it has no meaning for the case as it is now."""
    found: Mapping[str, tuple[bool, datetime | None]] = {
        "opened": (case.active, case.opened_at),
        "unowned": (case.active and case.owner_id is None, case.opened_at),
        "waiting_us": (case.active and case.awaiting == Awaiting.US, case.awaiting_since),
        "waiting_customer": (case.active and case.awaiting == Awaiting.CUSTOMER, case.awaiting_since),
        "untouched": (case.active, case.last_at),
        "due_before": (case.active, case.due_at),
        "due_after": (case.active, case.due_at),
        "resolved": (case.state == "resolved", case.resolved_at),
    }
    means, moment = found[rule.moment]
    return moment if means else None
