"""One person, or many."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import NotFound
from shouwen.kernel.text import pinyin
from shouwen.people.models import (
    HelpCall,
    Staff,
)
from shouwen.platform.access import Actor
from shouwen.platform.accounts.models import User
from shouwen.platform.ledger import queries as ledger
from shouwen.platform.search import queries as search

MOST_FOUND = 200
NOBODY = _("There is no such person.")


def staff(staff_id: int) -> Staff:
    """One person with department and provider; NotFound when there is none."""
    found = Staff.objects.select_related("department", "provider").filter(pk=staff_id).first()
    if found is None:
        raise NotFound(NOBODY)
    return found


def locked(staff_id: int) -> Staff:
    found = Staff.objects.select_for_update().filter(pk=staff_id).first()
    if found is None:
        raise NotFound(NOBODY)
    return found


def is_staff(user_id: int | None) -> bool:
    return user_id is not None and Staff.objects.filter(pk=user_id).exists()


def visible_to(actor: Actor) -> QuerySet[Staff]:
    """Whom the actor may see: everybody for our own people, their own colleagues for a provider's."""
    everybody = Staff.objects.all()
    if actor.provider_id is not None:
        return everybody.filter(provider_id=actor.provider_id)
    if actor.can("people.see"):
        return everybody
    return everybody.filter(pk=actor.user_id) if actor.user_id else everybody.none()


def get(staff_id: int, actor: Actor) -> Staff:
    found = visible_to(actor).select_related("department", "provider", "deputy").filter(pk=staff_id).first()
    if found is None:
        raise NotFound(NOBODY)
    return found


def listed(
    actor: Actor, *, q: str = "", team_id: int | None = None, presence: str = "", active: bool = True
) -> QuerySet[Staff]:
    """The staff list: filtered, with everything a row shows fetched at once."""
    found = visible_to(actor).filter(active=active)
    if q:
        spelt = search.find("staff", q, limit=MOST_FOUND)
        found = found.filter(
            Q(name__icontains=q)
            | Q(title__icontains=q)
            | Q(user__username__icontains=q)
            | Q(pk__in=[*spelt, *_typed(q)])
        )
    if team_id:
        found = found.filter(memberships__team_id=team_id)
    if presence:
        found = found.filter(presence=presence)
    return found.select_related("department", "provider").prefetch_related(
        "memberships__team", "skill_levels__skill"
    )


def found(text: str, actor: Actor, *, limit: int = 6) -> list[Staff]:
    """Active people whom the actor may see, by words of their page or by their name as it is typed in pinyin."""
    ids = [*_typed(text), *search.find("staff", text, limit=MOST_FOUND)]
    if not ids:
        return []
    rows = visible_to(actor).filter(active=True, pk__in=ids).select_related("department")
    order = {pk: place for place, pk in reversed(list(enumerate(ids)))}
    return sorted(rows, key=lambda person: order[person.pk])[:limit]


def _typed(text: str) -> list[int]:
    """Ids of people whose name begins so in pinyin, whole or by its initials. There are few people: read them all."""
    begun = "".join(text.lower().split())
    if not (begun.isascii() and begun.isalpha()):
        return []
    rows = Staff.objects.filter(active=True).values_list("pk", "name")
    return [pk for pk, name in rows if any(one.startswith(begun) for one in pinyin(name).split()[:2])]


def active_staff() -> QuerySet[Staff]:
    return Staff.objects.filter(active=True).order_by("name", "pk")


def active_ids() -> list[int]:
    return list(Staff.objects.filter(active=True).values_list("pk", flat=True))


def name_of(staff_id: int | None) -> str:
    """The name of one person; an empty string when there is none."""
    if staff_id is None:
        return ""
    return Staff.objects.filter(pk=staff_id).values_list("name", flat=True).first() or ""


def names(ids: Iterable[int]) -> dict[int, str]:
    """Names by id, in one query; unknown ids are left out."""
    wanted = set(ids)
    return dict(Staff.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def roles_of(staff_id: int) -> list[str]:
    return list(User.objects.filter(pk=staff_id).values_list("roles", flat=True).first() or [])


def role_holders() -> dict[str, list[Staff]]:
    """Active staff by role code."""
    holders: dict[str, list[Staff]] = defaultdict(list)
    for person in Staff.objects.filter(active=True).select_related("user"):
        for role in person.user.roles:
            holders[role].append(person)
    return holders


def open_call_of(staff_id: int) -> HelpCall | None:
    return HelpCall.objects.filter(staff_id=staff_id, answered_at__isnull=True).first()


def help_call(call_id: int) -> HelpCall | None:
    return HelpCall.objects.select_related("staff", "helper").filter(pk=call_id).first()


def waiting_calls() -> list[HelpCall]:
    """Who asks for help now, the longest waiting first."""
    waiting = HelpCall.objects.filter(answered_at__isnull=True, staff__active=True)
    return list(waiting.select_related("staff").order_by("asked_at")[:50])


def presence_changes(staff_ids: Iterable[int], since: datetime) -> list[tuple[int, datetime, str]]:
    """(who, when, what it was before) for every change of presence since then, the oldest first."""
    rows = ledger.named("staff", staff_ids, "people.presence_changed", since)
    return [(row.data["staff_id"], row.at, row.data["was"]) for row in rows]


def some_staff(staff_ids: Iterable[int]) -> list[Staff]:
    """Those of them who work here, in the given order."""
    found = Staff.objects.filter(active=True).in_bulk(list(staff_ids))
    return [found[pk] for pk in staff_ids if pk in found]
