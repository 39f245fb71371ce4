"""A chat is a case like any other: offered by skill and load, taken, answered at once, handed over only properly."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shouwen.cases import services
from shouwen.cases.models import Case, Offer
from shouwen.cases.testing import AT, everything_happens, furnished
from shouwen.channels.models import Chat, Message
from shouwen.channels.vendors.chat import queries as chats
from shouwen.channels.vendors.chat import services as chat_services
from shouwen.channels.vendors.chat.testing import Browser, make_chat, staffed_chat
from shouwen.people import services as people
from shouwen.people.models import Staff
from shouwen.people.testing import a_person, a_skill, a_team, as_actor
from shouwen.platform.access import SYSTEM, now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _furnished() -> None:
    furnished()


def chatting(account: Any, text: str = "挖掘机铲斗开裂") -> Browser:
    browser = Browser(account)
    browser.opens()
    browser.says(text)
    everything_happens(now())
    return browser


def offered_to(case: Case) -> list[int]:
    return list(
        Offer.objects.filter(case=case, ended_at=None).order_by("id").values_list("staff_id", flat=True)
    )


def signed_in(person: Staff) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def test_a_chat_opens_a_case_that_is_offered_taken_and_answered_in_the_chat_at_once() -> None:
    account, person = staffed_chat()
    browser = chatting(account)
    case = Case.objects.get()
    assert (case.channel, offered_to(case)) == ("chat", [person.id])
    services.take(case_id=case.pk, at=now(), by=as_actor(person))
    client = signed_in(person)
    client.post(f"/cases/{case.reference}/replies/", {"text": "您好，我来处理。"})
    chat = Chat.objects.get()
    lines = chats.lines_after(chat.pk, 0)
    assert [(line["ours"], line["text"]) for line in lines] == [
        (False, "挖掘机铲斗开裂"),
        (True, "您好，我来处理。"),
    ]
    message = Message.objects.get(direction="outbound")
    assert (message.channel, message.undo_until, message.delivery) == ("chat", None, "none")
    standing = browser.post("marks").json()["standing"]
    assert (standing["agent"], standing["place"]) == (person.name, None)
    assert chat.taken_at is not None
    page = client.get(f"/cases/{case.reference}/")
    assert "您好，我来处理。" in page.content.decode()


def test_a_chat_goes_to_the_skilled_and_to_those_with_room_for_one_more() -> None:
    team = a_team()
    a_skill("hydraulics", "液压")
    account = make_chat(team=team, skill="hydraulics", at_once=1)
    skilled = a_person(teams=(team,), presence="on_duty", skills={"hydraulics": 3})
    other = a_person(teams=(team,), presence="on_duty")
    chatting(account)
    first = Case.objects.get()
    assert offered_to(first) == [skilled.id]
    services.take(case_id=first.pk, at=now(), by=as_actor(skilled))
    chatting(account, "第二位访客")
    second = Case.objects.exclude(pk=first.pk).get()
    assert offered_to(second) == []  # who has the skill is full; they wait
    people.set_presence(staff_id=skilled.id, presence="break", at=now(), by=SYSTEM)
    everything_happens(now())
    chat_services.sweep(at=now() + timedelta(minutes=2))
    everything_happens(now())
    assert offered_to(second) == [other.id]  # nobody with the skill is free: anybody free may help


def test_who_waits_is_offered_to_the_next_who_comes_on_duty() -> None:
    account, person = staffed_chat()
    people.set_presence(staff_id=person.id, presence="busy", at=now(), by=SYSTEM)
    everything_happens(now())
    chatting(account)
    case = Case.objects.get()
    assert offered_to(case) == []
    people.set_presence(staff_id=person.id, presence="on_duty", at=now(), by=SYSTEM)
    everything_happens(now())
    chat_services.sweep(at=now())
    everything_happens(now())
    assert offered_to(case) == [person.id]


def test_a_chat_changes_hands_only_by_an_accepted_handoff_and_the_visitor_is_told_there() -> None:
    account, person = staffed_chat()
    colleague = a_person(presence="on_duty", name="周敏")
    browser = chatting(account)
    case = Case.objects.get()
    services.take(case_id=case.pk, at=now(), by=as_actor(person))
    handoff = services.ask_handoff(
        case_id=case.pk,
        to_id=colleague.id,
        reason="液压问题",
        summary="铲斗开裂，客户希望今天有人到场。",
        at=now(),
        by=as_actor(person),
    )
    assert browser.post("marks").json()["standing"]["agent"] == person.name
    services.accept_handoff(handoff_id=handoff.pk, at=now(), by=as_actor(colleague))
    everything_happens(now())
    assert browser.post("marks").json()["standing"]["agent"] == "周敏"
    assert any("周敏" in line["text"] for line in chats.lines_after(Chat.objects.get().pk, 0))
    handoff.refresh_from_db()
    assert handoff.customer_told_at is not None


def test_when_the_visitor_has_left_the_answer_goes_out_by_mail() -> None:
    account, person = staffed_chat(ask_email="required")
    browser = Browser(account)
    browser.opens(email="wang@customer.example")
    browser.says("铲斗开裂")
    case = Case.objects.get()
    services.take(case_id=case.pk, at=now(), by=as_actor(person))
    chat_services.sweep(at=now() + timedelta(minutes=10))
    message = services.reply(case_id=case.pk, text="明天上门检查。", at=now(), by=as_actor(person))
    assert (message.channel, message.address, message.delivery) == (
        "email",
        "wang@customer.example",
        "queued",
    )


def test_who_writes_again_after_the_case_was_closed_for_long_waits_as_a_new_one() -> None:
    account, person = staffed_chat()
    browser = chatting(account)
    case = Case.objects.get()
    services.take(case_id=case.pk, at=now(), by=as_actor(person))
    services.resolve(case_id=case.pk, summary="换了铲斗，已经试机。", at=AT, by=as_actor(person))
    Case.objects.filter(pk=case.pk).update(state="unconfirmed", active=False, closed_at=AT, resolved_at=AT)
    standing = browser.says("又坏了").json()["standing"]
    assert (standing["agent"], standing["place"]) == ("", 1)
    assert Case.objects.count() == 2


def test_a_chat_of_another_person_stays_out_of_sight() -> None:
    account, _person = staffed_chat()
    chatting(account)
    case = Case.objects.get()
    Case.objects.filter(pk=case.pk).update(restricted=True)
    stranger = a_person(presence="on_duty")
    assert signed_in(stranger).get(f"/cases/{case.reference}/").status_code == 404


def statements(work: Any) -> int:
    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked.captured_queries)


def test_a_message_in_a_chat_that_goes_on_costs_few_statements() -> None:
    """Of 1 000 visitors a message is as dear as of one: these are what each costs, whoever else is there."""
    account, person = staffed_chat()
    browser = chatting(account)
    chat = Chat.objects.get()
    services.take(case_id=chat.subject_id or 0, at=now(), by=as_actor(person))
    browser.says("在吗")
    # where rows are locked: what it is about is read and held before the chat, in the order of who answers
    order = 2 if connection.features.has_select_for_update else 0
    assert statements(lambda: browser.says("请问几点能到")) <= 22 + order
    assert statements(lambda: chats.lines_after(chat.pk, chats.last_line(chat.pk) - 1)) == 3
    assert statements(lambda: chats.standing(chats.chat(chat.pk), now())) == 2


@pytest.mark.skipif(not connection.features.has_select_for_update, reason="one writer at a time")
def test_a_visitors_word_and_our_answer_hold_case_and_chat_in_the_same_order() -> None:
    account, person = staffed_chat()
    browser = chatting(account)
    case = Case.objects.get()
    services.take(case_id=case.pk, at=now(), by=as_actor(person))
    with CaptureQueriesContext(connection) as heard:
        browser.says("还在吗")
    # an answer of ours comes from the case and writes into the chat
    assert _held(heard)[:2] == ["cases_case", "channels_chat"]


def _held(queries: CaptureQueriesContext) -> list[str]:
    """The tables whose rows were locked, in order."""
    said = [str(one["sql"]) for one in queries.captured_queries]
    return [sql.partition(" FROM ")[2].split()[0].strip('"') for sql in said if "FOR UPDATE" in sql]
