"""The demonstration company loads whole, looks alive, and never into a house where somebody lives."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db import transaction
from django.test import Client, RequestFactory

from shouwen.cases import queries
from shouwen.cases.models import Case, Confirmation
from shouwen.cases.testing import furnished
from shouwen.channels import queries as channels
from shouwen.channels.models import Message
from shouwen.channels.vendors.desk import queries as desk
from shouwen.channels.vendors.phone import queries as phone
from shouwen.channels.vendors.standing_in import port_of
from shouwen.complaints.models import AbuseRecord, Approval, Complaint, Grant, OutsideMatter, Threat
from shouwen.complaints.rules.path import STAGES
from shouwen.customers.models import Asset, Customer
from shouwen.demo import company, platforms, signins
from shouwen.demo.dice import Dice
from shouwen.demo.loading import load
from shouwen.demo.simulation import arrive
from shouwen.knowledge import queries as knowledge
from shouwen.knowledge.models import Article, WordingUse
from shouwen.people.models import Staff, Team
from shouwen.people.testing import as_actor
from shouwen.platform.access import ANONYMOUS
from shouwen.platform.search.queries import find
from shouwen.promises.models import Promise

AT = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Instead of pytest-django's, which begins anew for each test: loading takes its time, so it is done once."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def _company(db: None) -> None:
    furnished(AT)
    load(at=AT)


@pytest.mark.usefixtures("_company")
def test_the_company_is_as_large_as_it_says() -> None:
    assert sorted(Threat.objects.values_list("state", flat=True)) == ["acknowledged", "acknowledged", "ended"]
    assert (
        Approval.objects.filter(complaint=None, state="asked").count() == 1
    )  # on site, for a case that is none
    assert sorted(AbuseRecord.objects.values_list("step", flat=True)) == ["notice", "notice", "warning"]
    assert (Team.objects.count(), Staff.objects.count(), Customer.objects.count()) == (6, 20, 300)
    assert Case.objects.count() == 1500
    assert Asset.objects.count() > 250
    assert Confirmation.objects.filter(solved=True).count() > 800
    assert {"open", "kept", "broken"} <= set(Promise.objects.values_list("state", flat=True))
    roles = {role for staff in Staff.objects.select_related("user") for role in staff.user.roles}
    assert len(roles) == 9
    assert all("（演示）" in staff.name for staff in Staff.objects.all())
    newest = Case.objects.order_by("-last_at")[:1].get()
    assert Customer.objects.order_by("-last_contact_at")[:1].get().last_contact_at == newest.last_at


@pytest.mark.usefixtures("_company")
def test_everybody_can_sign_in_and_sees_work() -> None:
    assert len(signins.table()) == 9
    request = RequestFactory().post("/accounts/login/")
    assert authenticate(request, username="wang", password=company.PASSWORD) is not None
    wang = as_actor(Staff.objects.get(user__username="wang"))
    assert queries.count("mine", wang, AT) > 3
    assert queries.count("unowned", wang, AT) > 0
    every_way_in_can_be_tried_without_any_platform()
    what_customers_ask_is_answered_in_writing()  # in the same load, which takes its time
    assert find("case", "开裂", limit=5)


def every_way_in_can_be_tried_without_any_platform() -> None:
    lines = channels.lines()
    assert {one.vendor for one in lines} == {"wechat", "wecom", "wecom_kf", "sms", "webhook"}
    assert {port_of(one) for one in lines} == {platforms.PORT}
    assert all("（演示）" in one.name for one in [*lines, *channels.accounts("chat"), *desk.halls()])
    for door in signins.doors()[:4]:
        assert Client().get(door.split()[0]).status_code == 200, door
    assert (len(phone.lines()), len(phone.extensions())) == (2, 7)


def what_customers_ask_is_answered_in_writing() -> None:
    live = Article.objects.filter(state="published")
    assert Article.objects.count() >= 25
    assert live.filter(audience="staff").exists()
    assert live.filter(language="en").exclude(original=None).exists()
    assert live.filter(review_on__lt=AT.date()).count() == 3
    found = knowledge.suggest_articles("机器早上打不着火，是不是电瓶坏了", actor=ANONYMOUS)
    assert "打不着火" in found[0].title
    assert Message.objects.filter(direction="outbound", text__contains="/help/").count() > 100
    assert WordingUse.objects.exists()
    listed = Client().get("/help/").content.decode()
    assert "整机保修多长时间" in listed
    assert "接待激烈投诉" not in listed


@pytest.mark.usefixtures("_company")
def test_there_are_complaints_at_many_stages_with_their_records() -> None:
    stages = set(Complaint.objects.filter(state="active").values_list("stage", flat=True))
    assert len(stages) >= len(STAGES) // 2
    assert Complaint.objects.filter(state="closed").count() > 50
    assert Grant.objects.exists()
    assert OutsideMatter.objects.filter(clock_id__isnull=False).exists()


@pytest.mark.usefixtures("_company")
def test_the_simulation_lets_a_contact_arrive_by_the_usual_door() -> None:
    case = arrive(dice=Dice(7), at=AT)
    assert case is not None
    assert case.state == "new"
    assert case.due_at is not None
