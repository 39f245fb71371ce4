"""Cases of an incident, as far as they exist for who looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.cases import queries as cases
from shouwen.incidents.models import Incident, Link, LinkState, Told, Way
from shouwen.kernel.errors import NotFound
from shouwen.kernel.references import reference
from shouwen.platform.access import Actor
from shouwen.platform.web import paginate

SHOWN = ("linked", "suggested", "not_working", "by_hand")
BY_PHONE = (Way.BY_HAND, Way.FAILED)


@dataclass(frozen=True)
class Row:
    """A linked case with how its customer was told last."""

    link: Link
    told: Told | None


@dataclass(frozen=True)
class LinkPage:
    rows: list[Row]
    next_cursor: str | None
    previous_cursor: str | None


def links(
    incident: Incident, actor: Actor, *, show: str = "linked", cursor: str | None = None, limit: int = 50
) -> LinkPage:
    """A page of the incident's cases that exist for `actor`: three statements however long it is."""
    rows = Link.objects.filter(cases.in_sight(actor), incident=incident)
    rows = _narrowed(rows, show, incident)
    page = paginate(
        rows.select_related("case", "case__customer", "case__owner", "area"),
        order=("id",),
        cursor=cursor,
        limit=limit,
    )
    newest: dict[int, Told] = {}
    for told in Told.objects.filter(link__in=[link.pk for link in page.items]).order_by("id"):
        newest[told.link_id] = told
    found = [Row(link, newest.get(link.pk)) for link in page.items]
    return LinkPage(found, page.next_cursor, page.previous_cursor)


def _narrowed(rows: QuerySet[Link], show: str, incident: Incident) -> QuerySet[Link]:
    if show == "suggested":
        return rows.filter(state=LinkState.SUGGESTED)
    rows = rows.filter(state=LinkState.LINKED)
    if show == "not_working":
        return rows.filter(answer="not_working")
    if show == "by_hand":
        return rows.filter(pk__in=_untold(incident).values("link"))
    return rows


def _untold(incident: Incident) -> QuerySet[Told]:
    """The news that somebody still has to bring by phone: no message could go out, and no later news reached them.
    Not that of the newest update alone: one that goes to a single area would let all others be forgotten."""
    later = Told.objects.filter(link=OuterRef("link"), pk__gt=OuterRef("pk"))
    mine = Told.objects.filter(update__incident=incident, way__in=BY_PHONE, link__state=LinkState.LINKED)
    return mine.filter(~Exists(later))


def by_hand_count(incident: Incident, actor: Actor) -> int:
    """As many as the list of them is long for `actor`: one statement."""
    return _untold(incident).filter(cases.in_sight(actor, "link__case")).count()


def suggested_count(incident_id: int) -> int:
    return Link.objects.filter(incident_id=incident_id, state=LinkState.SUGGESTED).count()


def suggested_ids(incident_id: int, actor: Actor) -> list[int]:
    """The suggested cases that can be linked: there for `actor`, not merged, of no other incident."""
    elsewhere = Link.objects.filter(case=OuterRef("case"), state=LinkState.LINKED)
    rows = Link.objects.filter(cases.in_sight(actor), incident_id=incident_id, state=LinkState.SUGGESTED)
    rows = rows.filter(~Exists(elsewhere)).exclude(case__state="merged")
    return list(rows.order_by("id").values_list("case_id", flat=True))


def linked_elsewhere(incident_id: int) -> dict[int, int]:
    """How many of the suggested cases belong to which other incident: one statement."""
    mine = Link.objects.filter(incident=incident_id, state=LinkState.SUGGESTED)
    rows: Any = Link.objects.filter(state=LinkState.LINKED, case__in=mine.values("case")).order_by()
    return dict(rows.values_list("incident").annotate(n=Count("id")))


def answers(incident_id: int) -> dict[str, int]:
    """One statement: how many of the linked customers said what; "" are those who have not answered, "asked" those asked."""
    rows: Any = Link.objects.filter(incident_id=incident_id, state=LinkState.LINKED).order_by()
    counted = rows.values_list("answer").annotate(n=Count("id"), asked=Count("asked_at"))
    found = {"asked": 0}
    for answer, n, asked in counted:
        found[answer], found["asked"] = n, found["asked"] + asked
    return found


def cases_to_link(case_ids: Sequence[int], actor: Actor) -> list[Any]:
    """Those of these cases that exist for `actor`, locked, with what says where they are: one statement."""
    rows = cases.visible_to(actor).filter(pk__in=case_ids).select_for_update(of=("self",))
    return list(rows.select_related("customer", "asset").order_by("pk"))


def named_cases(case_ids: Sequence[int], most: int) -> str:
    """References in a sentence: the first of them, "…" where there are more."""
    said = ", ".join(reference(pk) for pk in case_ids[:most])
    return f"{said} …" if len(case_ids) > most else said


def link_of(incident_id: int, case_id: int) -> Link:
    found = Link.objects.select_related("area").filter(incident_id=incident_id, case_id=case_id).first()
    if found is None:
        raise NotFound(_("This case does not belong to the incident."))
    return found


def locked_link(link_id: int) -> Link:
    found = (
        Link.objects.select_for_update(of=("self",))
        .select_related("incident", "area")
        .filter(pk=link_id)
        .first()
    )
    if found is None:
        raise NotFound(_("This case does not belong to the incident."))
    return found


def told_counts(update_ids: list[int]) -> dict[int, dict[str, int]]:
    """For each update how many customers were told in which way: one statement."""
    found: dict[int, dict[str, int]] = {pk: {} for pk in update_ids}
    rows: Any = Told.objects.filter(update_id__in=update_ids).order_by().values_list("update_id", "way")
    for update_id, way, n in rows.annotate(n=Count("id")):
        found[update_id][way] = n
    return found
