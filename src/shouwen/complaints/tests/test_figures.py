"""Every figure of the analysis leads to exactly the complaints it counts."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwen.complaints import queries, services
from shouwen.complaints.models import Complaint
from shouwen.complaints.queries import analysis, figures
from shouwen.complaints.testing import (
    a_complaint,
    a_person,
    an_option,
    as_actor,
    decided,
    furnished,
    heard,
)
from shouwen.people.models import Staff
from shouwen.platform.access import SYSTEM, Actor, now

pytestmark = pytest.mark.django_db
HERE = timedelta(days=40)


@pytest.fixture
def boss() -> Staff:
    furnished()
    return a_person("supervisor", "chief")


def _closed(made: Complaint, at: Any, cause: str) -> None:
    Complaint.objects.filter(pk=made.pk).update(state="closed", closed_at=at, cause=cause)
    services.reckon(Complaint.objects.all())


def filled(by: Actor) -> Any:
    """Six complaints about which everything can be counted; returns the moment of counting."""
    at = now() - HERE
    first, second, third = (a_complaint(at=at) for _number in range(3))
    for made, values in (
        (first, {}),
        (second, {}),
        (third, {"validity": "invalid", "liability": "customer"}),
    ):
        heard(made, by, at=at)
        decided(made, by, at=at, **values)
        services.record_receipt(complaint_id=made.pk, remedy_sought="x", at=at, by=by)
    services.pass_stage(complaint_id=first.pk, at=at + timedelta(hours=3), by=by)
    services.record_outside(complaint_id=second.pk, body="12315", name="12315", at=at, by=by)
    services.record_outside(complaint_id=second.pk, body="media", name="Daily", at=at, by=by)
    for made in (first, second):
        option = an_option(made, by, at=at)
        services.grant_at_once(complaint_id=made.pk, option_id=option.pk, at=at + timedelta(hours=4), by=by)
    services.plan_recovery(
        complaint_id=first.pk, sort="visit", text="x", follow_up_at=at + timedelta(days=1), at=at, by=by
    )
    helped = first.recoveries.get().pk
    later = at + timedelta(days=1)
    services.follow_recovery(complaint_id=first.pk, recovery_id=helped, level=5, at=later, by=by)
    _closed(first, later, "price")
    _closed(second, later, "delay")
    a_complaint(customer=second.case.customer, at=at + timedelta(days=9))
    a_complaint(at=at)
    return now()


def the_list(figure: str, key: str, since: Any, at: Any) -> Any:
    chosen = queries.Filter(state="", figure=figure, key=key, since=since)
    return queries.listed(SYSTEM, chosen, at)


def test_each_figure_is_as_long_as_its_list(boss: Staff) -> None:
    at = filled(as_actor(boss))
    since = at - timedelta(days=90)
    found = analysis.figures(since, at)
    counts = {
        ("all", ""): found.count,
        ("decided", ""): found.valid.n,
        ("valid", ""): found.valid.successes,
        ("ours", ""): found.ours.successes,
        ("outside", ""): found.outside.successes,
        ("granted", ""): found.granted,
        ("recovered", ""): found.recovered.n,
        ("recovered_again", ""): found.recovered.successes,
        ("others", ""): found.others.n,
        ("others_again", ""): found.others.successes,
        **{("cause", bar.key): bar.count for bar in found.causes},
        **{("body", bar.key): bar.count for bar in found.bodies},
        **{("stage", one.stage): one.complaints for one in found.stages if one.complaints},
    }
    assert {asked: the_list(*asked, since, at).count() for asked in counts} == counts
    assert counts == {
        ("all", ""): 5,
        ("decided", ""): 3,
        ("valid", ""): 2,
        ("ours", ""): 2,
        ("outside", ""): 1,
        ("granted", ""): 2,
        ("recovered", ""): 1,
        ("recovered_again", ""): 0,
        ("others", ""): 1,
        ("others_again", ""): 1,
        ("cause", "price"): 1,
        ("cause", "delay"): 1,
        ("body", "12315"): 1,
        ("body", "media"): 1,
        ("stage", "received"): 1,
    }
    repeats = the_list("repeats", "", since, at)
    assert repeats.values("customer_id").distinct().count() == found.repeats.successes == 1
    granted = {one.stage: one.granted.amount for one in found.stages if one.granted}
    assert granted == {"received": 15_000, "acknowledged": 15_000}
    for stage, amount in granted.items():
        rows = the_list("granted_in", stage, since, at)
        assert sum(grant.amount for one in rows for grant in one.grants.all()) == amount
    assert (found.stages[0].hours, found.cost.amount) == (3.0, 30_000)


def test_every_link_of_the_page_opens_its_list_with_chips(boss: Staff) -> None:
    filled(as_actor(boss))
    client = Client()
    client.force_login(boss.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("complaints:analysis")).content.decode()
    links = {
        part.split('"')[0].replace("&amp;", "&")
        for part in page.split('href="')[1:]
        if "figure=" in part.split('"')[0]
    }
    asked = {parse_qs(urlsplit(link).query)["figure"][0] for link in links}
    assert asked == set(figures.FIGURES) - {"decided"}
    for link in links:
        shown = client.get(link)
        assert shown.status_code == 200
        told = shown.content.decode()
        assert "chosen-chip" in told, link
        wanted = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
        rows = the_list(wanted["figure"], wanted.get("key", ""), now() - timedelta(days=90), now())
        assert all(one.reference in told for one in rows), link
    assert client.get(reverse("complaints:list"), {"figure": "gold"}).status_code == 422
    assert client.get(reverse("complaints:list"), {"figure": "cause", "key": "gold"}).status_code == 422


def test_who_may_not_open_a_case_does_not_count_it(boss: Staff) -> None:
    made = a_complaint(at=now() - HERE)
    made.case.restricted = True
    made.case.save(update_fields=["restricted"])
    since, at = now() - timedelta(days=90), now()
    assert analysis.figures(since, at, as_actor(a_person("agent"))).count == 0
    assert analysis.figures(since, at, as_actor(boss)).count == 1
    reviewer = as_actor(a_person("reviewer"))
    assert analysis.figures(since, at, reviewer).count == 0
    services.record_receipt(complaint_id=made.pk, remedy_sought="x", at=at, by=as_actor(boss))
    services.pass_stage(complaint_id=made.pk, at=at, by=as_actor(boss))
    until = at + timedelta(minutes=1)
    assert analysis.figures(since, until, reviewer).stages == []
    assert analysis.figures(since, until, as_actor(boss)).stages[0].visits == 1


def test_all_figures_cost_the_same_statements_however_many_complaints_there_are(boss: Staff) -> None:
    from django.db import connection

    def cost() -> int:
        at = now()
        with CaptureQueriesContext(connection) as asked:
            analysis.figures(at - timedelta(days=90), at)
        return len(asked)

    first = cost()
    filled(as_actor(boss))
    assert (cost(), first) == (7, 7)
