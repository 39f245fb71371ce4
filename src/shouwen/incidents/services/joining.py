"""A suspicion is a part of an incident that is known already: one cause often shows in several places at once."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.incidents import policies, queries
from shouwen.incidents.events import IncidentDismissed
from shouwen.incidents.models import Incident, State
from shouwen.incidents.rules import states
from shouwen.incidents.services.linking import AT_ONCE
from shouwen.incidents.services.linking_many import link_many
from shouwen.incidents.services.recording import announce
from shouwen.kernel.errors import Invalid, Refused
from shouwen.platform.access import Actor, require

MOST_TERMS = 24


@transaction.atomic
def join(*, incident_id: int, into_id: int, at: datetime, by: Actor) -> Incident:
    """The suspected cases are linked with the known incident, which from now on takes what looks like them; the
    suspicion is over. A case that belongs to yet another incident stays there."""
    require(by, policies.LEAD)
    if incident_id == into_id:
        raise Invalid(_("Choose another incident."), field="into")
    suspicion, known = (queries.locked(pk, by) for pk in (incident_id, into_id))
    states.must_go(suspicion.state, State.DISMISSED)
    if not known.active:
        raise Refused(_("This incident is not active any more."), field="into")
    waiting = queries.suggested_ids(suspicion.pk, by)
    for first in range(0, len(waiting), AT_ONCE):
        link_many(incident_id=known.pk, case_ids=waiting[first : first + AT_ONCE], at=at, by=by)
    known = queries.locked(known.pk)
    known.terms = sorted({*known.terms, *suspicion.terms})[:MOST_TERMS]
    known.changed_at = at
    known.save(update_fields=["terms", "changed_at"])
    suspicion.set_state(State.DISMISSED)
    suspicion.changed_at = suspicion.closed_at = at
    suspicion.save()
    reason = str(_("It is a part of “%(title)s”.") % {"title": known.title})
    announce(suspicion, IncidentDismissed(suspicion.pk, reason[:400]), by=by, at=at)
    return known
