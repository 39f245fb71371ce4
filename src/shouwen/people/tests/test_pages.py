import pytest
from django.urls import reverse

from shouwen.people import queries, services
from shouwen.people.models import Department, Provider, Skill, Staff, Team
from shouwen.people.testing import AT, a_department, a_person, a_provider, a_skill, a_team
from shouwen.platform.access import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client):
    def sign_in(*roles, **values):
        staff = a_person(*roles, **values)
        client.force_login(staff.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return staff

    return sign_in


def text_of(response):
    return response.content.decode()


PAGES = ["list", "hiring", "teams", "new-team", "new-department", "new-skill", "providers", "new-provider"]


@pytest.mark.parametrize("name", [*PAGES, "roles", "me"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens_for_an_administrator(client, signed_in, name, language):
    me = signed_in("administrator")
    me.user.language = language
    me.user.save()
    team, skill = a_team(), a_skill("cranes")
    a_person(name="Demo Li", teams=(team,), skills={skill.code: 3}, provider=a_provider())
    response = client.get(reverse(f"people:{name}"))
    assert response.status_code == 200
    assert "<h1" in text_of(response)


@pytest.mark.parametrize("name", [*PAGES, "roles", "me"])
def test_a_stranger_is_sent_to_sign_in(client, name):
    response = client.get(reverse(f"people:{name}"))
    assert response.status_code == 302
    assert "login" in response["Location"]


@pytest.mark.parametrize("name", ["hiring", "new-team", "new-department", "new-skill", "new-provider"])
def test_an_agent_is_kept_out_of_what_managers_do(client, signed_in, name):
    signed_in("agent")
    assert client.get(reverse(f"people:{name}")).status_code == 403


def test_the_list_shows_presence_teams_and_skills_in_few_queries(
    client, signed_in, django_assert_max_num_queries
):
    signed_in("agent")
    team, skill = a_team("First line"), a_skill("cranes", "Cranes")
    for number in range(15):
        a_person(name=f"Demo {number}", teams=(team,), skills={skill.code: 4}, presence="busy")
    with django_assert_max_num_queries(18):
        html = text_of(client.get(reverse("people:list")))
    assert html.count("First line") >= 15
    assert "Demo 14" in html


def test_the_list_is_filtered(client, signed_in):
    signed_in("agent", name="Demo Me")
    a_person(name="Demo Busy", presence="busy")
    html = text_of(client.get(reverse("people:list"), {"presence": "busy"}))
    assert "Demo Busy" in html
    assert client.get(reverse("people:list"), {"presence": "asleep"}).status_code == 422


def test_a_person_is_hired_by_form_and_wrong_input_keeps_what_was_typed(client, signed_in):
    signed_in("administrator")
    team = a_team()
    form = {
        "name": "Demo New",
        "username": "new",
        "password": "a-long-enough-secret",
        "capacity": "10",
        "roles": ["desk"],
        "teams": [team.pk],
        "languages": ["zh-hans", "en"],
    }
    wrong = client.post(reverse("people:hiring"), {**form, "capacity": "many"})
    assert wrong.status_code == 422
    assert "Demo New" in text_of(wrong)
    assert client.post(reverse("people:hiring"), form).status_code == 302
    staff = Staff.objects.get(name="Demo New")
    assert (queries.roles_of(staff.id), queries.team_ids_of(staff.id)) == (["desk"], [team.pk])


def test_a_profile_with_teams_is_changed_by_form(client, signed_in):
    signed_in("chief")
    staff, team, department = a_person(), a_team(), a_department()
    form = {
        "name": "Demo Renamed",
        "title": "Engineer",
        "department": department.pk,
        "teams": [team.pk],
        "languages": ["en"],
        "capacity": "5",
        "authority_level": "2",
    }
    assert client.post(reverse("people:profile", args=[staff.id]), form).status_code == 302
    now = queries.staff(staff.id)
    assert (now.name, now.department, now.capacity) == ("Demo Renamed", department, 5)
    assert queries.team_ids_of(staff.id) == [team.pk]


@pytest.mark.parametrize("name", ["person", "profile", "skills", "person-roles"])
def test_pages_of_one_person_open(client, signed_in, name):
    signed_in("administrator")
    a_skill("cranes")
    staff = a_person(skills={"cranes": 2})
    services.ask_for_help(staff_id=staff.id, words="Third one", at=AT, by=SYSTEM)
    assert client.get(reverse(f"people:{name}", args=[staff.id])).status_code == 200


def test_roles_and_skills_are_set_by_form(client, signed_in):
    signed_in("administrator")
    a_skill("cranes")
    staff = a_person()
    client.post(reverse("people:person-roles", args=[staff.id]), {"roles": ["desk", "reviewer"]})
    client.post(reverse("people:skills", args=[staff.id]), {"skill_cranes": "5"})
    assert queries.roles_of(staff.id) == ["desk", "reviewer"]
    assert queries.with_skill("cranes", at_least=5) == [staff.id]


def test_my_presence_changes_from_the_frames_menu_and_returns_to_the_page(client, signed_in):
    me = signed_in("agent")
    response = client.post(reverse("people:presence"), {"state": "on_duty", "next": "/people/"})
    assert (response.status_code, response["Location"]) == (302, "/people/")
    assert queries.staff(me.id).presence == "on_duty"
    assert client.post(reverse("people:presence"), {"state": "asleep"}).status_code == 422


def test_my_own_settings_are_kept(client, signed_in):
    me = signed_in("agent")
    form = {"name": "Demo Self", "language": "en", "zone": "Europe/Berlin", "theme": "dark"}
    assert client.post(reverse("people:me"), form).status_code == 302
    client.post(reverse("people:limits"), {"limits": "No third shouter in a row"})
    client.post(reverse("people:help"), {"words": "Please"})
    now = queries.staff(me.id)
    assert (now.name, now.limits, queries.open_call_of(me.id).words) == (
        "Demo Self",
        "No third shouter in a row",
        "Please",
    )
    wrong = client.post(reverse("people:me"), {**form, "zone": "Mars/Olympus"})
    assert wrong.status_code == 422


def test_a_colleague_steps_in(client, signed_in):
    helper = signed_in("agent")
    asker = a_person()
    services.ask_for_help(staff_id=asker.id, words="", at=AT, by=SYSTEM)
    client.post(reverse("people:help-given", args=[asker.id]))
    assert asker.help_calls.get().helper_id == helper.id


def test_teams_departments_skills_and_providers_are_kept_by_form(client, signed_in):
    me = signed_in("administrator")
    client.post(reverse("people:new-department"), {"name": "Service"})
    department = Department.objects.get()
    client.post(reverse("people:new-team"), {"name": "First line", "department": department.pk})
    team = Team.objects.get()
    client.post(
        reverse("people:team", args=[team.pk]),
        {"name": "First line", "active": "1", "members": [me.id], "leads": [me.id]},
    )
    client.post(reverse("people:new-skill"), {"name": "Cranes", "code": "cranes"})
    client.post(reverse("people:new-provider"), {"name": "Fixers", "sort": "independent"})
    assert queries.leads_of(team.pk) == [me]
    assert (Skill.objects.count(), Provider.objects.get().sort) == (1, "independent")
    taken = client.post(reverse("people:new-team"), {"name": "First line"})
    assert taken.status_code == 422


def test_who_leaves_and_comes_back_by_button(client, signed_in):
    signed_in("chief")
    staff = a_person()
    client.post(reverse("people:leaving", args=[staff.id]))
    assert not queries.staff(staff.id).active
    client.post(reverse("people:coming-back", args=[staff.id]))
    assert queries.staff(staff.id).active


def test_a_provider_sees_no_link_to_the_list_that_is_closed_to_them(client, signed_in):
    me = signed_in("provider", provider=a_provider())
    assert client.get(reverse("people:list")).status_code == 403
    page = client.get(reverse("people:person", args=[me.id]))
    assert page.status_code == 200
    assert f'href="{reverse("people:list")}"' not in text_of(page)
