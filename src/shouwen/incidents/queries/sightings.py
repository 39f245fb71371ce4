"""New and past cases as the rules compare them. Everything here is bounded and read by an index."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef

from shouwen.cases.models import Case, State
from shouwen.incidents.models import Incident, Link, Sighting
from shouwen.incidents.models import State as IncidentState
from shouwen.incidents.queries.offers import model_of, place_of, terms_of
from shouwen.incidents.rules import problems, states, words
from shouwen.incidents.rules.clusters import Seen

KEPT = timedelta(days=3)
OVERLAP = timedelta(minutes=10)  # a case may become visible a little after a later one
FIRST = timedelta(hours=6)  # how far back the first look goes
MOST_NEW, MOST_KEPT, MOST_PAST = 500, 2000, 5000
PAST = timedelta(days=90)


def unseen(at: datetime) -> list[Any]:
    """Cases that were opened lately and have not been looked at, oldest first. Two statements."""
    newest = Sighting.objects.order_by("-at").values_list("at", flat=True).first()
    since = max(newest - OVERLAP, at - KEPT) if newest else at - FIRST
    rows = Case.objects.filter(opened_at__gte=since, opened_at__lte=at)
    rows = rows.filter(~Exists(Sighting.objects.filter(case=OuterRef("pk"))))
    return list(rows.select_related("customer", "asset").order_by("opened_at", "id")[:MOST_NEW])


def sighting_of(case: Any) -> Sighting:
    return Sighting(
        case_id=case.pk,
        customer_id=case.customer_id,
        at=case.opened_at,
        area=place_of(case),
        model=model_of(case),
        terms=sorted(terms_of(case)),
    )


def recent(at: datetime) -> list[Seen]:
    """What was seen within three days and belongs to no incident."""
    rows = Sighting.objects.filter(at__gte=at - KEPT, at__lte=at)
    rows = rows.filter(~Exists(Link.objects.filter(case=OuterRef("case"))))
    return [row.as_rule() for row in rows.order_by("-at")[:MOST_KEPT]]


def to_compare(at: datetime) -> list[Incident]:
    """Incidents that a new case is held against; what was dismissed within a day is not suspected anew."""
    live = Incident.objects.filter(state__in=[IncidentState.SUSPECTED, *states.ACTIVE])
    dismissed = Incident.objects.filter(
        state=IncidentState.DISMISSED, began_at__gte=at - KEPT, changed_at__gte=at - timedelta(days=1)
    )
    return [*live.order_by("-began_at", "-id")[:50], *dismissed.order_by("-began_at", "-id")[:50]]


def past_closed(at: datetime) -> list[problems.Past]:
    """Closed cases of the last ninety days, the newest five thousand."""
    return _past(at, [State.CONFIRMED, State.CLOSED_UNCONFIRMED])


def past_all(at: datetime) -> list[problems.Past]:
    return _past(at, [state for state in State.values if state != State.MERGED])


def _past(at: datetime, wanted: list[str]) -> list[problems.Past]:
    rows = Case.objects.filter(opened_at__gte=at - PAST, opened_at__lte=at).order_by("-opened_at", "-id")
    names = ("pk", "customer_id", "opened_at", "asset__model", "kind", "subject_line", "state")
    return [
        problems.Past(pk, customer, opened, model or "", kind, words.terms(subject))
        for pk, customer, opened, model, kind, subject, state in rows.values_list(*names)[:MOST_PAST]
        if state in wanted
    ]
