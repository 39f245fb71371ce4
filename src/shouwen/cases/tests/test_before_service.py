"""What is covered, how long, what is not: told once, before the service begins (PRO-5)."""

from datetime import timedelta

import pytest

from shouwen.cases import services
from shouwen.cases.services import automatic
from shouwen.cases.services.undoing import undo_reply
from shouwen.cases.testing import AT, a_case, everything_happens, furnished
from shouwen.channels import queries as channels
from shouwen.people.testing import a_person, as_actor
from shouwen.platform import windows
from shouwen.platform.access import SYSTEM
from shouwen.promises import queries as promises
from shouwen.promises import services as promising
from shouwen.promises.testing import an_item

NOTICE = "两小时内到场；配件费另计。"
LATER = AT + timedelta(minutes=20)


@pytest.fixture
def item(db):
    furnished()
    made = an_item("上门维修")
    promising.change_item(item_id=made.pk, sends_notice=True, expectation_notice=NOTICE, at=AT, by=SYSTEM)
    return made


def told(case):
    said = channels.messages_of(case.subject, limit=30)
    return [m.kind for m in said if m.direction == "outbound" and NOTICE in m.text]


def replied(case, owner, at=LATER, **values):
    return services.reply(case_id=case.pk, text="我们来看一下。", at=at, by=as_actor(owner), **values)


def test_it_goes_with_the_acknowledgement_and_then_no_more(item):
    owner = a_person("agent")
    case = a_case(owner=owner, service_item_id=item.pk)
    automatic.acknowledge(case_id=case.pk, at=AT)
    replied(case, owner)
    assert told(case) == ["acknowledgement"]


def test_it_goes_with_the_first_mail_after_the_service_was_chosen(item):
    owner = a_person("agent")
    case = a_case(owner=owner)
    automatic.acknowledge(case_id=case.pk, at=AT)
    services.set_details(case_id=case.pk, service_item_id=item.pk, at=AT, by=as_actor(owner))
    replied(case, owner)
    replied(case, owner, LATER + timedelta(minutes=5))
    assert told(case) == ["reply"]
    case.refresh_from_db()
    assert case.last_words == "我们来看一下。"  # the list shows what the colleague wrote
    assert "已发送" in windows.look("case.sidebar", case, as_actor(owner))


def test_what_was_switched_off_or_is_said_by_phone_is_not_sent(item):
    owner = a_person("agent")
    by_phone = a_case(owner=owner, service_item_id=item.pk, channel="phone")
    replied(by_phone, owner, channel="phone")
    assert told(by_phone) == []
    promising.change_item(item_id=item.pk, sends_notice=False, at=AT, by=SYSTEM)
    case = a_case(owner=owner, service_item_id=item.pk)
    replied(case, owner)
    assert told(case) == []
    assert NOTICE in windows.look("case.sidebar", case, as_actor(owner))  # shown all the same


def test_the_customer_reads_it_on_their_own_page_while_it_goes_on(item):
    from shouwen.cases.queries import customer_page

    case = a_case(owner=a_person("agent"), service_item_id=item.pk)
    assert customer_page.of(customer_page.of_link(case.pk), AT).notice == NOTICE
    promising.change_item(item_id=item.pk, sends_notice=False, at=AT, by=SYSTEM)
    assert customer_page.of(customer_page.of_link(case.pk), AT).notice == ""


def test_a_reply_taken_back_leaves_it_untold(item):
    owner = a_person("agent")
    case = a_case(owner=owner, service_item_id=item.pk)
    message = replied(case, owner, undo_seconds=30)
    assert NOTICE in message.text
    text = undo_reply(
        case_id=case.pk, message_id=message.pk, at=LATER + timedelta(seconds=5), by=as_actor(owner)
    )
    assert text == "我们来看一下。"
    replied(case, owner, LATER + timedelta(minutes=1))
    assert told(case)[-1] == "reply"


def test_a_confirmed_case_is_held_against_its_expectation_once(item):
    owner = a_person("agent")
    case = a_case(owner=owner, service_item_id=item.pk)
    services.resolve(case_id=case.pk, summary="换了新的铲斗", at=LATER, by=as_actor(owner))
    services.answer_confirmation(
        case_id=case.pk, solved=True, levels={"timeliness": 3}, at=LATER, by=as_actor(owner)
    )
    everything_happens(LATER)
    wanted = promises.Wanted(AT, item_id=item.pk)
    (gap,) = promises.by_dimension(SYSTEM, wanted)
    assert (gap.dimension, gap.n, gap.difference) == ("timeliness", 1, -1.0)
