"""One incident whole, for its page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shouwen.incidents import policies
from shouwen.incidents.models import Area, Incident, ProblemIncident, State, Update, Way
from shouwen.incidents.queries import linked as link_reads
from shouwen.incidents.queries.active import active
from shouwen.incidents.queries.incidents import areas_of, get
from shouwen.incidents.rules import states
from shouwen.platform.access import Actor
from shouwen.platform.ledger import describe
from shouwen.platform.ledger import queries as ledger

NEWEST_UPDATES = 20
NEWEST_EVENTS = 60
# Their own lists say it better: two hundred of them would push everything else out.
LOUD = ("incidents.customer_told", "incidents.update_published", "incidents.linked")


@dataclass(frozen=True)
class Progress:
    """How far an update is: of `wanted` customers `done`, and how."""

    update: Update
    done: int
    wanted: int
    sent: int
    by_hand: int
    failed: int
    closed: int

    @property
    def running(self) -> bool:
        return self.update.finished_at is None


@dataclass(frozen=True)
class Step:
    text: str
    at: datetime
    by: str


@dataclass(frozen=True)
class Known:
    """An active incident that a suspicion may be a part of: how many of its cases are there already, and how many
    of its words."""

    incident: Incident
    cases: int
    words: int


@dataclass(frozen=True)
class IncidentPage:
    incident: Incident
    areas: list[Area]
    links: link_reads.LinkPage
    updates: list[Progress]
    answers: dict[str, int]
    suggested: int
    by_hand: int
    steps: list[Step]
    problems: list[Any]
    known: list[Known]
    show: str
    may_lead: bool
    may_link: bool

    @property
    def is_active(self) -> bool:
        return self.incident.active

    @property
    def broken_areas(self) -> list[Area]:
        return [area for area in self.areas if area.restored_at is None]

    @property
    def may_restore(self) -> bool:
        return self.may_lead and self.incident.state in states.BROKEN

    @property
    def is_suspected(self) -> bool:
        return self.incident.state == State.SUSPECTED

    @property
    def is_sending(self) -> bool:
        return any(progress.running for progress in self.updates)


def incident_page(
    incident_id: int, actor: Actor, *, show: str = "", cursor: str | None = None
) -> IncidentPage:
    """Everything on the page; the number of statements does not depend on how many cases there are. Without `show`
    the list is of the linked cases, of a suspicion those that are suggested: it has no other."""
    incident = get(incident_id, actor)
    show = show or ("suggested" if incident.state == State.SUSPECTED else "linked")
    updates = list(Update.objects.filter(incident=incident).order_by("-id")[:NEWEST_UPDATES])
    counted = link_reads.told_counts([update.pk for update in updates])
    return IncidentPage(
        incident=incident,
        areas=areas_of(incident_id),
        links=link_reads.links(incident, actor, show=show, cursor=cursor),
        updates=[progress(update, counted[update.pk]) for update in updates],
        answers=link_reads.answers(incident_id),
        suggested=link_reads.suggested_count(incident_id),
        by_hand=link_reads.by_hand_count(incident, actor),
        steps=_steps(incident),
        known=_known(incident, actor),
        problems=[
            row.problem
            for row in ProblemIncident.objects.filter(incident=incident).select_related("problem")[:5]
        ],
        show=show,
        may_lead=actor.can(policies.LEAD),
        may_link=actor.can(policies.LINK),
    )


def _known(incident: Incident, actor: Actor) -> list[Known]:
    """For a suspicion the active incidents, the likeliest first; nothing for any other."""
    if incident.state != State.SUSPECTED:
        return []
    there, said = link_reads.linked_elsewhere(incident.pk), set(incident.terms)
    found = [Known(one, there.get(one.pk, 0), len(said & set(one.terms))) for one in active(actor)]
    return sorted(found, key=lambda one: (-one.cases, -one.words))


def progress(update: Update, counted: dict[str, int]) -> Progress:
    done = sum(counted.values())
    return Progress(
        update=update,
        done=done,
        wanted=max(update.wanted, done),
        sent=counted.get(Way.SENT, 0) + counted.get(Way.BY_WORD, 0),
        by_hand=counted.get(Way.BY_HAND, 0),
        failed=counted.get(Way.FAILED, 0),
        closed=counted.get(Way.CLOSED, 0),
    )


def _steps(incident: Incident) -> list[Step]:
    rows = ledger.timeline_but(incident.subject, LOUD, limit=NEWEST_EVENTS)
    return [Step(describe.say(row.name, row.data), row.at, row.by_name) for row in rows]
