"""People come, change their roles, leave and come back."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Refused
from shouwen.kernel.text.normalise import email as mail_address
from shouwen.people import policies, queries, rules
from shouwen.people.events import PersonHired, PersonLeft, PersonReturned, RolesChanged
from shouwen.people.models import Department, Presence, Provider, Staff, Team
from shouwen.people.services.skills import write_skills
from shouwen.people.services.structure import write_memberships
from shouwen.platform.access import SYSTEM, Actor, ensure
from shouwen.platform.accounts import services as accounts
from shouwen.platform.ledger import bus


@transaction.atomic
def hire(
    *,
    username: str,
    name: str,
    at: datetime,
    by: Actor,
    email: str = "",
    password: str | None = None,
    hashed: str = "",
    roles: Iterable[str] = ("agent",),
    title: str = "",
    department: Department | None = None,
    teams: Iterable[Team] = (),
    skills: Mapping[str, int] | None = None,
    languages: Iterable[str] = ("zh-hans",),
    authority_level: int = 0,
    capacity: int = 12,
    provider: Provider | None = None,
) -> Staff:
    """A new person with an account, roles, teams and skills ({code: level 1–5}).

    The right is asked here, so accounts are written as the system. Roles beyond "agent" need the
    right to set roles, so that nobody hires themselves a way up.
    """
    wanted_roles = list(dict.fromkeys(roles))
    ensure(policies.may_manage, by)
    if wanted_roles != ["agent"]:
        ensure(policies.may_set_roles, by)
    rules.level(authority_level, lowest=0, field="authority_level")
    rules.capacity(capacity)
    address = mail_address(email) if email else ""
    user = accounts.create_user(
        username=username,
        name=name,
        email=address,
        password=password,
        hashed=hashed,
        roles=wanted_roles,
        at=at,
        by=SYSTEM,
    )
    staff = Staff.objects.create(
        user=user,
        name=name,
        title=title,
        department=department,
        provider=provider,
        languages=rules.languages(languages),
        authority_level=authority_level,
        capacity=capacity,
        presence=Presence.OFFLINE,
        presence_since=at,
        joined_at=at,
    )
    team_ids = [team.pk for team in teams]
    write_memberships(staff, team_ids)
    write_skills(staff, skills or {})
    bus.announce(
        PersonHired(staff_id=staff.id, team_ids=team_ids),
        subjects=[staff.subject, staff.account],
        by=by,
        at=at,
        after={"name": name, "roles": wanted_roles},
    )
    return staff


@transaction.atomic
def set_roles(*, staff_id: int, roles: Iterable[str], at: datetime, by: Actor) -> Staff:
    """Replace what a person may do. The last administrator stays one."""
    staff = queries.locked(staff_id)
    ensure(policies.may_set_roles, by, staff)
    wanted, before = list(dict.fromkeys(roles)), queries.roles_of(staff_id)
    losing = "administrator" in before and "administrator" not in wanted
    if losing and len(queries.with_role("administrator")) < 2:
        raise Refused(_("Somebody must remain administrator."), field="roles")
    accounts.set_roles(user_id=staff.id, roles=wanted, at=at, by=SYSTEM)
    if wanted != before:
        bus.announce(
            RolesChanged(staff_id=staff.id, roles=wanted, name=staff.name),
            subjects=[staff.subject, staff.account],
            by=by,
            at=at,
            before={"roles": before},
            after={"roles": wanted},
        )
    return staff


@transaction.atomic
def leave(*, staff_id: int, at: datetime, by: Actor) -> Staff:
    """Somebody leaves: signed out, no longer offered anything; what they did stays under their name."""
    staff = queries.locked(staff_id)
    ensure(policies.may_manage, by, staff)
    if not staff.active:
        raise Refused(_("%(name)s has left already.") % {"name": staff.name})
    if staff.pk == by.user_id:
        raise Refused(_("You cannot end your own account."))
    if queries.roles_of(staff_id).count("administrator") and len(queries.with_role("administrator")) < 2:
        raise Refused(_("Somebody must remain administrator."))
    accounts.set_active(user_id=staff.id, active=False, at=at, by=SYSTEM)
    staff.active, staff.left_at = False, at
    staff.presence, staff.presence_since = Presence.OFFLINE, at
    staff.save(update_fields=["active", "left_at", "presence", "presence_since"])
    bus.announce(
        PersonLeft(staff_id=staff.id, name=staff.name), subjects=[staff.subject, staff.account], by=by, at=at
    )
    return staff


@transaction.atomic
def come_back(*, staff_id: int, at: datetime, by: Actor) -> Staff:
    """Somebody who had left works here again, with the account they had."""
    staff = queries.locked(staff_id)
    ensure(policies.may_manage, by, staff)
    if staff.active:
        raise Refused(_("%(name)s is here already.") % {"name": staff.name})
    accounts.set_active(user_id=staff.id, active=True, at=at, by=SYSTEM)
    staff.active, staff.left_at = True, None
    staff.save(update_fields=["active", "left_at"])
    bus.announce(
        PersonReturned(staff_id=staff.id, name=staff.name),
        subjects=[staff.subject, staff.account],
        by=by,
        at=at,
    )
    return staff
