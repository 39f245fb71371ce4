"""Departments, teams and providers, and who belongs to them."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid, Refused
from shouwen.people import policies, queries, rules
from shouwen.people.events import DepartmentChanged, ProviderChanged, TeamChanged, TeamsAssigned
from shouwen.people.models import Department, Membership, Provider, Staff, Team
from shouwen.platform.access import Actor, ensure
from shouwen.platform.accounts import services as accounts
from shouwen.platform.ledger import bus

TAKEN = _("This name is taken.")


@transaction.atomic
def create_department(*, name: str, at: datetime, by: Actor, parent: Department | None = None) -> Department:
    ensure(policies.may_manage, by)
    if Department.objects.filter(name=name).exists():
        raise Invalid(TAKEN, field="name")
    made = Department.objects.create(name=name, parent=parent)
    _announce_department(made, by=by, at=at)
    return made


@transaction.atomic
def change_department(
    *, department_id: int, name: str, parent_id: int | None, at: datetime, by: Actor
) -> Department:
    ensure(policies.may_manage, by)
    found = queries.department(department_id)
    if Department.objects.filter(name=name).exclude(pk=department_id).exists():
        raise Invalid(TAKEN, field="name")
    rules.no_circle(department_id, parent_id, queries.department_parents())
    before = {"name": found.name, "parent": found.parent_id}
    found.name, found.parent = name, queries.department(parent_id) if parent_id else None
    found.save(update_fields=["name", "parent"])
    _announce_department(found, by=by, at=at, before=before)
    return found


@transaction.atomic
def create_team(
    *,
    name: str,
    at: datetime,
    by: Actor,
    department: Department | None = None,
    calendar_id: int | None = None,
) -> Team:
    ensure(policies.may_manage, by)
    if Team.objects.filter(name=name).exists():
        raise Invalid(TAKEN, field="name")
    made = Team.objects.create(name=name, department=department, calendar_id=calendar_id)
    bus.announce(TeamChanged(team_id=made.pk), subjects=[made.subject], by=by, at=at, after={"name": name})
    return made


@transaction.atomic
def change_team(
    *,
    team_id: int,
    name: str,
    department_id: int | None,
    active: bool,
    at: datetime,
    by: Actor,
    calendar_id: int | None = -1,
) -> Team:
    """A team's calendar stays unless one (or None) is given."""
    ensure(policies.may_manage, by)
    found = queries.team(team_id)
    if Team.objects.filter(name=name).exclude(pk=team_id).exists():
        raise Invalid(TAKEN, field="name")
    before = {"name": found.name, "department": found.department_id, "active": found.active}
    found.name, found.active = name, active
    if calendar_id != -1:
        found.calendar_id = calendar_id
    found.department = queries.department(department_id) if department_id else None
    found.save()
    bus.announce(
        TeamChanged(team_id=team_id),
        subjects=[found.subject],
        by=by,
        at=at,
        before=before,
        after={"name": name, "department": department_id, "active": active},
    )
    return found


@transaction.atomic
def set_calendar(*, team_id: int, calendar_id: int | None, at: datetime, by: Actor) -> Team:
    """By which calendar the team works; the room above knows which there are and has asked."""
    ensure(policies.may_manage, by)
    found = queries.team(team_id)
    before, found.calendar_id = found.calendar_id, calendar_id
    if before == calendar_id:
        return found
    found.save(update_fields=["calendar_id"])
    bus.announce(
        TeamChanged(team_id=team_id),
        subjects=[found.subject],
        by=by,
        at=at,
        before={"calendar": before},
        after={"calendar": calendar_id},
    )
    return found


@transaction.atomic
def create_provider(
    *,
    name: str,
    at: datetime,
    by: Actor,
    sort: str = "third_party",
    contract_until: date | None = None,
    note: str = "",
) -> Provider:
    ensure(policies.may_manage, by)
    _check_provider(name, sort, None)
    made = Provider.objects.create(name=name, sort=sort, contract_until=contract_until, note=note)
    bus.announce(ProviderChanged(provider_id=made.pk), subjects=[("provider", made.pk)], by=by, at=at)
    return made


@transaction.atomic
def change_provider(
    *,
    provider_id: int,
    name: str,
    sort: str,
    contract_until: date | None,
    note: str,
    at: datetime,
    by: Actor,
) -> Provider:
    ensure(policies.may_manage, by)
    found = queries.provider(provider_id)
    _check_provider(name, sort, provider_id)
    found.name, found.sort, found.contract_until, found.note = name, sort, contract_until, note
    found.save()
    bus.announce(ProviderChanged(provider_id=provider_id), subjects=[("provider", provider_id)], by=by, at=at)
    return found


@transaction.atomic
def assign_teams(*, staff_id: int, team_ids: Iterable[int], at: datetime, by: Actor) -> Staff:
    """Replace the teams a person belongs to; who led a team they stay in goes on leading it."""
    staff = queries.locked(staff_id)
    ensure(policies.may_manage, by, staff)
    wanted, before = sorted(set(team_ids)), queries.team_ids_of(staff_id)
    if wanted == before:
        return staff
    write_memberships(staff, wanted)
    _announce_teams(staff, wanted, before, by=by, at=at)
    return staff


@transaction.atomic
def set_members(
    *, team_id: int, staff_ids: Iterable[int], lead_ids: Iterable[int], at: datetime, by: Actor
) -> Team:
    """Replace who belongs to a team and who leads it. A lead is always a member."""
    ensure(policies.may_manage, by)
    found, leads = queries.team(team_id), set(lead_ids)
    wanted = set(staff_ids) | leads
    held = set(Membership.objects.filter(team=found).values_list("staff_id", flat=True))
    for staff_id in sorted(wanted ^ held):
        staff = queries.locked(staff_id)
        before = queries.team_ids_of(staff_id)
        after = sorted({*before, team_id} if staff_id in wanted else set(before) - {team_id})
        write_memberships(staff, after)
        _announce_teams(staff, after, before, by=by, at=at)
    Membership.objects.filter(team=found).exclude(staff_id__in=leads).update(lead=False)
    Membership.objects.filter(team=found, staff_id__in=leads).update(lead=True)
    bus.announce(TeamChanged(team_id=team_id), subjects=[found.subject], by=by, at=at)
    return found


@transaction.atomic
def change_team_with_members(
    *, team_id: int, staff_ids: Iterable[int], lead_ids: Iterable[int], at: datetime, by: Actor, **values: Any
) -> Team:
    """Both at once, or neither: what one form holds."""
    change_team(team_id=team_id, **values, at=at, by=by)
    return set_members(team_id=team_id, staff_ids=staff_ids, lead_ids=lead_ids, at=at, by=by)


@transaction.atomic
def set_lead(*, staff_id: int, team_id: int, lead: bool, at: datetime, by: Actor) -> None:
    ensure(policies.may_manage, by)
    changed = Membership.objects.filter(staff_id=staff_id, team_id=team_id).update(lead=lead)
    if not changed:
        raise Refused(_("Only a member can lead a team."), field="lead")
    bus.announce(
        TeamChanged(team_id=team_id), subjects=[("team", team_id), ("staff", staff_id)], by=by, at=at
    )


def write_memberships(staff: Staff, team_ids: Collection[int]) -> None:
    """Rows and the account's copy only: the caller has asked whether it may and announces."""
    if len(set(team_ids)) != Team.objects.filter(pk__in=team_ids).count():
        raise Invalid(_("There is no such team."), field="teams")
    Membership.objects.filter(staff=staff).exclude(team_id__in=team_ids).delete()
    held = set(Membership.objects.filter(staff=staff).values_list("team_id", flat=True))
    Membership.objects.bulk_create(
        [Membership(staff=staff, team_id=team_id) for team_id in team_ids if team_id not in held]
    )
    copy_to_account(staff)


def copy_to_account(staff: Staff) -> None:
    """The account carries plain copies, so that building an actor per request needs no join."""
    accounts.set_membership(
        user_id=staff.id,
        team_ids=queries.team_ids_of(staff.id),
        department_id=staff.department_id,
        provider_id=staff.provider_id,
    )


def _announce_teams(staff: Staff, after: list[int], before: list[int], *, by: Actor, at: datetime) -> None:
    bus.announce(
        TeamsAssigned(staff_id=staff.id, team_ids=after),
        subjects=[staff.subject],
        by=by,
        at=at,
        before={"teams": before},
        after={"teams": after},
    )


def _announce_department(
    found: Department, *, by: Actor, at: datetime, before: dict[str, Any] | None = None
) -> None:
    bus.announce(
        DepartmentChanged(department_id=found.pk),
        subjects=[("department", found.pk)],
        by=by,
        at=at,
        before=before,
        after={"name": found.name, "parent": found.parent_id},
    )


def _check_provider(name: str, sort: str, provider_id: int | None) -> None:
    if sort not in rules.PROVIDER_SORTS:
        raise Invalid(_("Choose what sort of provider this is."), field="sort")
    twins = Provider.objects.filter(name=name)
    if (twins.exclude(pk=provider_id) if provider_id else twins).exists():
        raise Invalid(TAKEN, field="name")
