"""A team's own working calendar: chosen on its page, used by its clocks."""

import pytest
from django.urls import reverse

from shouwen.kernel.errors import Forbidden, Invalid
from shouwen.people import queries as people
from shouwen.people.testing import a_person, a_team, as_actor
from shouwen.platform.access import SYSTEM
from shouwen.promises import services
from shouwen.promises.testing import AT, a_calendar, a_standard, forget, office_hours, round_the_clock

pytestmark = pytest.mark.django_db
ABOUT = {"case_kind": "repair", "tier": "C", "channel": "email", "at": AT}


@pytest.fixture(autouse=True)
def _known():
    forget()
    yield
    forget()


@pytest.fixture
def day():
    return a_calendar("Day", office_hours(), default=True)


@pytest.fixture
def night():
    return a_calendar("Night", round_the_clock())


def calendars_of(clocks):
    return {clock.calendar_id for clock in clocks}


def test_a_teams_clocks_count_by_its_calendar_and_others_by_the_default_one(day, night):
    a_standard(first_reply_seconds=600, solution_seconds=12 * 3600)
    team, other = a_team(), a_team()
    services.set_team_calendar(team_id=team.pk, calendar_id=night.pk, at=AT, by=SYSTEM)
    assert calendars_of(services.plan_clocks(**ABOUT, team_id=team.pk)) == {night.pk}
    assert calendars_of(services.plan_clocks(**ABOUT, team_id=other.pk)) == {day.pk}
    assert calendars_of(services.plan_clocks(**ABOUT)) == {day.pk}
    twelve_hours = services.plan_clocks(**ABOUT, team_id=team.pk)[-1].due_at - AT
    assert twelve_hours.total_seconds() == 12 * 3600
    services.set_team_calendar(team_id=team.pk, calendar_id=None, at=AT, by=SYSTEM)
    assert calendars_of(services.plan_clocks(**ABOUT, team_id=team.pk)) == {day.pk}


def test_a_standards_own_calendar_counts_before_the_teams(day, night):
    a_standard(first_reply_seconds=600, calendar_id=day.pk)
    team = a_team()
    services.set_team_calendar(team_id=team.pk, calendar_id=night.pk, at=AT, by=SYSTEM)
    assert calendars_of(services.plan_clocks(**ABOUT, team_id=team.pk)) == {day.pk}


def test_a_next_reply_counts_by_the_teams_calendar_too(day, night):
    a_standard(first_reply_seconds=600, next_reply_seconds=600)
    team = a_team()
    services.set_team_calendar(team_id=team.pk, calendar_id=night.pk, at=AT, by=SYSTEM)
    made = services.start_next_reply(subject=("case", 7), **ABOUT, team_id=team.pk)
    assert made.calendar_id == night.pk


def test_only_who_keeps_teams_chooses_and_only_a_calendar_there_is(day):
    team = a_team()
    with pytest.raises(Forbidden):
        services.set_team_calendar(team_id=team.pk, calendar_id=day.pk, at=AT, by=as_actor(a_person("agent")))
    with pytest.raises(Invalid) as refused:
        services.set_team_calendar(team_id=team.pk, calendar_id=day.pk + 99, at=AT, by=SYSTEM)
    assert refused.value.field == "calendar"


def test_the_calendar_is_chosen_from_the_teams_page(client, day, night):
    team, boss = a_team("Night shift"), a_person("chief")
    client.force_login(boss.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    at = reverse("promises:team-calendar", args=[team.pk])
    assert at in client.get(reverse("people:team", args=[team.pk])).content.decode()
    assert client.get(at).status_code == 200
    assert client.post(at, {"calendar": "x"}).status_code == 422
    assert client.post(at, {"calendar": str(night.pk)}).status_code == 302
    assert people.team(team.pk).calendar_id == night.pk
    assert "Night" in client.get(reverse("people:team", args=[team.pk])).content.decode()
    agent = a_person("agent")
    client.force_login(agent.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(at, {"calendar": ""}).status_code == 403
