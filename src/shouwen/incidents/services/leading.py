"""Opening an incident, setting what is known about it, dismissing a suspicion, reopening, closing."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.incidents import policies, queries
from shouwen.incidents.events import (
    IncidentChanged,
    IncidentClosed,
    IncidentDismissed,
    IncidentOpened,
)
from shouwen.incidents.models import Incident, State
from shouwen.incidents.rules import states, words
from shouwen.incidents.services import linking
from shouwen.incidents.services.linking_many import link_many
from shouwen.incidents.services.recording import announce, area_row, checked, checked_areas
from shouwen.kernel.errors import Invalid
from shouwen.people import queries as people
from shouwen.platform.access import Actor, require

TEXTS = ("title", "title_en", "model", "cause", "interim", "interim_en")


@transaction.atomic
def open_incident(
    *,
    title: str,
    at: datetime,
    by: Actor,
    areas: Iterable[str] = (),
    case_ids: Iterable[int] = (),
    began_at: datetime | None = None,
    public: bool = False,
    **texts: str,
) -> Incident:
    """A known incident, open from the start. Who opens it leads it."""
    require(by, policies.LEAD)
    given = {name: checked(name, texts.get(name, "")) for name in TEXTS if name != "title"}
    began = began_at or at
    if began > at:
        raise Invalid(_("It cannot have begun in the future."), field="began_at")
    incident = Incident(
        title=checked("title", title, required=True),
        **given,
        terms=sorted(words.terms(title))[:12],
        public=public,
        owner_id=_leader(by),
        began_at=began,
        made_at=at,
        changed_at=at,
        opened_at=at,
    )
    incident.set_state(State.OPEN)
    incident.save(force_insert=True)
    for name in checked_areas(areas):
        area_row(incident, name)
    incident.save(update_fields=["area_names"])
    announce(incident, IncidentOpened(incident.pk, incident.title), by=by, at=at)
    if ids := list(case_ids):
        link_many(incident_id=incident.pk, case_ids=ids, at=at, by=by)
    incident.refresh_from_db()
    return incident


def _leader(by: Actor) -> int | None:
    return by.user_id if by.user_id is not None and people.is_staff(by.user_id) else None


@transaction.atomic
def open_suspected(*, incident_id: int, title: str = "", at: datetime, by: Actor) -> Incident:
    """It is one: the suggested cases are linked, and who opens it leads it."""
    incident = queries.locked(incident_id, by)
    require(by, policies.LEAD)
    states.must_go(incident.state, State.OPEN)
    if title.strip():
        incident.title = checked("title", title)
    incident.set_state(State.OPEN)
    incident.opened_at = incident.changed_at = at
    incident.owner_id = incident.owner_id or _leader(by)
    incident.save()
    announce(incident, IncidentOpened(incident.pk, incident.title), by=by, at=at)
    linking.link_suggested(incident_id=incident.pk, at=at, by=by)
    return queries.locked(incident_id)


@transaction.atomic
def dismiss(*, incident_id: int, reason: str = "", at: datetime, by: Actor) -> Incident:
    """The cases have nothing in common after all. They stay as they are."""
    incident = queries.locked(incident_id, by)
    require(by, policies.LEAD)
    states.must_go(incident.state, State.DISMISSED)
    incident.set_state(State.DISMISSED)
    incident.changed_at = incident.closed_at = at
    incident.save()
    announce(incident, IncidentDismissed(incident.pk, reason.strip()[:400]), by=by, at=at)
    return incident


@transaction.atomic
def change(
    *,
    incident_id: int,
    at: datetime,
    by: Actor,
    areas: Iterable[str] | None = None,
    public: bool | None = None,
    **texts: str | None,
) -> Incident:
    """What is known now: title, cause, interim measure, further areas, whether the public may read it."""
    incident = queries.locked(incident_id, by)
    require(by, policies.LEAD)
    before, after = {}, {}
    given: dict[str, Any] = {
        name: checked(name, text, required=name == "title")
        for name, text in texts.items()
        if text is not None
    }
    if public is not None:
        given["public"] = public
    for name, value in given.items():
        if getattr(incident, name) != value:
            before[name], after[name] = getattr(incident, name), value
            setattr(incident, name, value)
    if areas is not None:
        more = [name for name in checked_areas(areas) if name not in incident.area_names]
        for name in more:
            area_row(incident, name)
        if more:
            after["areas"] = list(incident.area_names)
    if "title" in after:
        incident.terms = sorted({*incident.terms, *words.terms(incident.title)})[:24]
    if not after:
        return incident
    incident.changed_at = at
    incident.save()
    announce(incident, IncidentChanged(incident.pk, list(after)), by=by, at=at, before=before, after=after)
    return incident


@transaction.atomic
def close(*, incident_id: int, at: datetime, by: Actor) -> Incident:
    """It holds. Customers who have not answered are asked by their own case; that goes on."""
    incident = queries.locked(incident_id, by)
    require(by, policies.LEAD)
    states.must_go(incident.state, State.CLOSED)
    incident.set_state(State.CLOSED)
    incident.closed_at = incident.changed_at = at
    incident.save()
    announce(incident, IncidentClosed(incident.pk, incident.title), by=by, at=at)
    return incident
