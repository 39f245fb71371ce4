"""What recurs: groups of closed cases become candidates, new cases join the problems they fit."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from shouwen.cases import queries as case_reads
from shouwen.incidents.models import Problem, ProblemCase, ProblemState
from shouwen.incidents.queries import sightings
from shouwen.incidents.queries.offers import model_of, terms_of
from shouwen.incidents.rules import problems as rules
from shouwen.platform.jobs import enqueue

FIND = "incidents.find_recurring"
GATHER = "incidents.gather"
MOST_CANDIDATES = 20
MOST_LIVE = 200


@transaction.atomic
def find_recurring(*, at: datetime) -> list[int]:
    """Candidates among the closed cases of ninety days; the ids of new ones. What is known or was dismissed stays so."""
    past = sightings.past_closed(at)
    times = {one.case_id: one.at for one in past}
    found = rules.recurring(past)
    made = []
    for group in found[:MOST_CANDIDATES]:
        key = f"{group.sort}:{group.value}:{group.terms[0]}"[:200]
        known = ProblemCase.objects.filter(case__in=group.case_ids).values("case").distinct().count()
        if 2 * known >= len(group.case_ids) or Problem.objects.filter(key=key).exists():
            continue
        made.append(_candidate(group, key, {pk: times[pk] for pk in group.case_ids}, at))
    return [problem.pk for problem in made]


def _candidate(group: rules.Recurring, key: str, opened: dict[int, datetime], at: datetime) -> Problem:
    with translation.override("zh-hans"):
        where = group.value if group.sort == "model" else case_reads.kind_label(group.value)
        told = "、".join(word for word, _count in group.words[:3])
        title = _("%(where)s: %(words)s") % {"where": where, "words": told}
    problem = Problem(
        title=title[:200],
        model=group.value if group.sort == "model" else "",
        kind=group.value if group.sort == "kind" else "",
        terms=list(group.terms),
        key=key,
        evidence={
            "sort": group.sort,
            "value": group.value,
            "words": [list(pair) for pair in group.words],
            "cases": len(group.case_ids),
            "days": group.days,
            "usual": group.usual,
            "chance": group.chance,
        },
        made_at=at,
        changed_at=at,
    )
    problem.set_state(ProblemState.CANDIDATE)
    problem.save(force_insert=True)
    _join(problem, opened)
    return problem


def _join(problem: Problem, opened: dict[int, datetime], *, found: bool = True) -> int:
    """Cases that are one of the problem's from now on; those removed by hand stay removed."""
    known = set(
        ProblemCase.objects.filter(problem=problem, case__in=opened).values_list("case_id", flat=True)
    )
    rows = [
        ProblemCase(problem=problem, case_id=pk, opened_at=moment, found=found)
        for pk, moment in opened.items()
        if pk not in known
    ]
    ProblemCase.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    Problem.objects.filter(pk=problem.pk).update(case_count=F("case_count") + len(rows))
    return len(rows)


def belongs(problem: Problem, model: str, kind: str, terms: frozenset[str]) -> bool:
    """Whether a case is one of the problem's: the same model or kind, and two of its words (one, if it has one)."""
    if problem.model and problem.model.casefold() != model.casefold():
        return False
    if problem.kind and problem.kind != kind:
        return False
    wanted = frozenset(problem.terms)
    return bool(wanted) and len(wanted & terms) >= min(2, len(wanted))


def follow_problems(*, cases: list[Any], at: datetime) -> int:
    """New cases join the live problems they fit, so that the watch counts them. One statement when there are none."""
    live = list(Problem.objects.filter(live=True).order_by("-changed_at", "-id")[:MOST_LIVE])
    joined = 0
    for problem in live:
        fitting = {
            case.pk: case.opened_at
            for case in cases
            if belongs(problem, model_of(case), case.kind, terms_of(case))
        }
        joined += _join(problem, fitting) if fitting else 0
    return joined


@transaction.atomic
def gather(*, problem_id: int, at: datetime) -> int:
    """The cases of ninety days that fit a problem somebody has written down."""
    problem = Problem.objects.select_for_update(of=("self",)).get(pk=problem_id)
    fitting = {
        one.case_id: one.at
        for one in sightings.past_all(at)
        if belongs(problem, one.model, one.kind, one.terms)
    }
    return _join(problem, fitting) if fitting else 0


def gather_later(problem: Problem) -> None:
    enqueue(GATHER, {"problem_id": problem.pk}, key=f"{GATHER}:{problem.pk}")
