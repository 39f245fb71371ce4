"""Recurring problems: lists, one whole, its cases and what has become of them since the fix."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.cases import queries as cases
from shouwen.incidents import policies
from shouwen.incidents.models import Incident, Problem, ProblemCase, ProblemState
from shouwen.incidents.queries.page import Step
from shouwen.incidents.rules import problems as rules
from shouwen.incidents.rules import words
from shouwen.kernel.errors import NotFound
from shouwen.platform import db
from shouwen.platform.access import Actor
from shouwen.platform.ledger import describe
from shouwen.platform.ledger import queries as ledger
from shouwen.platform.web import Page, paginate

VIEWS = {
    "live": rules.LIVE,
    "candidates": (rules.CANDIDATE,),
    "past": (rules.CLOSED, rules.DISMISSED),
}
OPENED = db.Read(
    lambda problem, since, until: ProblemCase.objects.filter(
        problem_id=problem, removed=False, opened_at__gte=since, opened_at__lt=until
    ).values_list("pk")
)


def visible(actor: Actor) -> QuerySet[Problem]:
    return Problem.objects.all() if actor.can(policies.SEE) else Problem.objects.none()


def listed_problems(actor: Actor, view: str) -> QuerySet[Problem]:
    rows = visible(actor).select_related("owner")
    return rows.filter(live=True) if view == "live" else rows.filter(state__in=VIEWS[view])


def get_problem(problem_id: int, actor: Actor) -> Problem:
    found = visible(actor).select_related("owner").filter(pk=problem_id).first()
    if found is None:
        raise NotFound(_("There is no such problem."))
    return found


def locked_problem(problem_id: int, actor: Actor | None = None) -> Problem:
    rows = Problem.objects.all() if actor is None else visible(actor)
    found = rows.select_for_update(of=("self",)).filter(pk=problem_id).first()
    if found is None:
        raise NotFound(_("There is no such problem."))
    return found


def cases_of(
    problem: Problem,
    actor: Actor,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[ProblemCase]:
    """Cases of a problem that exist for `actor`, newest first; opened in [since, until) where that is said."""
    rows = ProblemCase.objects.filter(cases.in_sight(actor), problem=problem, removed=False)
    if since is not None:
        rows = rows.filter(opened_at__gte=since)
    if until is not None:
        rows = rows.filter(opened_at__lt=until)
    rows = rows.select_related("case", "case__customer", "case__owner")
    return paginate(rows, order=("-opened_at", "-id"), cursor=cursor, limit=limit)


def watch_of(problem: Problem, at: datetime) -> rules.Watch | None:
    """Counts per period before and since the fix; None before there is one. Those nobody may see are counted too: a
    count names nobody. One statement, each period from the index."""
    if problem.fixed_at is None:
        return None
    spans = rules.spans(problem.fixed_at, at, days=problem.period_days)
    asked = [(OPENED, {"problem": problem.pk, "since": span.start, "until": span.end}) for span in spans]
    return rules.watch(db.how_many(asked), spans, problem.fixed_at, at)


@dataclass(frozen=True)
class ProblemPage:
    problem: Problem
    cases: Page[ProblemCase]
    incidents: list[Incident]
    others: list[Incident]
    watch: rules.Watch | None
    steps: list[Step]
    may_work: bool
    may_link: bool

    @property
    def words(self) -> list[str]:
        """By which its requests are known, put together to be read."""
        return words.joined(self.problem.terms)

    @property
    def is_candidate(self) -> bool:
        return self.problem.state == ProblemState.CANDIDATE


def problem_page(
    problem_id: int,
    actor: Actor,
    at: datetime,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    cursor: str | None = None,
) -> ProblemPage:
    problem = get_problem(problem_id, actor)
    incidents = list(Incident.objects.filter(problems__problem=problem).order_by("-began_at")[:20])
    known = {incident.pk for incident in incidents}
    newest = Incident.objects.exclude(state__in=["suspected", "dismissed"]).order_by("-began_at", "-id")[:30]
    rows = ledger.timeline(problem.subject, limit=40, newest=True)
    steps = [Step(describe.say(row.name, row.data), row.at, row.by_name) for row in rows]
    return ProblemPage(
        problem=problem,
        cases=cases_of(problem, actor, since=since, until=until, cursor=cursor, limit=20),
        incidents=incidents,
        others=[one for one in newest if one.pk not in known],
        watch=watch_of(problem, at),
        steps=sorted(steps, key=lambda step: step.at, reverse=True),
        may_work=actor.can(policies.PROBLEMS),
        may_link=actor.can(policies.LINK),
    )
