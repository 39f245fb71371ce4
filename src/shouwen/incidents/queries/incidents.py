"""Incidents as such: which exist for whom, one by its number, lists."""

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.incidents import policies
from shouwen.incidents.models import Area, Incident, Link, LinkState, State, Update
from shouwen.incidents.rules import states
from shouwen.kernel.errors import NotFound
from shouwen.platform import db
from shouwen.platform.access import Actor
from shouwen.platform.waiting import Counted, Figure

SUSPECTED = db.Read(lambda: Incident.objects.filter(state=State.SUSPECTED).values_list("pk")[:100])

VIEWS = {
    "active": states.ACTIVE,
    "suspected": (states.SUSPECTED,),
    "past": (states.CLOSED, states.DISMISSED),
}


def visible_to(actor: Actor) -> QuerySet[Incident]:
    """Incidents carry no customer's name: who may see them sees all. Their cases are another matter."""
    return Incident.objects.all() if actor.can(policies.SEE) else Incident.objects.none()


def get(incident_id: int, actor: Actor) -> Incident:
    found = visible_to(actor).select_related("owner").filter(pk=incident_id).first()
    if found is None:
        raise NotFound(_("There is no such incident."))
    return found


def locked(incident_id: int, actor: Actor | None = None) -> Incident:
    rows = Incident.objects.all() if actor is None else visible_to(actor)
    found = rows.select_for_update(of=("self",)).filter(pk=incident_id).first()
    if found is None:
        raise NotFound(_("There is no such incident."))
    return found


def listed(actor: Actor, view: str) -> QuerySet[Incident]:
    rows = visible_to(actor).select_related("owner")
    if view == "active":
        return rows.filter(active=True)
    return rows.filter(state__in=VIEWS[view])


def counts(actor: Actor) -> dict[str, int]:
    """How many are active and how many suspected; both are few by nature."""
    rows = visible_to(actor).filter(state__in=[State.SUSPECTED, *states.ACTIVE]).values_list("state")
    found = dict(rows.annotate(n=Count("id")))
    return {
        "active": sum(found.get(state, 0) for state in states.ACTIVE),
        "suspected": found.get(State.SUSPECTED, 0),
    }


def badge(actor: Actor) -> Figure:
    """What waits for who leads incidents: suspicions nobody has looked at."""
    return Counted(((SUSPECTED, {}),)) if actor.can(policies.LEAD) else None


def areas_of(incident_id: int) -> list[Area]:
    return list(Area.objects.filter(incident_id=incident_id).order_by("id"))


def newest_update(incident_id: int) -> Update | None:
    return Update.objects.filter(incident_id=incident_id).order_by("-id").first()


def links_of_case(case_id: int) -> list[Link]:
    """The incidents a case is linked with, for what follows from what its customer says: one at most."""
    found = Link.objects.select_related("incident", "area").filter(case_id=case_id, state=LinkState.LINKED)
    return list(found[:1])


def titles(incident_ids: list[int]) -> dict[int, str]:
    return dict(Incident.objects.filter(pk__in=incident_ids).values_list("pk", "title"))
