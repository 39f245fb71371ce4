"""It does not work after all: the incident opens again, everywhere or in one area."""

from datetime import datetime

from django.db import transaction

from shouwen.incidents import policies, queries
from shouwen.incidents.events import IncidentReopened
from shouwen.incidents.models import Area, Incident, State
from shouwen.incidents.rules import states
from shouwen.incidents.services.recording import announce
from shouwen.platform.access import Actor, require


@transaction.atomic
def reopen(
    *,
    incident_id: int,
    reason: str,
    at: datetime,
    by: Actor,
    case_id: int | None = None,
    area: Area | None = None,
) -> Incident:
    """It does not hold: everywhere, or in `area` only. By a person who leads, or because a customer says so."""
    incident = queries.locked(incident_id)
    if case_id is None:
        require(by, policies.LEAD)
        states.must_go(incident.state, State.REOPENED)
    elif incident.state not in (State.PARTLY, State.RESTORED, State.CLOSED, State.REOPENED):
        return incident
    broken = Area.objects.filter(incident=incident)
    (broken if area is None else broken.filter(pk=area.pk)).update(restored_at=None)
    if incident.state == State.REOPENED:
        return incident
    incident.set_state(State.REOPENED)
    incident.restored_at = incident.closed_at = None
    incident.reopen_count += 1
    incident.changed_at = at
    incident.save()
    more = [("case", case_id)] if case_id else []
    fact = IncidentReopened(incident.pk, incident.title, case_id, reason.strip()[:400])
    announce(incident, fact, by=by, at=at, more=more)
    return incident
