"""The whole way of a visit: a number, the screen, the counter, the case; and who owns it."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from shouwen.cases.models import Case
from shouwen.cases.testing import everything_happens, furnished
from shouwen.channels.models import Message
from shouwen.channels.models.counter import Counter, Hall, Matter, Visit
from shouwen.channels.services import forget_visitors
from shouwen.channels.vendors.desk import queries, services
from shouwen.channels.vendors.desk.testing import a_hall
from shouwen.customers.testing import a_customer
from shouwen.kernel.errors import Refused
from shouwen.people.models import Staff
from shouwen.people.testing import a_person, a_skill, a_team, as_actor
from shouwen.platform.access import Actor, now
from shouwen.platform.accounts.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def seated(number: int, *roles: str, name: str = "", **values: Any) -> Actor:
    """Somebody who sits at counter `number`, on duty."""
    actor = as_actor(a_person(*(roles or ("desk",)), name=name, presence="on_duty", **values))
    counter = Counter.objects.get(name=f"{number}号柜台")
    services.sit_down(counter_id=counter.pk, at=AT, by=actor)
    return actor


def take(hall: Hall, at: datetime = AT, **values: Any) -> Visit:
    matter = values.pop("matter", None) or Matter.objects.first()
    return services.take_number(hall=hall, matter_id=matter.pk, at=at, **values)


@pytest.fixture
def hall(db: None) -> Hall:
    furnished(AT)
    return a_hall(team_id=a_team("Hall").pk)


@pytest.fixture
def chu(hall: Hall) -> Staff:
    return a_person("desk", name="褚兰", presence="on_duty")


@pytest.fixture
def at_counter(client: Client, chu: Staff) -> Client:
    client.force_login(User.objects.get(pk=chu.pk), backend=BACKEND)
    client.post("/counter/place/", {"counter": Counter.objects.get(name="1号柜台").pk})
    return client


def test_from_the_number_to_the_case_of_who_served_first(at_counter: Client, hall: Hall, chu: Staff) -> None:
    visitor = Client()
    taken = visitor.post(f"/hall/{hall.key}/", {"matter": Matter.objects.get().pk, "phone": "13800000000"})
    visit = Visit.objects.get()
    assert taken["Location"].startswith(f"/ticket/{visit.token}/")
    ticket = visitor.get(taken["Location"]).content.decode()
    assert "A001" in ticket
    assert "下一位就是您" in ticket
    assert "无法估计" not in ticket

    code = visitor.get(f"/ticket/{visit.token}/code.svg")
    assert (code["Content-Type"], b"<path" in code.content) == ("image/svg+xml", True)

    assert at_counter.post("/counter/next/").status_code == 302
    assert "1号柜台" in visitor.get(f"/hall/{hall.key}/screen/").content.decode()
    assert "请到 1号柜台" in visitor.get(f"/ticket/{visit.token}/").content.decode()
    at_counter.post(f"/counter/{visit.pk}/service/")

    page = at_counter.get(f"/register/?channel=desk&visit={visit.pk}").content.decode()
    assert "13800000000" in page
    assert "A001" in page
    given = {
        "channel": "desk",
        "visit": visit.pk,
        "said": "装载机要年检",
        "name": "王芳",
        "phone": "13800000000",
    }
    assert at_counter.post("/register/", given).status_code == 302
    case = Case.objects.get()
    visit.refresh_from_db()
    assert (case.owner_id, case.channel, visit.subject) == (chu.pk, "desk", case.subject)
    assert Message.objects.get().meta["visit"]["number"] == "A001"

    assert at_counter.post(f"/counter/{visit.pk}/end/").status_code == 302
    visit.refresh_from_db()
    assert visit.state == "done"
    everything_happens(now() + timedelta(minutes=1))
    assert "A001" in at_counter.get(f"/cases/{case.reference}/").content.decode()
    assert case.reference in at_counter.get("/search/?q=年检").content.decode()


def test_the_counter_shows_whose_number_the_visitor_gave(at_counter: Client, hall: Hall) -> None:
    a_customer("王芳", phone="13800000000")
    for phone in ("138 0000 0000", "13911112222", ""):
        take(hall, now(), phone=phone)
    page = at_counter.get("/counter/").content.decode()
    assert page.count("王芳") == 1
    at_counter.post("/counter/next/")
    assert "王芳" in at_counter.get("/counter/").content.decode()
    at_counter.post(f"/counter/{Visit.objects.get(number=1).pk}/absence/")
    at_counter.post("/counter/next/")
    assert "此号码尚无客户资料" in at_counter.get("/counter/").content.decode()
    at_counter.post(f"/counter/{Visit.objects.get(number=2).pk}/absence/")
    at_counter.post("/counter/next/")
    assert "来访者未留手机号" in at_counter.get("/counter/").content.decode()
    assert "王芳" in at_counter.get("/counter/visits/").content.decode()


def test_what_was_quickly_done_becomes_a_case_by_a_word(at_counter: Client, hall: Hall, chu: Staff) -> None:
    visit = take(hall, now())
    at_counter.post("/counter/next/")
    at_counter.post(f"/counter/{visit.pk}/service/")
    assert at_counter.post(f"/counter/{visit.pk}/end/", {"said": ""}).status_code == 422
    at_counter.post(f"/counter/{visit.pk}/end/", {"said": "问营业时间，已答复"})
    case = Case.objects.get()
    assert (case.owner_id, case.first_asked_id, case.channel) == (chu.pk, chu.pk, "desk")
    visit.refresh_from_db()
    assert (visit.state, visit.subject) == ("done", case.subject)


def test_numbers_begin_anew_on_each_day_of_the_halls_zone(hall: Hall) -> None:
    evening = datetime(2026, 3, 2, 15, 59, tzinfo=UTC)  # 23:59 in Shanghai
    numbers = [take(hall, at).label for at in (evening, evening, evening + timedelta(minutes=2))]
    assert numbers == ["A001", "A002", "A001"]


def test_yesterdays_visitors_are_not_called_today(hall: Hall) -> None:
    take(hall, AT - timedelta(days=1))
    with pytest.raises(Refused):
        services.call_next(at=AT, by=seated(1))


def test_a_matter_with_a_skill_is_called_by_who_has_it(hall: Hall) -> None:
    a_skill("invoice")
    invoices = Matter.objects.create(hall=hall, letter="B", name="发票", skill="invoice")
    visit = take(hall, matter=invoices)
    with pytest.raises(Refused):
        services.call_next(at=AT, by=seated(1))
    clerk = seated(2, skills={"invoice": 3})
    assert services.call_next(at=AT, by=clerk).pk == visit.pk


def test_a_busy_agents_visitor_is_offered_the_next_free_one(hall: Hall) -> None:
    anna, ben = seated(1, name="Anna"), seated(2, name="Ben")
    for_anna, other = take(hall), take(hall)
    services.call_next(at=AT, by=ben)
    services.pass_on(
        visit_id=for_anna.pk, matter_id=None, staff_id=anna.user_id, note="续谈合同", at=AT, by=ben
    )
    services.call_next(at=AT, by=ben)  # Anna is free, so her visitor is hers
    assert Visit.objects.get(pk=other.pk).staff_id == ben.user_id
    services.did_not_come(visit_id=other.pk, at=AT, by=ben)
    late = take(hall)
    services.call_next(at=AT, by=anna)
    services.give_back(visit_id=for_anna.pk, at=AT, by=anna)
    assert services.call_next(at=AT, by=ben).pk == for_anna.pk
    assert Visit.objects.get(pk=late.pk).state == "waiting"


def test_the_visitor_of_somebody_who_serves_is_offered_to_others(hall: Hall) -> None:
    anna, ben = seated(1, name="Anna"), seated(2, name="Ben")
    first, second = take(hall), take(hall)
    services.call_next(at=AT, by=ben)
    services.pass_on(visit_id=first.pk, matter_id=None, staff_id=anna.user_id, note="合同", at=AT, by=ben)
    Visit.objects.filter(pk=second.pk).update(
        queued_at=AT - timedelta(minutes=1), wanted_staff_id=anna.user_id
    )
    services.call_next(at=AT, by=anna)
    assert services.call_next(at=AT, by=ben).pk == first.pk


def test_who_serves_second_does_not_become_the_owner(hall: Hall) -> None:
    anna, ben = seated(1), seated(2)
    visit = take(hall)
    services.call_next(at=AT, by=anna)
    services.begin(visit_id=visit.pk, at=AT, by=anna)
    services.give_back(visit_id=visit.pk, at=AT, by=anna)
    services.call_next(at=AT, by=ben)
    services.begin(visit_id=visit.pk, at=AT, by=ben)
    services.take_down(visit_id=visit.pk, said="换证", at=AT, by=ben)
    assert Case.objects.get().owner_id == anna.user_id


def test_the_estimate_comes_from_measured_times_and_says_when_it_knows_nothing(hall: Hall) -> None:
    anna = seated(1)
    assert queries.waits(hall, AT)[Matter.objects.get().pk].minutes is None
    for _n in range(5):
        visit = take(hall)
        services.call_next(at=AT, by=anna)
        services.begin(visit_id=visit.pk, at=AT, by=anna)
        services.take_down(visit_id=visit.pk, said="问询", at=AT, by=anna)
        services.finish(visit_id=visit.pk, at=AT + timedelta(minutes=10), by=anna)
    take(hall)
    wait = queries.waits(hall, AT + timedelta(minutes=11))[Matter.objects.get().pk]
    assert (wait.ahead, wait.minutes) == (1, 10)


def test_a_number_that_did_not_come_is_over(hall: Hall) -> None:
    anna, visit = seated(1), take(hall)
    services.call_next(at=AT, by=anna)
    services.call_again(visit_id=visit.pk, at=AT, by=anna)
    assert services.did_not_come(visit_id=visit.pk, at=AT, by=anna).state == "no_show"
    with pytest.raises(Refused):
        services.call_next(at=AT, by=anna)


def test_a_visitors_number_is_forgotten_after_two_days(hall: Hall) -> None:
    visit = take(hall, phone="13800000000")
    assert forget_visitors(at=AT + timedelta(days=1)) == 0
    assert forget_visitors(at=AT + timedelta(days=3)) == 1
    visit.refresh_from_db()
    assert visit.phone == ""


def test_a_colleagues_number_is_not_mine(at_counter: Client, hall: Hall) -> None:
    visit = take(hall, now())
    services.call_next(at=now(), by=seated(2))
    assert at_counter.post(f"/counter/{visit.pk}/service/").status_code == 403


@pytest.mark.parametrize(
    "given", [{}, {"matter": "999"}, {"matter": "x"}, {"matter": "1", "phone": "汉字"}, {"phone": "1" * 60}]
)
def test_a_wrong_choice_on_the_tablet_gives_the_page_again(client: Client, hall: Hall, given: Any) -> None:
    assert client.post(f"/hall/{hall.key}/", given).status_code == 422
    assert not Visit.objects.exists()


def test_a_hall_is_found_by_its_key_alone(client: Client, hall: Hall) -> None:
    assert client.get(f"/hall/{hall.pk}/").status_code == 404
    Hall.objects.update(active=False)
    assert client.get(f"/hall/{hall.key}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_one_number_is_called_by_exactly_one_agent() -> None:
    furnished(AT)
    hall = a_hall()
    agents = [seated(number) for number in (1, 2, 3)]
    numbers = [take(hall).pk for _n in range(2)]
    called: list[int] = []
    refused: list[str] = []
    gate = threading.Barrier(3)

    def press(by: Actor) -> None:
        gate.wait()
        try:
            called.append(services.call_next(at=AT, by=by).pk)
        except Refused as fault:
            refused.append(str(fault))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=(agent,)) for agent in agents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(called) == sorted(numbers)
    assert len(refused) == 1
