"""What stands on other pages: a case's incident, an incident it may belong to, how many are active."""

from dataclasses import dataclass
from typing import Any

from shouwen.incidents import policies
from shouwen.incidents.models import Incident, Link, LinkState, Sighting
from shouwen.incidents.queries.active import active
from shouwen.incidents.rules import areas, clusters, words
from shouwen.platform import db
from shouwen.platform.access import Actor

LINKS = db.Read(lambda case: Link.objects.filter(case_id=case).select_related("incident", "area"))
SEEN = db.Read(lambda case: Sighting.objects.filter(case_id=case)[:1])


@dataclass(frozen=True)
class Offer:
    """An incident on the page of a case: linked with it, or (`fit`) looking like it."""

    incident: Incident
    linked: bool
    fit: clusters.Fit | None = None
    area_restored: bool = False


def place_of(case: Any) -> str:
    """The area of a case: where its machine stands, else where its customer lives."""
    return areas.area_of(case.asset.location if case.asset_id and case.asset else "", case.customer.region)


def model_of(case: Any) -> str:
    return case.asset.model if case.asset_id and case.asset else ""


def terms_of(case: Any) -> frozenset[str]:
    own = case.last_words if case.last_direction == "inbound" else ""
    return words.terms(case.subject_line, own)


def offers_for(case: Any, actor: Actor) -> list[Offer]:
    """The incident of this case, or the active ones it fits. One statement, and one more while there are any."""
    if not actor.can(policies.SEE):
        return []
    own = LINKS.all(case=case.pk)
    linked = [link for link in own if link.state == LinkState.LINKED]
    if linked or not case.active:
        return [Offer(one.incident, True, area_restored=one.area.restored_at is not None) for one in linked]
    refused = {link.incident_id for link in own if link.state == LinkState.UNLINKED}
    others = [one for one in active(actor) if one.pk not in refused]
    if not others:
        return []
    seen = SEEN.first(case=case.pk)
    said = terms_of(case) | frozenset(seen.terms if seen else ())
    fits = [(one, clusters.fit(place_of(case), model_of(case), said, one.profile)) for one in others]
    return [Offer(one, False, fit) for one, fit in fits if fit]


def active_banner(actor: Actor) -> list[Incident]:
    """The active incidents, newest first; at most five."""
    return active(actor)[:5]
