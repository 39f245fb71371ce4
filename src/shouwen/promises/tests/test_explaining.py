"""The page that explains a due time names the standard that set it; a new time is never an earlier one."""

from datetime import timedelta

import pytest
from django.test import Client

from shouwen.people.testing import a_person, as_actor
from shouwen.promises import queries, services
from shouwen.promises.testing import AT, a_calendar, a_promise, a_standard, an_item, forget

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget()


def test_the_standard_that_set_a_time_is_named_with_its_day() -> None:
    a_calendar(default=True)
    item = an_item("上门维修")
    a_standard(first_reply_seconds=3600)
    standard = a_standard(item_id=item.pk, tier="A", channel="phone", first_reply_seconds=900)
    assert queries.standard_words(standard) == "上门维修 · 客户等级 A · 电话，自 2026-03-02 起生效"
    (clock,) = services.start_clocks(
        subject=("contact", 1),
        case_kind="repair",
        tier="A",
        channel="phone",
        item_id=item.pk,
        sorts=("first_reply",),
        at=AT,
    )
    client = Client()
    client.force_login(a_person("chief").user)
    assert "上门维修 · 客户等级 A · 电话" in client.get(f"/promises/clocks/{clock.pk}/").text
    assert queries.standard_words(None) == ""


def test_a_new_time_before_the_old_one_is_not_proposed() -> None:
    a_calendar(default=True)
    for number in range(30):
        kept = a_promise(subject=("contact", 100 + number), minutes=20)
        services.keep(promise_id=kept.pk, at=AT + timedelta(minutes=15), by=as_actor(a_person("chief")))
    queries.forget_leeway()
    staff = a_person("agent")
    now = queries.suggest_due("10分钟内给您回电", AT)
    assert now is not None
    late = a_promise(by=as_actor(staff), at=AT, minutes=60 * 24 * 300)
    client = Client()
    client.force_login(staff.user)
    shown = client.get(f"/promises/{late.pk}/renegotiation/").text
    assert "这类事情通常需要到" not in shown
