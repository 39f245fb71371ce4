"""Teams, and who in them is free, leads, or answers for whom."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import NotFound
from shouwen.people.models import (
    Membership,
    Staff,
    Team,
)


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


def memberships_of(staff_id: int) -> list[Membership]:
    """A person's teams, those they lead first."""
    rows = Membership.objects.filter(staff_id=staff_id).select_related("team")
    return list(rows.order_by("-lead", "team__name"))


def members(team_id: int) -> QuerySet[Staff]:
    return Staff.objects.filter(memberships__team_id=team_id, active=True)


def leads_of(team_id: int) -> list[Staff]:
    return list(
        Staff.objects.filter(memberships__team_id=team_id, memberships__lead=True, active=True).order_by("pk")
    )


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
