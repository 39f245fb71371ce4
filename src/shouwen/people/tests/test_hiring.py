import pytest

from shouwen.kernel.errors import Forbidden, Invalid, Refused
from shouwen.people import queries, services
from shouwen.people.testing import AT, a_department, a_person, a_provider, a_skill, a_team, as_actor
from shouwen.platform.access import SYSTEM
from shouwen.platform.accounts.models import User
from shouwen.platform.ledger import history

pytestmark = pytest.mark.django_db


def test_a_hired_person_shares_the_users_id_and_gets_an_account():
    staff = a_person("agent", name="Demo Li", username="li")
    user = User.objects.get(username="li")
    assert (staff.id, user.name, user.roles) == (user.pk, "Demo Li", ["agent"])


def test_an_account_carries_teams_department_and_provider():
    team, department, provider = a_team(), a_department(), a_provider()
    staff = a_person(teams=(team,), department=department, provider=provider)
    actor = as_actor(staff)
    assert (actor.team_ids, actor.department_id, actor.provider_id) == (
        frozenset({team.pk}),
        department.pk,
        provider.pk,
    )


def test_skills_languages_and_levels_are_kept():
    a_skill("hydraulics")
    staff = a_person(skills={"hydraulics": 4}, languages=["zh-hans", "en"], authority_level=2)
    assert [(one.skill.code, one.level) for one in queries.skills_of(staff.id)] == [("hydraulics", 4)]
    assert (staff.languages, staff.authority_level) == (["zh-hans", "en"], 2)
    assert queries.with_skill("hydraulics", at_least=5) == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"authority_level": 6}, "authority_level"),
        ({"capacity": 201}, "capacity"),
        ({"languages": ["tlh"]}, "languages"),
        ({"skills": {"unknown": 3}}, "skills"),
        ({"roles": ("emperor",)}, "roles"),
    ],
)
def test_impossible_values_are_refused_naming_the_field(values, field):
    with pytest.raises(Invalid) as refused:
        services.hire(username="x", name="X", at=AT, by=SYSTEM, **values)
    assert refused.value.field == field


def test_an_agent_may_not_hire():
    with pytest.raises(Forbidden):
        services.hire(username="x", name="X", at=AT, by=as_actor(a_person("agent")))


def test_a_chief_hires_agents_but_no_administrators():
    chief = as_actor(a_person("chief"))
    services.hire(username="new", name="New", at=AT, by=chief)
    with pytest.raises(Forbidden):
        services.hire(username="root", name="Root", roles=["administrator"], at=AT, by=chief)


def test_who_leaves_is_locked_out_and_offline_but_keeps_the_name():
    staff = a_person(name="Demo Wang", presence="on_duty")
    services.leave(staff_id=staff.id, at=AT, by=SYSTEM)
    left = queries.staff(staff.id)
    assert (left.active, left.presence, left.left_at) == (False, "offline", AT)
    assert not User.objects.get(pk=staff.id).is_active
    assert queries.name_of(staff.id) == "Demo Wang"
    with pytest.raises(Refused):
        services.leave(staff_id=staff.id, at=AT, by=SYSTEM)


def test_who_left_can_come_back():
    staff = a_person()
    services.leave(staff_id=staff.id, at=AT, by=SYSTEM)
    services.come_back(staff_id=staff.id, at=AT, by=SYSTEM)
    assert queries.staff(staff.id).active
    assert User.objects.get(pk=staff.id).is_active


def test_the_last_administrator_stays_administrator():
    only = a_person("administrator")
    with pytest.raises(Refused):
        services.set_roles(staff_id=only.id, roles=["agent"], at=AT, by=SYSTEM)
    a_person("administrator")
    services.set_roles(staff_id=only.id, roles=["agent"], at=AT, by=SYSTEM)
    assert queries.roles_of(only.id) == ["agent"]


def test_nobody_ends_their_own_account():
    chief = a_person("chief")
    with pytest.raises(Refused):
        services.leave(staff_id=chief.id, at=AT, by=as_actor(chief))


def test_changed_roles_stand_in_the_audit_book_with_what_they_were():
    boss, staff = a_person("administrator", name="Boss"), a_person(name="Demo Wu")
    services.set_roles(staff_id=staff.id, roles=["agent", "supervisor"], at=AT, by=as_actor(boss))
    for subject in (staff.account, ("audit", 0)):
        entry = history.entries(subject).items[0]
        assert (entry.name, entry.by) == ("people.roles_changed", "Boss")
        assert "Demo Wu" in entry.text
        assert (entry.changes[0].was.count("、"), entry.changes[0].now.count("、")) == (0, 1)
