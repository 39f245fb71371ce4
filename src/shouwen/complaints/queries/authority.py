"""Who may grant what, and who can decide now (ESC-2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from shouwen.cases import queries as cases
from shouwen.complaints.models import Approval, AuthorityLimit, Complaint, Grant
from shouwen.complaints.rules import authority
from shouwen.complaints.rules.authority import Limit, Room
from shouwen.kernel.errors import NotFound
from shouwen.kernel.money import Money
from shouwen.people import queries as people
from shouwen.people.models import Staff
from shouwen.platform.access import Actor
from shouwen.platform.preferences import get as preference

SHOWN = 6
SAMPLE = 500
WAITING_ORDER = ("asked_at", "id")


def limits(remedy: str = "") -> list[AuthorityLimit]:
    rows = AuthorityLimit.objects.all()
    return list(rows.filter(remedy=remedy) if remedy else rows)


def limit(limit_id: int) -> AuthorityLimit:
    found = AuthorityLimit.objects.filter(pk=limit_id).first()
    if found is None:
        raise NotFound(_("There is no such limit."))
    return found


def locked_limits(remedy: str) -> list[AuthorityLimit]:
    """Locked, so that two grants at once are counted one after the other."""
    return list(AuthorityLimit.objects.select_for_update().filter(remedy=remedy).order_by("pk"))


def _plain(rows: Iterable[AuthorityLimit]) -> list[Limit]:
    return [Limit(one.role, one.remedy, one.each, one.together, one.period) for one in rows]


def _since(at: datetime) -> tuple[datetime, datetime]:
    """When the running month and day began."""
    zone = settings.TIME_ZONE
    return authority.start_of("month", at, zone), authority.start_of("day", at, zone)


def granted_by(staff_ids: Iterable[int], remedy: str, at: datetime) -> dict[int, dict[str, int]]:
    """What each granted of a remedy in the running day and month; what was released does not count."""
    month, day = _since(at)
    rows = (
        Grant.objects.filter(granted_by__in=list(staff_ids), remedy=remedy, released_at=None)
        .filter(granted_at__gte=month, granted_at__lte=at)
        .values("granted_by")
        .annotate(month=Sum("amount"), day=Sum("amount", filter=Q(granted_at__gte=day)))
        .order_by()
    )
    return {row["granted_by"]: {"month": row["month"] or 0, "day": row["day"] or 0} for row in rows}


def room_of(actor: Actor, remedy: str, at: datetime, *, rows: list[AuthorityLimit] | None = None) -> Room:
    """What this person may still grant of a remedy. Nothing for whoever is no person."""
    if actor.user_id is None or not actor.is_staff:
        return authority.NOTHING
    held = granted_by([actor.user_id], remedy, at).get(actor.user_id, {})
    return authority.room(_plain(limits(remedy) if rows is None else rows), actor.roles, remedy, held)


@dataclass(frozen=True)
class Decider:
    """Somebody whose yes counts. `full`: their authority covers the whole amount; else they can be the second of
    two. `deputy` answers while they are away."""

    staff: Staff
    most: Money
    reachable: bool
    deputy: str = ""
    full: bool = True


def deciders(
    remedy: str,
    amount: int,
    at: datetime,
    *,
    hands: int = 1,
    but: Iterable[int | None] = (),
    matrix: list[AuthorityLimit] | None = None,
    holders: dict[str, list[Staff]] | None = None,
) -> list[Decider]:
    """Who can decide this now: those on duty first, then by how much they may; `but` are left out.

    Where it takes two `hands`, also whoever may be the second one: any authority over this remedy, after those
    whose authority covers the whole. Nobody at all where two cannot be found.
    """
    rows = [one for one in _plain(limits(remedy) if matrix is None else matrix) if one.remedy == remedy]
    roles = {one.role for one in rows if one.each >= (amount if hands == 1 else 1)}
    holders = people.role_holders() if holders is None else holders
    staff = {one.pk: one for role in roles for one in holders.get(role, []) if one.active}
    for left_out in but:
        if left_out is not None:
            staff.pop(left_out, None)
    spent = granted_by(staff, remedy, at)
    roles_by_person = {
        pk: {role for role in roles if any(one.pk == pk for one in holders.get(role, []))} for pk in staff
    }
    found = []
    for pk, person in staff.items():
        mine = authority.room(rows, roles_by_person[pk], remedy, spent.get(pk, {}))
        if mine.covers(amount) or (hands > 1 and mine.each > 0):
            found.append(_decider(person, mine, full=mine.covers(amount)))
    if len(found) < hands or not any(one.full for one in found):
        return []
    return sorted(found, key=_nearest)


def _nearest(one: Decider) -> tuple[Any, ...]:
    """The least authority that covers it; then of the others the greatest."""
    most = one.most.amount if one.full else -one.most.amount
    return not one.full, not one.reachable, most, one.staff.name


def _decider(person: Staff, mine: Room, *, full: bool) -> Decider:
    reachable = person.presence in ("on_duty", "busy")
    deputy = people.name_of(person.deputy_id) if person.deputy_id and not reachable else ""
    return Decider(person, Money(mine.most), reachable, deputy, full)


def hands(amount: int) -> int:
    return authority.hands(amount, int(preference("complaints.two_people_above")) * 100)


def approval(approval_id: int) -> Approval:
    found = Approval.objects.select_related("complaint").filter(pk=approval_id).first()
    if found is None:
        raise NotFound(_("There is no such question."))
    return found


def approval_of(complaint: Complaint, approval_id: int) -> Approval:
    """A question of this complaint and of no other."""
    found = approval(approval_id)
    if found.complaint_id != complaint.pk:
        raise NotFound(_("There is no such question."))
    return found


def rooms_of(actor: Actor, at: datetime) -> dict[str, Room]:
    """What this person may still grant, by remedy. Two statements."""
    if actor.user_id is None or not actor.is_staff:
        return {}
    month, day = _since(at)
    rows = (
        Grant.objects.filter(granted_by=actor.user_id, released_at=None)
        .filter(granted_at__gte=month, granted_at__lte=at)
        .values("remedy")
        .annotate(month=Sum("amount"), day=Sum("amount", filter=Q(granted_at__gte=day)))
        .order_by()
    )
    held = {row["remedy"]: {"month": row["month"] or 0, "day": row["day"] or 0} for row in rows}
    matrix = _plain(limits())
    return {
        remedy: authority.room(matrix, actor.roles, remedy, held.get(remedy, {}))
        for remedy in {one.remedy for one in matrix}
    }


def waiting_for(actor: Actor, at: datetime) -> QuerySet[Approval]:
    """Open questions that `actor` may sign, to be paged by WAITING_ORDER, oldest first. Those about oneself, or one's
    own where two are needed, are somebody else's."""
    may = Q(pk__in=[])
    for remedy, room in rooms_of(actor, at).items():
        if room.each > 0:
            may |= Q(remedy=remedy) & (Q(amount__gt=0, amount__lte=room.most) | Q(hands__gt=1))
    return (
        Approval.objects.filter(may, cases.in_sight(actor), state="asked")
        .exclude(complaint__about_staff_id=actor.user_id)
        .exclude(signatures__by=actor.user_id or 0)
        .exclude(hands__gt=1, asked_by=actor.user_id)
        .select_related("case__customer")
        .prefetch_related("signatures")
    )


@dataclass(frozen=True)
class DecisionTime:
    n: int
    mean: timedelta | None


def decision_time(since: datetime) -> DecisionTime:
    """How long a decision took from the asking: how many were decided since, and the mean of the newest 500 of
    them, which an index gives at once where there are a hundred thousand. What somebody granted by their own
    authority, in the moment of asking, nobody waited for."""
    decided = Approval.objects.filter(decided_at__gte=since, state__in=["granted", "declined"])
    decided = decided.exclude(decided_at=F("asked_at"))
    newest = decided.order_by("-decided_at").values_list("asked_at", "decided_at")[:SAMPLE]
    took = [done - asked for asked, done in newest if done is not None]
    n = len(took) if len(took) < SAMPLE else decided.order_by().count()
    return DecisionTime(n, sum(took, timedelta()) / len(took) if took else None)


def may_decide(actor: Actor, complaint: Complaint | None, asked: Approval, at: datetime) -> bool:
    """Whether to show the buttons; the service asks again."""
    if actor.user_id is None or (complaint is not None and actor.user_id == complaint.about_staff_id):
        return False
    if asked.hands > 1 and asked.asked_by == actor.user_id:
        return False
    if any(one.by == actor.user_id for one in asked.signatures.all()):
        return False
    mine = room_of(actor, asked.remedy, at)
    return mine.covers(asked.amount) or (asked.hands > 1 and mine.each > 0)
