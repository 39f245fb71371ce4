"""Skills, departments and providers."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import NotFound
from shouwen.people.models import Department, Membership, Provider, Skill, Staff, StaffSkill, Team


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


def department_tree() -> list[tuple[Department, int, int]]:
    """Departments from the top down: (department, depth, how many active staff)."""
    counts = dict(
        Staff.objects.filter(active=True, department__isnull=False)
        .values_list("department_id")
        .annotate(people=Count("pk"))
    )
    below: dict[int | None, list[Department]] = defaultdict(list)
    for row in Department.objects.order_by("name"):
        below[row.parent_id].append(row)

    def walk(parent: int | None, depth: int) -> Iterator[tuple[Department, int, int]]:
        for row in below[parent]:
            yield row, depth, counts.get(row.pk, 0)
            yield from walk(row.pk, depth + 1)

    return list(walk(None, 0))


def skills_with_holders() -> list[Skill]:
    """Each skill with `people`, how many active staff have it."""
    return list(Skill.objects.annotate(people=Count("holders", filter=Q(holders__staff__active=True))))


def providers_with_staff() -> list[Provider]:
    """Each provider with `people`, how many active staff work for it."""
    return list(Provider.objects.annotate(people=Count("staff", filter=Q(staff__active=True))))


def staff_of_provider(provider_id: int) -> list[Staff]:
    return list(Staff.objects.filter(provider_id=provider_id, active=True).order_by("name"))


def team_calendars() -> dict[int, int]:
    """Which calendar each team works by; teams without one are missing."""
    rows = Team.objects.order_by().values_list("pk", "calendar_id")
    return {team_id: calendar_id for team_id, calendar_id in rows if calendar_id is not None}


def team_that_works(*, assignee_id: int | None = None, department_id: int | None = None) -> int | None:
    """The team whose own calendar says when these work: the person's first, or else the department's first.

    None when none of their teams has a calendar of its own: then the organisation's counts.
    """
    own = Team.objects.filter(active=True, calendar_id__isnull=False).order_by("pk")
    if assignee_id is not None:
        found = own.filter(memberships__staff_id=assignee_id).values_list("pk", flat=True).first()
        if found is not None:
            return found
    if department_id is None:
        return None
    return own.filter(department_id=department_id).values_list("pk", flat=True).first()
