"""Help for a colleague in a hard contact: asked on the case, one joins, and the limit that one has set oneself."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from shouwen.cases import services
from shouwen.cases.models import Case, Notice, Watch
from shouwen.cases.testing import AT, a_case, everything_happens, furnished
from shouwen.kernel.errors import Forbidden, Invalid, NotFound, Refused
from shouwen.people import services as people
from shouwen.people.models import Staff, Team
from shouwen.people.testing import a_person, a_team, as_actor
from shouwen.platform.access import SYSTEM
from shouwen.platform.apikit.services import create_token
from shouwen.platform.ledger.queries import timeline

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _furnished() -> None:
    furnished()


@pytest.fixture
def team() -> Team:
    return a_team()


def an_agent(team: Team, name: str, role: str = "agent") -> Staff:
    return a_person(role, name=name, teams=(team,), presence="on_duty")


def told(person: Staff, kind: str) -> int:
    return Notice.objects.filter(user_id=person.id, kind=kind).count()


def asked(case: Case, by: Staff) -> int:
    made = services.ask_for_help(case_id=case.pk, words="客户要到公司来", at=AT, by=as_actor(by))
    everything_happens(AT)
    return made


def test_colleagues_and_supervisors_are_told_and_the_first_joins_while_the_owner_stays(team: Team) -> None:
    wang, li, boss = an_agent(team, "王芳"), an_agent(team, "李娜"), an_agent(team, "蒋薇", "supervisor")
    away = a_person("agent", teams=(team,), presence="offline")
    case = a_case(owner=wang, team_id=team.pk)
    asked(case, wang)
    assert [told(one, "help_asked") for one in (wang, li, boss, away)] == [0, 1, 1, 0]
    services.join_in(case_id=case.pk, at=AT + MINUTE, by=as_actor(li))
    everything_happens(AT + MINUTE)
    case.refresh_from_db()
    assert (case.owner_id, case.handoff_count, case.escalation_level) == (wang.id, 0, 0)
    assert told(wang, "help_given") == 1
    assert Watch.objects.filter(case=case, staff_id=li.id).exists()
    assert "help" not in case.fields
    assert {"people.help_asked", "people.help_given"} <= {row.name for row in timeline(case.subject)}
    with pytest.raises(Refused):
        services.join_in(case_id=case.pk, at=AT + 2 * MINUTE, by=as_actor(boss))


def test_nobody_joins_oneself_and_a_call_about_another_case_waits_its_turn(team: Team) -> None:
    wang = an_agent(team, "王芳")
    case, other = a_case(owner=wang), a_case(owner=wang)
    first = asked(case, wang)
    assert services.ask_for_help(case_id=case.pk, words="再来", at=AT, by=as_actor(wang)) == first
    with pytest.raises(Refused):
        services.join_in(case_id=case.pk, at=AT, by=as_actor(wang))
    with pytest.raises(Refused):
        services.ask_for_help(case_id=other.pk, words="那个也要", at=AT, by=as_actor(wang))
    with pytest.raises(Invalid) as fault:
        services.ask_for_help(case_id=case.pk, words=" ", at=AT, by=as_actor(wang))
    assert fault.value.field == "words"


def test_a_call_taken_back_is_gone_from_the_case(team: Team) -> None:
    wang, li = an_agent(team, "王芳"), an_agent(team, "李娜")
    case = a_case(owner=wang)
    asked(case, wang)
    with pytest.raises(Forbidden):
        people.withdraw_help(staff_id=wang.id, at=AT, by=as_actor(li))
    people.withdraw_help(staff_id=wang.id, at=AT, by=as_actor(wang))
    everything_happens(AT)
    case.refresh_from_db()
    assert "help" not in case.fields
    with pytest.raises(Refused):
        services.join_in(case_id=case.pk, at=AT, by=as_actor(li))
    with pytest.raises(Refused):
        people.withdraw_help(staff_id=wang.id, at=AT, by=as_actor(wang))


def test_help_without_a_case_reaches_the_team_mates_on_duty(team: Team) -> None:
    wang, li = an_agent(team, "王芳"), an_agent(team, "李娜")
    people.ask_for_help(staff_id=wang.id, words="喘口气", at=AT, by=as_actor(wang))
    everything_happens(AT)
    notice = Notice.objects.get(user_id=li.id, kind="help_asked")
    assert notice.params == {"name": "王芳", "reason": "喘口气", "to": f"/people/{wang.id}/"}
    people.give_help(staff_id=wang.id, at=AT, by=as_actor(li))
    everything_happens(AT)
    assert told(wang, "help_given") == 1


def test_who_may_not_see_a_restricted_case_can_neither_ask_nor_join(team: Team) -> None:
    wang, stranger = an_agent(team, "王芳"), a_person("agent", teams=(a_team(),))
    case = a_case(owner=wang, team_id=team.pk)
    Case.objects.filter(pk=case.pk).update(restricted=True)
    for act in (services.ask_for_help, services.join_in):
        words = {"words": "x"} if act is services.ask_for_help else {}
        with pytest.raises(NotFound):
            act(case_id=case.pk, at=AT, by=as_actor(stranger), **words)


def test_the_number_of_hard_contacts_one_has_set_is_told_once_a_day(team: Team) -> None:
    wang, boss = an_agent(team, "王芳"), an_agent(team, "蒋薇", "supervisor")
    people.set_limits(staff_id=wang.id, limits="", hard_limit=2, at=AT, by=as_actor(wang))
    for minutes in range(3):
        case = a_case(text="你们这群骗子，垃圾公司！！太气人了", owner=wang, at=AT + minutes * MINUTE)
        everything_happens(AT + minutes * MINUTE)
        for text in ("非常抱歉，马上核实。", "已经在查，请稍候。"):
            services.reply(case_id=case.pk, text=text, at=AT + minutes * MINUTE, by=as_actor(wang))
        everything_happens(AT + minutes * MINUTE)
        assert told(wang, "limit_reached") == (1 if minutes else 0), "two answers in one case are one contact"
    assert told(boss, "limit_seen") == 1
    assert Notice.objects.get(user_id=boss.id, kind="limit_seen").params["number"] == 2


def test_an_angry_customer_is_offered_to_another_then_and_a_calm_one_to_both(team: Team) -> None:
    wang = an_agent(team, "王芳")
    people.set_limits(staff_id=wang.id, limits="", hard_limit=1, at=AT, by=as_actor(wang))
    angry = "你们这群骗子，垃圾公司！！太气人了"

    def offered(text: str, at: datetime = AT + MINUTE) -> set[str]:
        case = a_case(text=text, team_id=team.pk, at=at)
        everything_happens(at)
        return set(case.offers.values_list("staff__name", flat=True))

    hard = a_case(text=angry, owner=wang)
    everything_happens(AT)
    services.reply(case_id=hard.pk, text="非常抱歉，马上核实。", at=AT, by=as_actor(wang))
    everything_happens(AT)
    assert told(wang, "limit_reached") == 1
    assert offered(angry) == {"王芳"}, "nobody else is there"
    an_agent(team, "李娜")
    assert offered(angry) == {"李娜"}
    assert offered("请问保养多少钱？") == {"王芳", "李娜"}
    assert offered(angry, AT + timedelta(days=1)) == {"王芳", "李娜"}, "a new day"


@pytest.mark.parametrize("number", [0, 21])
def test_a_limit_out_of_reason_is_refused(team: Team, number: int) -> None:
    wang = an_agent(team, "王芳")
    with pytest.raises(Invalid) as fault:
        people.set_limits(staff_id=wang.id, limits="", hard_limit=number, at=AT, by=as_actor(wang))
    assert fault.value.field == "hard_limit"


def test_the_pages_ask_join_and_take_back(team: Team) -> None:
    wang, li, boss = an_agent(team, "王芳"), an_agent(team, "李娜"), an_agent(team, "蒋薇", "supervisor")
    case = a_case(owner=wang, team_id=team.pk)
    mine, theirs, above = Client(), Client(), Client()
    for client, person in ((mine, wang), (theirs, li), (above, boss)):
        client.force_login(person.user)
    form = mine.get(f"/cases/{case.reference}/help/").text
    assert "请人一起处理" in form
    assert "请人接手" in form
    assert mine.post(f"/cases/{case.reference}/help/", {"words": ""}).status_code == 422
    assert (
        mine.post(f"/cases/{case.reference}/help/", {"words": "要来公司", "wish": "join"}).status_code == 302
    )
    assert "不需要了" in mine.get(f"/cases/{case.reference}/").text
    shown = theirs.get(f"/cases/{case.reference}/").text
    assert "要来公司" in shown
    assert f"/cases/{case.reference}/help/joining/" in shown
    assert case.reference in above.get("/supervisor/").text
    assert theirs.post(f"/cases/{case.reference}/help/joining/").status_code == 302
    assert "help/joining/" not in theirs.get(f"/cases/{case.reference}/").text
    assert mine.post("/me/help/", {"words": "再来"}).status_code == 302
    assert mine.post("/me/help/withdrawal/").status_code == 302


def test_programs_ask_and_join(team: Team) -> None:
    wang, li = an_agent(team, "王芳"), an_agent(team, "李娜")
    case = a_case(owner=wang, team_id=team.pk)

    def call(who: Staff, path: str, body: dict[str, object]) -> int:
        scopes = ("cases:write", "people:write")
        _token, secret = create_token(username=who.user.username, scopes=scopes, at=AT, by=SYSTEM)
        sent = Client().post(
            f"/api/v1{path}",
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
        )
        return int(sent.status_code)

    assert call(wang, f"/cases/{case.reference}/help", {}) == 422
    assert call(wang, f"/cases/{case.reference}/help", {"words": "要来公司"}) == 201
    assert call(li, f"/cases/{case.reference}/help/joining", {}) == 200
    assert call(li, f"/cases/{case.reference}/help/joining", {}) == 409
    assert call(wang, f"/people/{wang.id}/help", {"words": "x"}) == 201
    assert call(li, f"/people/{wang.id}/help/withdrawal", {}) == 403
    assert call(li, f"/people/{wang.id}/help/answer", {}) == 200
