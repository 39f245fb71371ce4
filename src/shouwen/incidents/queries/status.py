"""What the public may read: chosen incidents, their areas and what was said to everybody. No customer, no colleague."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.incidents.models import Area, Incident, State, Update

DAYS = 7  # how long a closed incident stays on the page
MOST = 20
MOST_NEWS = 10


# "Open" and "Reopened" are our words; who looks here asks whether it works.
LABELS = {
    State.OPEN: _("Not working, we are on it"),
    State.REOPENED: _("Down again, we are on it"),
    State.PARTLY: State.PARTLY.label,
    State.RESTORED: State.RESTORED.label,
    State.CLOSED: State.RESTORED.label,
}


@dataclass(frozen=True)
class News:
    at: datetime
    text: str
    restored: bool


@dataclass(frozen=True)
class Shown:
    """An incident as everybody may read it, in one language."""

    title: str
    state: str
    label: str
    areas: list[tuple[str, bool]]
    interim: str
    estimate_at: datetime | None
    began_at: datetime
    restored_at: datetime | None
    news: list[News]


def public_status(language: str, at: datetime) -> list[Shown]:
    """The chosen incidents that are active or were closed lately, newest first. Three statements."""
    chosen = Incident.objects.filter(public=True).filter(
        Q(active=True) | Q(state=State.CLOSED, changed_at__gte=at - timedelta(days=DAYS))
    )
    incidents = list(chosen.order_by("-began_at", "-id")[:MOST])
    ids = [incident.pk for incident in incidents]
    areas: dict[int, list[Area]] = {pk: [] for pk in ids}
    for area in Area.objects.filter(incident__in=ids).exclude(name="").order_by("id"):
        areas[area.incident_id].append(area)
    news: dict[int, list[Update]] = {pk: [] for pk in ids}
    for update in Update.objects.filter(incident__in=ids).order_by("-id")[: MOST * MOST_NEWS]:
        news[update.incident_id].append(update)
    return [_shown(one, areas[one.pk], news[one.pk], language) for one in incidents]


def _shown(incident: Incident, areas: list[Area], updates: list[Update], language: str) -> Shown:
    english = language.startswith("en")
    told = [
        News(update.made_at, _said(update, english), update.asks)
        for update in updates
        if _said(update, english)
    ]
    return Shown(
        title=incident.titled(language),
        state=incident.state,
        label=str(LABELS[State(incident.state)]),
        areas=[(area.name, area.restored_at is not None) for area in areas],
        interim=(incident.interim_en or incident.interim) if english else incident.interim,
        estimate_at=incident.estimate_at if incident.state not in (State.RESTORED, State.CLOSED) else None,
        began_at=incident.began_at,
        restored_at=incident.restored_at,
        news=told[:MOST_NEWS],
    )


def _said(update: Update, english: bool) -> str:
    return (update.text_en or update.text) if english else (update.text or update.text_en)
