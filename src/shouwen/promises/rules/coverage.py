"""Whether something is covered on a day: from when it was bought, until when, and why.

The day of purchase does not count and the right ends with its last day; a span of months ends on the same day of
the last month, or on that month's last day where it has no such day (Civil Code of China, art. 201 and 202). Days
on which the goods stood in repair are added, as the rules on repair, exchange and return say.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from shouwen.kernel.errors import N_, Invalid, Sentence

WARRANTY, RETURN, EXCHANGE, REPAIR = "warranty", "return", "exchange", "repair"
SORTS: Final = (WARRANTY, RETURN, EXCHANGE, REPAIR)
DAYS, MONTHS = "days", "months"
COVERED, NOT_COVERED, UNKNOWN = "covered", "not_covered", "unknown"
LONGEST: Final = {DAYS: 3660, MONTHS: 360}


@dataclass(frozen=True)
class Rule:
    sort: str
    span: int | None
    unit: str = MONTHS
    condition: str = ""
    evidence: str = ""
    source: str = ""
    condition_en: str = ""
    evidence_en: str = ""
    source_en: str = ""


@dataclass(frozen=True)
class Thing:
    """What is known of the asset."""

    bought_on: date | None = None
    warranty_until: date | None = None
    repair_days: int = 0


@dataclass(frozen=True)
class Finding:
    """`verdict` covered, not_covered or unknown; `why` in a sentence; `until` the last covered day if known."""

    rule: Rule
    verdict: str
    why: Sentence
    until: date | None

    @property
    def sort(self) -> str:
        return self.rule.sort


def judge(rule: Rule, thing: Thing, on: date) -> Finding:
    """What a rule says of a thing on a day."""
    until, why = _until(rule, thing)
    if until is None:
        return _found(rule, UNKNOWN, why, None)
    if thing.bought_on is not None and on < thing.bought_on:
        said = Sentence(
            N_("It was bought on %(date)s only; check the date."), {"date": thing.bought_on.isoformat()}
        )
        return _found(rule, UNKNOWN, said, until)
    covered = on <= until
    return _found(rule, COVERED if covered else NOT_COVERED, why, until)


def _until(rule: Rule, thing: Thing) -> tuple[date | None, Sentence]:
    if rule.sort == WARRANTY and thing.warranty_until is not None:
        last = thing.warranty_until + timedelta(days=thing.repair_days)
        return last, Sentence(N_("Its own warranty lasts until %(until)s."), {"until": last.isoformat()})
    if rule.span is None:
        return None, Sentence(N_("No end of warranty is recorded for it: ask for the warranty card."))
    if thing.bought_on is None:
        return None, Sentence(N_("It is not known when it was bought: ask for the invoice."))
    last = after(thing.bought_on, rule.span, rule.unit) + timedelta(days=thing.repair_days)
    known = {
        "bought": thing.bought_on.isoformat(),
        "span": rule.span,
        "until": last.isoformat(),
        "repair": thing.repair_days,
    }
    if thing.repair_days and rule.unit == DAYS:
        text = N_("Bought on %(bought)s, %(span)s days, plus %(repair)s days in repair: until %(until)s.")
    elif thing.repair_days:
        text = N_("Bought on %(bought)s, %(span)s months, plus %(repair)s days in repair: until %(until)s.")
    elif rule.unit == DAYS:
        text = N_("Bought on %(bought)s, %(span)s days: until %(until)s.")
    else:
        text = N_("Bought on %(bought)s, %(span)s months: until %(until)s.")
    return last, Sentence(text, known)


def after(start: date, span: int, unit: str) -> date:
    """The last day of a span that begins after `start`."""
    if unit == DAYS:
        return start + timedelta(days=span)
    months = start.year * 12 + start.month - 1 + span
    year, month = divmod(months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _found(rule: Rule, verdict: str, why: Sentence, until: date | None) -> Finding:
    return Finding(rule, verdict, why, until)


def check(sort: str, span: int | None, unit: str) -> None:
    if sort not in SORTS:
        raise Invalid(Sentence(N_("There is no such sort of coverage.")), field="sort")
    if unit not in LONGEST:
        raise Invalid(Sentence(N_("Choose days or months.")), field="unit")
    if span is None and sort != WARRANTY:
        raise Invalid(Sentence(N_("Say how long after the purchase it holds.")), field="span")
    if span is not None and not 0 < span <= LONGEST[unit]:
        raise Invalid(
            Sentence(N_("Enter at least one, and at most ten years of days or thirty of months.")),
            field="span",
        )
