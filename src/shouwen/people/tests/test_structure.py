import pytest

from shouwen.kernel.errors import Forbidden, Invalid, NotFound, Refused
from shouwen.people import queries, rules, services
from shouwen.people.testing import AT, a_department, a_person, a_provider, a_skill, a_team, as_actor
from shouwen.platform.access import ANONYMOUS, SYSTEM

pytestmark = pytest.mark.django_db


def test_members_and_leads_of_a_team_are_replaced_together():
    team, one, two, three = a_team(), a_person(), a_person(), a_person()
    services.assign_teams(staff_id=one.id, team_ids=[team.pk], at=AT, by=SYSTEM)
    services.set_members(team_id=team.pk, staff_ids=[two.id], lead_ids=[three.id], at=AT, by=SYSTEM)
    assert set(queries.members(team.pk)) == {two, three}
    assert queries.leads_of(team.pk) == [three]
    assert as_actor(one).team_ids == frozenset()
    assert as_actor(three).team_ids == {team.pk}


def test_a_lead_stays_lead_when_other_teams_change():
    team, other, person = a_team(), a_team(), a_person()
    services.set_members(team_id=team.pk, staff_ids=[], lead_ids=[person.id], at=AT, by=SYSTEM)
    services.assign_teams(staff_id=person.id, team_ids=[team.pk, other.pk], at=AT, by=SYSTEM)
    assert queries.leads_of(team.pk) == [person]


def test_supervisors_of_a_team_are_its_leads_and_its_supervisors():
    team = a_team()
    agent, supervisor = a_person(teams=(team,)), a_person("supervisor", teams=(team,))
    lead = a_person(teams=(team,))
    a_person("supervisor")
    services.set_lead(staff_id=lead.id, team_id=team.pk, lead=True, at=AT, by=SYSTEM)
    assert queries.supervisors_of(team.pk) == [lead, supervisor]
    assert agent not in queries.supervisors_of(team.pk)


def test_only_a_member_can_lead():
    with pytest.raises(Refused):
        services.set_lead(staff_id=a_person().id, team_id=a_team().pk, lead=True, at=AT, by=SYSTEM)


def test_chiefs_are_found_by_role():
    chief = a_person("chief")
    a_person("agent")
    assert queries.chiefs() == [chief]


def test_a_department_cannot_stand_below_itself():
    top = a_department()
    below = a_department(parent=top)
    with pytest.raises(Refused) as refused:
        services.change_department(department_id=top.pk, name=top.name, parent_id=below.pk, at=AT, by=SYSTEM)
    assert refused.value.field == "parent"


def test_a_name_is_taken_only_once():
    a_team("First line"), a_department("Sales"), a_provider("Fixers"), a_skill("cranes")
    with pytest.raises(Invalid):
        a_team("First line")
    with pytest.raises(Invalid):
        a_department("Sales")
    with pytest.raises(Invalid):
        a_provider("Fixers")
    with pytest.raises(Invalid):
        a_skill("cranes")


def test_an_unknown_team_is_refused():
    with pytest.raises(Invalid):
        services.assign_teams(staff_id=a_person().id, team_ids=[99], at=AT, by=SYSTEM)


def test_a_supervisor_grants_skills_and_an_agent_does_not():
    a_skill("cranes")
    staff = a_person()
    with pytest.raises(Forbidden):
        services.grant_skill(staff_id=staff.id, code="cranes", level=3, at=AT, by=as_actor(staff))
    boss = as_actor(a_person("supervisor"))
    services.grant_skill(staff_id=staff.id, code="cranes", level=3, at=AT, by=boss)
    assert queries.with_skill("cranes") == [staff.id]
    services.withdraw_skill(staff_id=staff.id, code="cranes", at=AT, by=boss)
    assert queries.with_skill("cranes") == []


def test_a_providers_people_see_only_their_own_colleagues():
    ours, provider = a_person(), a_provider()
    theirs, colleague = a_person("provider", provider=provider), a_person("provider", provider=provider)
    assert set(queries.visible_to(as_actor(theirs))) == {theirs, colleague}
    with pytest.raises(NotFound):
        queries.get(ours.id, as_actor(theirs))
    assert list(queries.visible_to(ANONYMOUS)) == []


def test_a_changed_person_renames_the_account_too():
    staff, department = a_person(), a_department()
    services.change(
        staff_id=staff.id,
        name="Demo New",
        title="Engineer",
        department_id=department.pk,
        provider_id=None,
        languages=["en"],
        authority_level=3,
        capacity=20,
        deputy_id=None,
        at=AT,
        by=SYSTEM,
    )
    actor = as_actor(staff)
    assert (actor.name, actor.department_id) == ("Demo New", department.pk)


def test_nobody_is_their_own_deputy():
    with pytest.raises(Invalid):
        rules.deputy(3, 3)


def test_names_come_in_one_query(django_assert_num_queries):
    one, two = a_person(name="Demo A"), a_person(name="Demo B")
    with django_assert_num_queries(1):
        assert queries.names([one.id, two.id, 10**9]) == {one.id: "Demo A", two.id: "Demo B"}
