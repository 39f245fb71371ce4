"""An incident promises one moment to many: its warnings are one notice, and a single promise's reads as ever."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.cases.models import Notice
from shouwen.cases.queries import noticing
from shouwen.cases.services import warning
from shouwen.cases.testing import AT, a_case, everything_happens, furnished
from shouwen.people.testing import a_person, a_team
from shouwen.platform.access import SYSTEM
from shouwen.platform.web.environment import local_time
from shouwen.promises import services as promising
from shouwen.promises.events import PromiseWarned

pytestmark = pytest.mark.django_db
DUE = AT + timedelta(minutes=100)
HALF, MOST = AT + timedelta(minutes=50), AT + timedelta(minutes=80)


@pytest.fixture(autouse=True)
def _installation():
    furnished()


@pytest.fixture
def team():
    return a_team()


@pytest.fixture
def wang(team):
    return a_person("agent", name="王芳", teams=(team,))


def promised(owner, team, *, due=DUE, case=None, deliver_by=None):
    case = case or a_case(owner=owner, team_id=team.pk)
    return promising.make(
        subject=case.subject,
        customer_id=case.customer_id,
        text="预计18点恢复供电",
        due_at=due,
        deliver_by=deliver_by or owner.pk,
        team_id=team.pk,
        at=AT,
        by=SYSTEM,
    )


def ticked(at):
    promising.tick(at=at)
    everything_happens(at)


def told(person):
    return list(Notice.objects.filter(user_id=person.pk, kind__startswith="promise").order_by("pk"))


def fact(promise, share=50):
    return PromiseWarned(
        promise_id=promise.pk,
        share=share,
        text=promise.text,
        due_at=promise.due_at.isoformat(),
        deliver_by=promise.deliver_by,
        subject_kind=promise.subject_kind,
        subject_id=promise.subject_id,
    )


def test_twelve_promises_for_one_moment_are_one_notice_at_each_level(wang, team):
    ids = {promised(wang, team).pk for _number in range(12)}
    ticked(HALF)
    (half,) = told(wang)
    assert (half.kind, half.case_id, half.params["number"], half.params["share"]) == (
        "promises_warned",
        None,
        12,
        50,
    )
    assert set(half.params["promises"]) == ids
    assert noticing.shown(half).sentence == f"12 项承诺的时间已过 50%，均于 {local_time(DUE)} 到期"
    ticked(MOST)
    assert [(each.params["share"], each.params["number"]) for each in told(wang)] == [(50, 12), (80, 12)]


def test_the_notice_leads_to_the_ledger_of_exactly_these(wang, team):
    gathered = [promised(wang, team) for _number in range(3)]
    other = promised(wang, team, due=DUE + timedelta(minutes=1))
    ticked(HALF)
    client = Client(headers={"accept-language": "zh"})
    client.force_login(wang.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = unescape(client.get(reverse("cases:notices")).content.decode())
    (to,) = re.findall(rf'name="next" value="({reverse("promises:ledger")}[^"]*)"', page)
    read = client.post(reverse("cases:notices-read"), {"notice": told(wang)[0].pk, "next": to})
    assert read["Location"] == to
    ledger = client.get(to).content.decode()
    shown = [each.pk for each in (*gathered, other) if reverse("promises:one", args=[each.pk]) in ledger]
    assert shown == [each.pk for each in gathered]
    assert "2026-03-02 11:40 到期" in ledger
    assert client.get(reverse("promises:ledger"), {"due": "soon"}).status_code == 422


def test_each_owner_has_a_notice_of_their_own_and_a_single_promise_leads_to_its_case(wang, team):
    jiang = a_person("agent", teams=(team,))
    for _number in range(3):
        promised(wang, team)
    alone = promised(jiang, team)
    ticked(HALF)
    assert [each.params["number"] for each in told(wang)] == [3]
    (one,) = told(jiang)
    assert (one.kind, ("case", one.case_id)) == ("promise_warned", alone.subject)
    assert noticing.shown(one).sentence == f"承诺时间已过 50%：“预计18点恢复供电”，{local_time(DUE)} 到期"


def test_another_moment_is_another_notice(wang, team):
    promised(wang, team), promised(wang, team, due=DUE + timedelta(minutes=1))
    ticked(HALF + timedelta(minutes=1))
    assert [each.kind for each in told(wang)] == ["promise_warned", "promise_warned"]


def test_two_promises_in_one_case_lead_to_that_case(wang, team):
    case = a_case(owner=wang, team_id=team.pk)
    for _number in range(2):
        promised(wang, team, case=case)
    ticked(HALF)
    (one,) = told(wang)
    assert (one.kind, one.case_id, one.params["number"]) == ("promises_warned", case.pk, 2)


def test_what_comes_later_joins_and_is_unread_again_and_a_replay_changes_nothing(wang, team):
    first, second = promised(wang, team), promised(wang, team)
    warning.warn_of_promise(fact(first), HALF)
    Notice.objects.update(read_at=HALF)
    warning.warn_of_promise(fact(first), HALF)
    assert [(each.kind, each.read_at) for each in told(wang)] == [("promise_warned", HALF)]
    for _time in range(2):
        warning.warn_of_promise(fact(second), HALF)
        (one,) = told(wang)
        assert (one.kind, one.case_id, one.params["number"], one.read_at) == (
            "promises_warned",
            None,
            2,
            None,
        )


def test_the_owner_of_the_case_hears_of_what_another_must_deliver(wang, team):
    jiang = a_person("agent", teams=(team,))
    for _number in range(2):
        promised(wang, team, deliver_by=jiang.pk)
    ticked(HALF)
    assert [each.params["whose"] for each in told(wang)] == ["team"]
    assert [each.params["whose"] for each in told(jiang)] == ["mine"]


def test_a_single_warning_asks_no_more_than_its_case_and_writes_once(wang, team, django_assert_num_queries):
    promise = promised(wang, team)
    with django_assert_num_queries(2):
        warning.warn_of_promise(fact(promise), HALF)
    assert len(told(wang)) == 1
