"""Reads on the time limits that laws and regulators set."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from shouwen.kernel.errors import NotFound
from shouwen.platform.access import Actor
from shouwen.promises import subjects
from shouwen.promises.models import StatutoryClock, StatutoryState, StatutoryTemplate, TermUnit
from shouwen.promises.queries import policy
from shouwen.promises.rules import statutory as rules
from shouwen.promises.rules.words import Subject

RUNS: dict[str, Any] = {
    rules.RECEIVED: gettext_lazy("Received: this day does not count"),
    rules.COUNTED: gettext_lazy("Counts"),
    rules.MAKE_UP: gettext_lazy("Make-up workday: counts"),
    rules.WEEKEND: gettext_lazy("Weekend: does not count"),
    rules.HOLIDAY: gettext_lazy("Official holiday: does not count"),
    rules.ROLLED: gettext_lazy("A day off: the end moves on to the next working day"),
}
UNIT_TEXTS: dict[str, Any] = {
    rules.CALENDAR_DAYS: gettext_lazy("%(count)s calendar days"),
    rules.WORKING_DAYS: gettext_lazy("%(count)s working days"),
    rules.WEEKS: gettext_lazy("%(count)s weeks"),
}

UNIT_LABELS: Final[dict[str, Any]] = dict(TermUnit.choices)


@dataclass(frozen=True)
class Statutory:
    """A running or settled statutory time limit with its words: what lists and pages show.

    `explanation` is one sentence; `reckoning` has it day by day. `next_extension` is what the law still allows.
    """

    clock: StatutoryClock
    label: str
    authority: str
    source: str
    due_at: datetime
    state: str
    explanation: str
    reckoning: rules.Reckoning
    next_extension: dict[str, Any] | None

    @property
    def id(self) -> int:
        return self.clock.pk

    @property
    def overdue(self) -> bool:
        return self.state == StatutoryState.BREACHED


def statutory_for(subject: Subject) -> list[Statutory]:
    """Every statutory clock of a subject, those that run first, nearest due first. Two queries and one for the
    official days."""
    kind, pk = subject
    rows = list(_clocks().filter(subject_kind=kind, subject_id=pk))
    rows.sort(key=lambda row: (row.settled_at is not None, row.due_at, row.pk))
    return [explained(row) for row in rows]


def statutory_clock(clock_id: int, actor: Actor) -> StatutoryClock:
    """One of them, if its subject is for this actor's eyes."""
    found = _clocks().filter(pk=clock_id).first()
    if found is None or found.subject not in subjects.lines([found.subject], actor):
        raise NotFound(_("There is no such clock."))
    return found


def locked_statutory(clock_id: int) -> StatutoryClock:
    found = StatutoryClock.objects.select_for_update().filter(pk=clock_id).first()
    if found is None:
        raise NotFound(_("There is no such clock."))
    return found


def explained(clock: StatutoryClock) -> Statutory:
    template = clock.template
    taken = list(clock.extensions.all())
    reckoning = reckon(template, clock.received_at, [step.count for step in taken])
    said = _("%(term)s from the day after receipt: %(last)s.") % {
        "term": term_text(template, [step.count for step in taken]),
        "last": reckoning.last_day.isoformat(),
    }
    left = template.extensions[len(taken) :]
    return Statutory(
        clock,
        template_name(template),
        template.authority,
        source_text(template),
        clock.due_at,
        clock.state,
        said,
        reckoning,
        left[0] if left and clock.settled_at is None else None,
    )


def reckon(
    template: StatutoryTemplate, received_at: datetime, extended: Sequence[int] = ()
) -> rules.Reckoning:
    """When it would end for something received then."""
    return rules.reckon(term_of(template, extended), received_at, days_off(template.country))


def term_of(template: StatutoryTemplate, extended: Sequence[int] = ()) -> rules.Term:
    return rules.Term(
        template.count, template.unit, template.zone, template.ends_at, template.rolls, tuple(extended)
    )


def days_off(country: str) -> rules.DaysOff:
    """China's from the notices known here, the UK's (England and Wales) from its rules."""
    if country == "GB":
        return rules.british()
    known = policy.published_days("CN")
    return rules.chinese(known.holidays, known.workdays, known.last)


def term_text(template: StatutoryTemplate, extended: Sequence[int] = ()) -> str:
    """ "15 + 15 calendar days" """
    count = " + ".join(str(part) for part in (template.count, *extended))
    return str(UNIT_TEXTS[template.unit]) % {"count": count}


def template_name(template: StatutoryTemplate) -> str:
    english = not (get_language() or "zh").startswith("zh")
    return template.name_en if english and template.name_en else template.name


def source_text(template: StatutoryTemplate) -> str:
    return " · ".join(part for part in (template.source, template.source_version) if part)


def statutory_templates(at: datetime) -> QuerySet[StatutoryTemplate]:
    """Those in force at `at` or planned for later."""
    return StatutoryTemplate.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=at))


def statutory_template(template_id: int) -> StatutoryTemplate:
    found = StatutoryTemplate.objects.filter(pk=template_id).first()
    if found is None:
        raise NotFound(_("There is no such time limit."))
    return found


def statutory_versions(code: str) -> list[StatutoryTemplate]:
    """All versions of one time limit, newest first."""
    return list(StatutoryTemplate.objects.filter(code=code).order_by("-version"))


def statutory_in_force(code: str, at: datetime) -> StatutoryTemplate | None:
    """The version that holds for what is received at `at`."""
    rows = StatutoryTemplate.objects.filter(code=code, valid_from__lte=at)
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=at)).order_by("-version").first()


def statutory_choices(at: datetime) -> list[tuple[str, str]]:
    """(code, what it reads) of every time limit in force at `at`, for a form."""
    rows = statutory_templates(at).filter(valid_from__lte=at)
    return [(row.code, f"{row.authority} · {template_name(row)} ({term_text(row)})") for row in rows]


def _clocks() -> QuerySet[StatutoryClock]:
    return StatutoryClock.objects.select_related("template").prefetch_related("extensions")
