"""What stands on other pages: a case's incident, an incident it may belong to, how many are active. One question each."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from shouwen.incidents.models import Incident, Link, LinkState, Sighting
from shouwen.incidents.queries.incidents import visible_to
from shouwen.incidents.rules import areas, clusters, words
from shouwen.platform.access import Actor

MOST = 20  # active incidents that a case is held against


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
    """The incident of this case, or the active ones it fits. One statement; asked on every page of a case."""
    own = Link.objects.filter(incident=OuterRef("pk"), case_id=case.pk)
    mine = Link.objects.filter(case_id=case.pk, state=LinkState.LINKED).values("incident_id")
    base = visible_to(actor).filter(active=True) | visible_to(actor).filter(pk__in=mine)
    rows = base.annotate(
        linked=Exists(own.filter(state=LinkState.LINKED)),
        refused=Exists(own.filter(state=LinkState.UNLINKED)),
        restored_here=Exists(own.filter(area__restored_at__isnull=False)),
        seen=Subquery(Sighting.objects.filter(case_id=case.pk).values("terms")[:1]),
    )
    found = list(rows.prefetch_related(None).order_by("-began_at", "-id")[:MOST])
    linked = [Offer(one, True, area_restored=one.restored_here) for one in found if one.linked]
    if linked or not case.active:
        return linked
    return [offer for one in found if not one.refused and (offer := _fitting(case, one)) is not None]


def _fitting(case: Any, incident: Any) -> Offer | None:
    said = terms_of(case) | frozenset(incident.seen or ())
    fit = clusters.fit(place_of(case), model_of(case), said, incident.profile)
    return Offer(incident, False, fit) if fit else None


def active_banner(actor: Actor) -> list[Incident]:
    """The active incidents, newest first; at most five. One indexed question."""
    return list(visible_to(actor).filter(active=True).order_by("-began_at", "-id")[:5])
