"""What people can do, and how well (1 beginner – 5 master)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid
from shouwen.people import policies, queries, rules
from shouwen.people.events import SkillsGranted
from shouwen.people.models import Skill, Staff, StaffSkill
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus


@transaction.atomic
def create_skill(*, code: str, name: str, at: datetime, by: Actor) -> Skill:
    ensure(policies.may_grant_skills, by)
    if Skill.objects.filter(code=code).exists():
        raise Invalid(_("There is a skill with this code already."), field="code")
    return Skill.objects.create(code=code, name=name)


@transaction.atomic
def set_skills(*, staff_id: int, levels: Mapping[str, int], at: datetime, by: Actor) -> Staff:
    """Replace all skills of a person by {code: level}."""
    staff = queries.locked(staff_id)
    ensure(policies.may_grant_skills, by, staff)
    before = {held.skill.code: held.level for held in queries.skills_of(staff_id)}
    if dict(levels) == before:
        return staff
    write_skills(staff, levels)
    bus.announce(
        SkillsGranted(staff_id=staff.id),
        subjects=[staff.subject],
        by=by,
        at=at,
        before={"skills": before},
        after={"skills": dict(levels)},
    )
    return staff


def grant_skill(*, staff_id: int, code: str, level: int, at: datetime, by: Actor) -> Staff:
    held = {one.skill.code: one.level for one in queries.skills_of(staff_id)}
    return set_skills(staff_id=staff_id, levels={**held, code: level}, at=at, by=by)


def withdraw_skill(*, staff_id: int, code: str, at: datetime, by: Actor) -> Staff:
    held = {one.skill.code: one.level for one in queries.skills_of(staff_id) if one.skill.code != code}
    return set_skills(staff_id=staff_id, levels=held, at=at, by=by)


def write_skills(staff: Staff, levels: Mapping[str, int]) -> None:
    """Rows only: the caller has asked whether it may and announces."""
    known = {skill.code: skill for skill in Skill.objects.filter(code__in=levels)}
    unknown = sorted(set(levels) - set(known))
    if unknown:
        raise Invalid(_("Unknown skill: %(codes)s.") % {"codes": ", ".join(unknown)}, field="skills")
    rows = [
        StaffSkill(staff=staff, skill=known[code], level=rules.level(level, lowest=1, field="skills"))
        for code, level in levels.items()
    ]
    StaffSkill.objects.filter(staff=staff).delete()
    StaffSkill.objects.bulk_create(rows)
