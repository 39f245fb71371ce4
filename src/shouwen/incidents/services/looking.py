"""Looking at new cases: do they belong to a known incident, or look like a new one? In rounds, never per case."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from shouwen.incidents.events import IncidentSuspected
from shouwen.incidents.models import Incident, Link, LinkState, Sighting, State
from shouwen.incidents.queries import sightings
from shouwen.incidents.rules import clusters
from shouwen.incidents.services.recording import announce, area_row
from shouwen.incidents.services.recurring import follow_problems
from shouwen.platform import preferences
from shouwen.platform.access import SYSTEM

FORGET_AT_ONCE = 1000


@transaction.atomic
def look(*, at: datetime) -> list[int]:
    """Compare what was opened since the last look; the ids of incidents that are suspected now.

    Two statements when nothing is new, and about a dozen for up to five hundred new cases.
    """
    cases = sightings.unseen(at)
    if not cases:
        return []
    rows = [sightings.sighting_of(case) for case in cases]
    Sighting.objects.bulk_create(rows, ignore_conflicts=True)
    known = sightings.to_compare(at)
    fitting = _suggest(rows, known, at)
    follow_problems(cases=cases, at=at)
    found = []
    if preferences.get("incidents.suggest"):
        left = [one for one in sightings.recent(at) if one.case_id not in fitting]
        window = timedelta(minutes=preferences.get("incidents.window_minutes"))
        least = preferences.get("incidents.least_customers")
        dismissed = [one for one in known if one.state == State.DISMISSED]
        left = [one for one in left if not any(_fits(one, incident) for incident in dismissed)]
        found = [_suspect(one, at) for one in clusters.clusters(left, at, window=window, least=least)]
    return [incident.pk for incident in found]


def _fits(seen: Any, incident: Incident) -> clusters.Fit | None:
    return clusters.fit(seen.area, seen.model, frozenset(seen.terms), incident.profile)


def _suggest(rows: list[Sighting], known: list[Incident], at: datetime) -> set[int]:
    """Suggest new cases to the incidents they fit; the ids of those that fit one, also a dismissed one."""
    fitting: set[int] = set()
    made: list[Link] = []
    for row in rows:
        for incident in known:
            fit = _fits(row, incident)
            if fit is None:
                continue
            fitting.add(row.case_id)
            if incident.state != State.DISMISSED:
                made.append(_suggested(incident, row.case_id, row.area, list(fit.terms), at))
                break
    Link.objects.bulk_create(made, ignore_conflicts=True)
    for incident in {link.incident for link in made}:
        incident.save(update_fields=["area_names"])
    return fitting


def _suggested(incident: Incident, case_id: int, area: str, why: list[str], at: datetime) -> Link:
    return Link(
        incident=incident,
        case_id=case_id,
        area=area_row(incident, area),
        state=LinkState.SUGGESTED,
        why=why[:8],
        made_at=at,
        changed_at=at,
    )


def _suspect(cluster: clusters.Cluster, at: datetime) -> Incident:
    """A suspicion with its evidence; a person says whether it is an incident."""
    told = "、".join(word for word, _count in cluster.words[:3])
    with translation.override("zh-hans"):
        title = _("%(where)s: %(words)s") % {"where": cluster.value, "words": told}
    incident = Incident(
        title=title[:200],
        model=cluster.value if cluster.sort == "model" else "",
        terms=list(cluster.terms),
        evidence={
            "sort": cluster.sort,
            "value": cluster.value,
            "words": [list(pair) for pair in cluster.words],
            "customers": cluster.customers,
            "cases": len(cluster.case_ids),
            "from": cluster.first_at.isoformat(),
            "to": cluster.last_at.isoformat(),
            "usual": cluster.usual,
            "chance": cluster.chance,
        },
        began_at=cluster.first_at,
        made_at=at,
        changed_at=at,
    )
    incident.set_state(State.SUSPECTED)
    incident.save(force_insert=True)
    places = dict(Sighting.objects.filter(case__in=cluster.case_ids).values_list("case_id", "area"))
    rows = [_suggested(incident, case_id, places.get(case_id, ""), [], at) for case_id in cluster.case_ids]
    Link.objects.bulk_create(rows, ignore_conflicts=True)
    incident.save(update_fields=["area_names"])
    fact = IncidentSuspected(incident.pk, incident.title, len(cluster.case_ids))
    announce(incident, fact, by=SYSTEM, at=at)
    return incident


def forget(*, at: datetime) -> int:
    """Let go of sightings that nothing is compared with any more, a bounded number at once."""
    old = Sighting.objects.filter(at__lt=at - sightings.KEPT).order_by("at")
    ids = list(old.values_list("pk", flat=True)[:FORGET_AT_ONCE])
    deleted, _rows = Sighting.objects.filter(pk__in=ids).delete()
    return deleted
