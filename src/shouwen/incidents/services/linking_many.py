"""Linking many cases at once: all of them or none, in about a dozen statements however many they are."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.incidents import policies, queries
from shouwen.incidents.events import CaseLinked
from shouwen.incidents.models import Area, Incident, Link, LinkState, State
from shouwen.incidents.queries import offers
from shouwen.incidents.services.linking import AT_ONCE, tell_later
from shouwen.incidents.services.recording import announce, area_rows
from shouwen.incidents.services.reopening import reopen
from shouwen.kernel.errors import Invalid, Refused
from shouwen.platform.access import Actor, require

NAMED = 5  # so many references stand in a sentence that refuses


@transaction.atomic
def link_many(*, incident_id: int, case_ids: Iterable[int], at: datetime, by: Actor) -> int:
    """These cases are of this incident; the number of those that were not before.

    All are looked at before one is linked: one that does not exist, was merged or belongs to another incident
    refuses the whole list and is named.
    """
    require(by, policies.LINK)
    wanted = list(dict.fromkeys(case_ids))
    if len(wanted) > AT_ONCE:
        raise Invalid(_("At most %(most)s at once.") % {"most": AT_ONCE}, field="cases")
    incident = queries.locked(incident_id, by)
    if incident.state == State.DISMISSED:
        raise Refused(_("This suspicion was dismissed."))
    found = queries.cases_to_link(wanted, by)
    _all_there(wanted, found)
    _only_here(incident, found)
    known = {link.case_id: link for link in Link.objects.filter(incident=incident, case__in=found)}
    new = [case for case in found if case.pk not in known or known[case.pk].state != LinkState.LINKED]
    if new:
        _write(incident, new, known, at, by)
    return len(new)


def _all_there(wanted: Sequence[int], found: Sequence[Any]) -> None:
    missing = sorted(set(wanted) - {case.pk for case in found})
    if missing:
        said = _("These requests do not exist: %(refs)s.") % {"refs": queries.named_cases(missing, NAMED)}
        raise Invalid(said, field="cases")
    merged = [case.pk for case in found if case.state == "merged"]
    if merged:
        refs = queries.named_cases(merged, NAMED)
        raise Refused(_("Merged into others, link those: %(refs)s.") % {"refs": refs}, field="cases")


def _only_here(incident: Incident, found: Sequence[Any]) -> None:
    rows = Link.objects.filter(case__in=found, state=LinkState.LINKED).exclude(incident=incident)
    elsewhere = sorted(rows.values_list("case_id", flat=True))
    if elsewhere:
        refs = queries.named_cases(elsewhere, NAMED)
        said = _("These belong to another incident; unlink them there first: %(refs)s.") % {"refs": refs}
        raise Refused(said, field="cases")


def _write(incident: Incident, cases: Sequence[Any], known: dict[int, Link], at: datetime, by: Actor) -> None:
    areas = area_rows(incident, [offers.place_of(case) for case in cases])
    made: list[Link] = []
    for case in cases:
        link = known.get(case.pk) or Link(incident=incident, case=case, made_at=at)
        link.area = areas[offers.place_of(case)]
        link.state, link.made_by, link.changed_at = LinkState.LINKED, by.user_id, at
        made.append(link)
    Link.objects.bulk_create([link for link in made if link.pk is None])
    Link.objects.bulk_update(
        [link for link in made if link.case_id in known], ["area", "state", "made_by", "changed_at"]
    )
    incident.linked_count += len(made)
    incident.save(update_fields=["linked_count", "area_names"])
    ids = [case.pk for case in cases]
    fact = CaseLinked(incident.pk, incident.title, ids[0], ids)
    announce(incident, fact, by=by, at=at, more=[("case", pk) for pk in ids])
    tell_later(incident, [link.pk for link in made], at)
    _reopened(incident, made, {case.pk: case.opened_at for case in cases}, at, by)


def _reopened(
    incident: Incident, made: Sequence[Link], opened: dict[int, datetime], at: datetime, by: Actor
) -> None:
    """Cases opened after all was said to work again open it again, each area once."""
    late: dict[int, tuple[Area, int]] = {}
    for link in made:
        since = link.area.restored_at or incident.restored_at
        if since is not None and opened[link.case_id] > since:
            late.setdefault(link.area_id, (link.area, link.case_id))
    words = str(_("Reported again after it was restored."))
    for area, case_id in late.values():
        reopen(incident_id=incident.pk, reason=words, case_id=case_id, area=area, at=at, by=by)
