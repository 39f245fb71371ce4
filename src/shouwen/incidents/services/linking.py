"""Linking cases with an incident, and taking them off again; undoing is linking once more."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from shouwen.cases import queries as cases
from shouwen.incidents import policies, queries
from shouwen.incidents.events import CaseLinked, CaseUnlinked
from shouwen.incidents.models import Incident, Link, LinkState, State
from shouwen.incidents.queries import offers
from shouwen.incidents.services.recording import announce, area_row
from shouwen.incidents.services.reopening import reopen
from shouwen.kernel.errors import Refused
from shouwen.platform.access import Actor, require
from shouwen.platform.jobs import enqueue

TELL_ONE = "incidents.tell_one"
TELL_SOME = "incidents.tell_some"
SOME = 10  # as many are told in one transaction when an update goes out
LINK_REST = "incidents.link_suggested"
GRACE = timedelta(seconds=60)  # in which a slip is undone before the customer hears of it
AT_ONCE = 500


@transaction.atomic
def link(*, incident_id: int, case_id: int, at: datetime, by: Actor) -> Link:
    """The case is one of this incident. Its customer hears the newest news, unless it is undone within a minute.

    A case opened after everything was said to work again opens the incident again.
    """
    require(by, policies.LINK)
    incident = queries.locked(incident_id, by)
    if incident.state == State.DISMISSED:
        raise Refused(_("This suspicion was dismissed."))
    case = cases.locked(case_id, by)
    if case.state == "merged":
        raise Refused(_("This request was merged into another; link that one."))
    _only_here(case_id, incident)
    known = Link.objects.filter(incident=incident, case=case).first()
    if known is not None and known.state == LinkState.LINKED:
        return known
    made = known or Link(incident=incident, case=case, made_at=at, made_by=by.user_id)
    made.area = area_row(incident, offers.place_of(case))
    made.state, made.changed_at = LinkState.LINKED, at
    made.save()
    incident.linked_count += 1
    incident.save(update_fields=["linked_count", "area_names"])
    announce(incident, CaseLinked(incident.pk, incident.title, case_id), by=by, at=at, more=[case.subject])
    _follows(incident, made, case.opened_at, at, by)
    return made


def _only_here(case_id: int, incident: Incident) -> None:
    elsewhere = Link.objects.filter(case_id=case_id, state=LinkState.LINKED).exclude(incident=incident)
    other = elsewhere.select_related("incident").first()
    if other is not None:
        raise Refused(
            _("This case belongs to “%(title)s”; unlink it there first.") % {"title": other.incident.title}
        )


def _follows(incident: Incident, made: Link, opened_at: datetime, at: datetime, by: Actor) -> None:
    """What a new link brings about: the newest news for its customer, or that the incident is not over."""
    if incident.active:
        args = {"link_id": made.pk}
        enqueue(TELL_ONE, args, at=at + GRACE, key=f"{TELL_ONE}:{made.pk}")
    since = made.area.restored_at or incident.restored_at
    if since is not None and opened_at > since:
        words = str(_("Reported again after it was restored."))
        reopen(incident_id=incident.pk, reason=words, case_id=made.case_id, area=made.area, at=at, by=by)


def tell_later(incident: Incident, link_ids: Sequence[int], at: datetime) -> None:
    """Who was linked now hears the newest news after the minute of grace; nothing while none has gone out."""
    if not incident.active or queries.newest_update(incident.pk) is None:
        return
    for first in range(0, len(link_ids), SOME):
        some = list(link_ids[first : first + SOME])
        enqueue(TELL_SOME, {"link_ids": some}, at=at + GRACE, key=f"{TELL_SOME}:{some[0]}")


@transaction.atomic
def unlink(*, incident_id: int, case_id: int, at: datetime, by: Actor) -> Link:
    """The case has another cause. What its customer was promised stays promised."""
    require(by, policies.LINK)
    incident = queries.locked(incident_id, by)
    case = cases.locked(case_id, by)
    known = queries.link_of(incident_id, case_id)
    if known.state == LinkState.UNLINKED:
        return known
    was_linked = known.state == LinkState.LINKED
    known.state, known.changed_at = LinkState.UNLINKED, at
    known.save(update_fields=["state", "changed_at"])
    if was_linked:
        incident.linked_count = max(0, incident.linked_count - 1)
        incident.save(update_fields=["linked_count"])
        fact = CaseUnlinked(incident.pk, incident.title, case_id)
        announce(incident, fact, by=by, at=at, more=[case.subject])
    return known


@transaction.atomic
def refuse_suggestion(*, incident_id: int, case_id: int, at: datetime, by: Actor) -> None:
    """It only looks like one. It is not offered again."""
    require(by, policies.LINK)
    incident = queries.locked(incident_id, by)
    case = cases.locked(case_id, by)
    if Link.objects.filter(incident=incident, case=case).exists():
        unlink(incident_id=incident_id, case_id=case_id, at=at, by=by)
        return
    area = area_row(incident, offers.place_of(case))
    Link.objects.create(
        incident=incident, case=case, area=area, state=LinkState.UNLINKED, made_at=at, changed_at=at
    )
    incident.save(update_fields=["area_names"])


@transaction.atomic
def link_suggested(*, incident_id: int, at: datetime, by: Actor) -> int:
    """Link all suggested cases, five hundred at once and the rest by a job. Returns how many were linked now."""
    require(by, policies.LINK)
    incident = queries.locked(incident_id)
    if incident.state == State.DISMISSED:
        raise Refused(_("This suspicion was dismissed."))
    elsewhere = Link.objects.filter(case=OuterRef("case"), state=LinkState.LINKED)
    waiting = Link.objects.filter(incident=incident, state=LinkState.SUGGESTED).filter(~Exists(elsewhere))
    found = list(waiting.order_by("id").values_list("pk", "case_id")[: AT_ONCE + 1])
    now_, rest = found[:AT_ONCE], found[AT_ONCE:]
    if not now_:
        return 0
    Link.objects.filter(pk__in=[pk for pk, _case in now_]).update(
        state=LinkState.LINKED, changed_at=at, made_by=by.user_id
    )
    incident.linked_count += len(now_)
    incident.save(update_fields=["linked_count"])
    ids = [case_id for _pk, case_id in now_]
    fact = CaseLinked(incident.pk, incident.title, ids[0], ids)
    announce(incident, fact, by=by, at=at, more=[("case", case_id) for case_id in ids])
    tell_later(incident, [pk for pk, _case in now_], at)
    if rest:
        args = {"incident_id": incident.pk, "user_id": by.user_id, "name": by.name}
        enqueue(LINK_REST, args, key=f"{LINK_REST}:{incident.pk}")
    return len(now_)
