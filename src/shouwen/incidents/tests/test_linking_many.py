"""Many cases are linked at once: all of them or none, in as many statements for two as for twenty."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwen.cases import services as case_services
from shouwen.cases.testing import AT, a_case
from shouwen.incidents import services
from shouwen.incidents.models import Incident, Link, LinkState, Told
from shouwen.incidents.testing import affected, an_incident
from shouwen.kernel.errors import Invalid, Refused
from shouwen.people.testing import a_person, as_actor
from shouwen.platform.access import Actor
from shouwen.platform.jobs.models import Job

LATER = AT + timedelta(hours=2)


def test_as_many_statements_for_twenty_as_for_two(lead: Actor) -> None:
    first = an_incident(by=lead)
    second = an_incident(by=lead, title="另一处")
    few, many = [affected(n).pk for n in range(2)], [affected(n).pk for n in range(10, 30)]
    costs = []
    for incident, ids in ((first, few), (second, many)):
        with CaptureQueriesContext(connection) as asked:
            assert services.link_many(incident_id=incident.pk, case_ids=ids, at=AT, by=lead) == len(ids)
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 16
    second.refresh_from_db()
    assert second.linked_count == 20


def test_linking_again_changes_nothing(lead: Actor) -> None:
    case = affected(1)
    incident = an_incident(case, by=lead)
    assert services.link_many(incident_id=incident.pk, case_ids=[case.pk, case.pk], at=AT, by=lead) == 0
    incident.refresh_from_db()
    assert incident.linked_count == 1


def test_one_that_cannot_be_linked_refuses_all_and_is_named(lead: Actor) -> None:
    good, taken, gone = affected(1), affected(2), affected(3)
    an_incident(taken, by=lead)
    mine = an_incident(by=lead, title="另一处")
    other = a_case(customer=gone.customer, at=AT)
    case_services.merge(case_id=gone.pk, into_id=other.pk, at=AT, by=lead)

    def link(*ids: int) -> None:
        services.link_many(incident_id=mine.pk, case_ids=[good.pk, *ids], at=AT, by=lead)

    with pytest.raises(Refused, match=taken.reference):
        link(taken.pk)
    with pytest.raises(Refused, match=gone.reference):
        link(gone.pk)
    with pytest.raises(Invalid, match="SW"):
        link(999_999)
    with pytest.raises(Invalid):
        link(*range(1000, 1600))
    assert not Link.objects.filter(incident=mine).exists()


def test_what_a_stranger_may_not_see_does_not_exist_for_their_list(lead: Actor) -> None:
    case = affected(1)
    incident = an_incident(by=lead)
    expert = as_actor(a_person("back_office", name="郭工"))
    with pytest.raises(Exception, match=r".") as refused:
        services.link_many(incident_id=incident.pk, case_ids=[case.pk], at=AT, by=expert)
    assert refused.value.status in (403, 404)  # type: ignore[attr-defined]


def test_a_list_with_a_case_of_after_the_restoration_reopens_its_area_once(lead: Actor) -> None:
    incident = an_incident(affected(1), by=lead)
    services.restore(incident_id=incident.pk, text="好了", at=AT + timedelta(hours=1), by=lead)
    late = [affected(n, at=LATER).pk for n in (2, 3)]
    services.link_many(incident_id=incident.pk, case_ids=late, at=LATER, by=lead)
    incident.refresh_from_db()
    assert (incident.state, incident.reopen_count, incident.linked_count) == ("reopened", 1, 3)


def test_who_was_linked_together_hears_the_newest_news_after_a_minute(lead: Actor) -> None:
    incident = an_incident(by=lead)
    services.publish(incident_id=incident.pk, text="抢修中", at=AT, by=lead)
    ids = [affected(n).pk for n in range(12)]
    services.link_many(incident_id=incident.pk, case_ids=ids, at=AT, by=lead)
    jobs = list(Job.objects.filter(name="incidents.tell_some").order_by("id"))
    assert [len(job.args["link_ids"]) for job in jobs] == [10, 2]
    assert all(job.run_at == AT + timedelta(seconds=60) for job in jobs)
    services.unlink(incident_id=incident.pk, case_id=ids[0], at=AT, by=lead)
    told = [services.tell_some(link_ids=job.args["link_ids"], at=LATER) for job in jobs]
    assert (told, Told.objects.count()) == ([9, 2], 11)
    assert services.tell_some(link_ids=jobs[0].args["link_ids"], at=LATER) == 0


def test_more_areas_than_an_incident_holds_go_to_the_nameless_one(lead: Actor) -> None:
    incident = an_incident(by=lead, areas=[f"区{n}" for n in range(99)])
    ids = [affected(n, area=f"新{n}").pk for n in range(3)]
    services.link_many(incident_id=incident.pk, case_ids=ids, at=AT, by=lead)
    rows = Link.objects.filter(incident=incident, state=LinkState.LINKED).order_by("case_id")
    assert [row.area.name for row in rows.select_related("area")] == ["新0", "", ""]


def test_references_are_pasted_as_they_come_and_a_wrong_one_loses_none(leading: Client, lead: Actor) -> None:
    incident = an_incident(by=lead)
    made = [affected(n) for n in range(3)]
    page = reverse("incidents:cases", args=[incident.pk])
    wrong: Any = leading.post(page, {"refs": f"{made[0].reference}，SW0999999"})
    assert wrong.status_code == 422
    assert "SW0999999" in wrong.content.decode()
    assert made[0].reference in wrong.content.decode()
    said = f"{made[0].reference}\n{made[1].reference}、 {made[2].reference}"
    assert leading.post(page, {"refs": said}).status_code == 302
    assert Incident.objects.get(pk=incident.pk).linked_count == 3
    assert leading.post(page, {"refs": " , "}).status_code == 422
