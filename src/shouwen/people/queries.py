"""Reads of people."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import NotFound
from shouwen.people import rules
from shouwen.people.models import (
    Department,
    HelpCall,
    Membership,
    Presence,
    Provider,
    Skill,
    Staff,
    StaffSkill,
    Team,
)
from shouwen.platform import search
from shouwen.platform.access import Actor
from shouwen.platform.accounts.models import User

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
        found = found.filter(Q(name__icontains=q) | Q(title__icontains=q) | Q(user__username__icontains=q))
    if team_id:
        found = found.filter(memberships__team_id=team_id)
    if presence:
        found = found.filter(presence=presence)
    return found.select_related("department", "provider").prefetch_related(
        "memberships__team", "skill_levels__skill"
    )


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


# Teams


def team(team_id: int) -> Team:
    found = Team.objects.select_related("department").filter(pk=team_id).first()
    if found is None:
        raise NotFound(_("There is no such team."))
    return found


def teams(*, active_only: bool = True) -> QuerySet[Team]:
    found = Team.objects.select_related("department")
    return found.filter(active=True) if active_only else found


def teams_of(staff_id: int) -> list[Team]:
    return list(Team.objects.filter(memberships__staff_id=staff_id, active=True))


def team_ids_of(staff_id: int) -> list[int]:
    return list(
        Membership.objects.filter(staff_id=staff_id).order_by("team_id").values_list("team_id", flat=True)
    )


def members(team_id: int) -> QuerySet[Staff]:
    return Staff.objects.filter(memberships__team_id=team_id, active=True)


def leads_of(team_id: int) -> list[Staff]:
    return list(
        Staff.objects.filter(memberships__team_id=team_id, memberships__lead=True, active=True).order_by("pk")
    )


def free_agents(team_id: int, loads: Mapping[int, int] | None = None) -> list[Staff]:
    """Our own people of the team who are on duty and still have room, the emptiest first.

    `loads` says how many open cases each holds; who is missing holds none. Providers' people
    are never offered contacts: they help through tasks.
    """
    team_members = members(team_id).filter(presence=Presence.ON_DUTY, provider__isnull=True)
    found = {person.id: person for person in team_members}
    capacities = {person.id: person.capacity for person in found.values()}
    return [found[who] for who in rules.by_room(loads or {}, capacities)]


def supervisors_of(team_id: int) -> list[Staff]:
    """Who answers for the team: its leads and its members who are supervisors, leads first."""
    member_rows = Membership.objects.filter(team_id=team_id, staff__active=True).select_related("staff__user")
    answering = [row for row in member_rows if row.lead or "supervisor" in row.staff.user.roles]
    return [row.staff for row in sorted(answering, key=lambda row: (not row.lead, row.staff_id))]


def chiefs() -> list[Staff]:
    """The chief service managers, who settle what departments cannot settle among themselves."""
    return with_role("chief")


def with_role(role: str) -> list[Staff]:
    """Active staff who carry a role. Roles are a short JSON list, so the (few hundred) rows are read once."""
    holders = Staff.objects.filter(active=True).select_related("user").order_by("pk")
    return [person for person in holders if role in person.user.roles]


def users_with_role(role: str) -> list[int]:
    return [person.id for person in with_role(role)]


def supervisor_topics(staff_id: int) -> list[str]:
    """Live topics of those who answer for a person: the leads and supervisors of the person's teams."""
    ids = {lead.id for team_id in team_ids_of(staff_id) for lead in supervisors_of(team_id)}
    return [f"user:{who}" for who in sorted(ids)]


# Skills, departments, providers


def skills() -> QuerySet[Skill]:
    return Skill.objects.all()


def skills_of(staff_id: int) -> list[StaffSkill]:
    return list(StaffSkill.objects.filter(staff_id=staff_id).select_related("skill").order_by("skill__name"))


def with_skill(code: str, *, at_least: int = 1) -> list[int]:
    """Ids of active staff who have a skill at a level or better."""
    found = StaffSkill.objects.filter(skill__code=code, level__gte=at_least, staff__active=True)
    return list(found.order_by("staff_id").values_list("staff_id", flat=True))


def departments() -> QuerySet[Department]:
    return Department.objects.select_related("parent")


def department(department_id: int) -> Department:
    found = Department.objects.select_related("parent").filter(pk=department_id).first()
    if found is None:
        raise NotFound(_("There is no such department."))
    return found


def department_parents() -> dict[int, int | None]:
    return dict(Department.objects.values_list("pk", "parent_id"))


def providers() -> QuerySet[Provider]:
    return Provider.objects.all()


def provider(provider_id: int) -> Provider:
    found = Provider.objects.filter(pk=provider_id).first()
    if found is None:
        raise NotFound(_("There is no such provider."))
    return found


def staff_by_team() -> dict[int, list[Membership]]:
    """Every membership of active staff, grouped by team, leads first."""
    grouped: dict[int, list[Membership]] = defaultdict(list)
    rows = Membership.objects.filter(staff__active=True).select_related("staff")
    for row in rows.order_by("-lead", "staff__name"):
        grouped[row.team_id].append(row)
    return grouped


# Accounts and help


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


def waiting_calls() -> list[HelpCall]:
    """Who asks for help now, the longest waiting first."""
    waiting = HelpCall.objects.filter(answered_at__isnull=True, staff__active=True)
    return list(waiting.select_related("staff").order_by("asked_at")[:50])


# What the registries below ask of us


def presence_choices() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in Presence.choices]


def shown_presence(actor: Actor) -> dict[str, object] | None:
    """For the frame's menu: {code, label, choices}; None for who is not staff."""
    if actor.user_id is None:
        return None
    code = Staff.objects.filter(pk=actor.user_id).values_list("presence", flat=True).first()
    if code is None:
        return None
    return {"code": code, "label": Presence(code).label, "choices": presence_choices()}


def presence_sentence(data: dict[str, str]) -> str:
    """How a change of presence reads on a timeline."""
    labels = dict(presence_choices())
    return f"{labels.get(data['was'], '')} → {labels.get(data['presence'], '')}"


def search_doc(staff_id: int) -> search.Doc | None:
    found = Staff.objects.select_related("department").filter(pk=staff_id, active=True).first()
    if found is None:
        return None
    held = " ".join(one.skill.name for one in skills_of(staff_id))
    body = " ".join([found.title, str(found.department or ""), held])
    return search.Doc(title=found.name, body=body, names=(found.name,))
