"""Saying something to everybody concerned: news with a new estimated time, or that it works again."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.incidents import policies, queries
from shouwen.incidents.events import IncidentRestored, UpdatePublished
from shouwen.incidents.models import Area, Incident, Link, LinkState, State, Update
from shouwen.incidents.models.updates import UpdateSort
from shouwen.incidents.rules import states
from shouwen.incidents.services.recording import announce
from shouwen.kernel.errors import Invalid, Refused
from shouwen.platform.access import Actor, require
from shouwen.platform.jobs import enqueue

SEND = "incidents.send"
MOST_TEXT = 2000
SOONEST = timedelta(minutes=10)  # all customers must have heard of it before it has come
FURTHEST = timedelta(days=90)


@transaction.atomic
def publish(
    *,
    incident_id: int,
    text: str,
    at: datetime,
    by: Actor,
    text_en: str = "",
    estimate_at: datetime | None = None,
) -> Update:
    """News for every customer of the incident. With `estimate_at` each of them is promised that time; who was
    promised another one is told of the new one before the old has come."""
    incident = queries.locked(incident_id, by)
    require(by, policies.LEAD)
    states.must_take_news(incident.state)
    said, english = _checked(text, text_en)
    if estimate_at is not None:
        _check_estimate(incident, estimate_at, at)
        incident.estimate_at = estimate_at
    update = _made(incident, UpdateSort.NEWS, said, english, [], at, by, estimate_at)
    incident.changed_at = at
    incident.save(update_fields=["estimate_at", "changed_at"])
    return update


@transaction.atomic
def restore(
    *,
    incident_id: int,
    at: datetime,
    by: Actor,
    area_ids: Iterable[int] = (),
    text: str = "",
    text_en: str = "",
) -> Update:
    """It works again: everywhere, or in the chosen areas. The customers there are asked one by one."""
    incident = queries.locked(incident_id, by)
    require(by, policies.LEAD)
    if incident.state not in states.BROKEN:
        states.must_go(incident.state, State.RESTORED)
        raise Refused(_("This incident is restored."))
    said, english = _checked(text, text_en, required=False)
    areas = queries.areas_of(incident_id)
    now_, state = states.restoration([area.as_rule() for area in areas], area_ids)
    Area.objects.filter(pk__in=now_).update(restored_at=at)
    incident.set_state(state)
    incident.changed_at = at
    if state == State.RESTORED:
        incident.restored_at, incident.estimate_at = at, None
    incident.save()
    everywhere = not list(area_ids)
    update = _made(incident, UpdateSort.RESTORED, said, english, [] if everywhere else sorted(now_), at, by)
    names = [area.name for area in areas if area.pk in now_ and area.name]
    announce(incident, IncidentRestored(incident.pk, names, state == State.PARTLY), by=by, at=at)
    return update


def _checked(text: str, text_en: str, *, required: bool = True) -> tuple[str, str]:
    said, english = text.strip(), text_en.strip()
    if required and not (said or english):
        raise Invalid(_("Write what the customers should know."), field="text")
    for name, words in (("text", said), ("text_en", english)):
        if len(words) > MOST_TEXT:
            raise Invalid(_("At most %(most)s characters.") % {"most": MOST_TEXT}, field=name)
    return said, english


def _check_estimate(incident: Incident, estimate_at: datetime, at: datetime) -> None:
    if incident.state not in states.BROKEN:
        raise Invalid(_("It is restored; there is nothing to estimate."), field="estimate_at")
    if estimate_at.utcoffset() is None:
        raise Invalid(_("The due time needs a time zone."), field="estimate_at")
    if estimate_at < at + SOONEST:
        minutes = int(SOONEST.total_seconds() // 60)
        sentence = _("At least %(minutes)s minutes from now: everybody must hear of it before.")
        raise Invalid(sentence % {"minutes": minutes}, field="estimate_at")
    if estimate_at > at + FURTHEST:
        raise Invalid(_("At most ninety days ahead."), field="estimate_at")


def _made(
    incident: Incident,
    sort: str,
    text: str,
    text_en: str,
    areas: list[int],
    at: datetime,
    by: Actor,
    estimate_at: datetime | None = None,
) -> Update:
    """The update, its fact, and the job that tells the customers."""
    concerned = Link.objects.filter(incident=incident, state=LinkState.LINKED)
    wanted = concerned.filter(area__in=areas).count() if areas else incident.linked_count
    update = Update.objects.create(
        incident=incident,
        sort=sort,
        text=text,
        text_en=text_en,
        estimate_at=estimate_at,
        areas=areas,
        made_by=by.user_id,
        made_by_name=by.name[:80],
        made_at=at,
        wanted=wanted,
    )
    estimate = estimate_at.isoformat() if estimate_at else ""
    fact = UpdatePublished(incident.pk, update.pk, sort, (text or text_en)[:400], estimate)
    announce(incident, fact, by=by, at=at)
    enqueue(SEND, {"update_id": update.pk}, key=f"{SEND}:{update.pk}:0")
    return update
