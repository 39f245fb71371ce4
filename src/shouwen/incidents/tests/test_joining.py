"""One cause shows in several places: what is suspected there becomes a part of the incident that is known."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.cases.testing import AT
from shouwen.incidents import queries, services
from shouwen.incidents.models import Incident, Link
from shouwen.incidents.testing import affected, an_incident
from shouwen.kernel.errors import Forbidden, Invalid, Refused
from shouwen.people.models import Staff
from shouwen.people.testing import as_actor
from shouwen.platform.access import Actor

SOON = AT + timedelta(minutes=10)


@pytest.fixture
def suspicion(lead: Actor) -> Incident:
    for n in range(5):
        affected(n, area="沈河区", at=AT + timedelta(minutes=n))
    (found,) = services.look(at=SOON)
    return Incident.objects.get(pk=found)


def test_the_suspected_cases_are_linked_with_the_known_one(lead: Actor, suspicion: Incident) -> None:
    known = an_incident(affected(20), by=lead, title="骨干光缆")
    taken = Link.objects.filter(incident=suspicion).order_by("id")[0].case_id
    other = an_incident(by=lead, title="另一处")
    services.link(incident_id=other.pk, case_id=taken, at=SOON, by=lead)
    assert queries.linked_elsewhere(suspicion.pk) == {other.pk: 1}
    joined = services.join(incident_id=suspicion.pk, into_id=known.pk, at=SOON, by=lead)
    suspicion.refresh_from_db()
    assert (suspicion.state, joined.linked_count) == ("dismissed", 5)
    assert "沈河区" in joined.area_names
    late = affected(30, area="沈河区", at=SOON)
    services.look(at=SOON + timedelta(minutes=1))
    assert Link.objects.get(case=late).incident_id == known.pk  # suggested to the incident that is known


def test_only_a_suspicion_joins_and_only_what_is_active(
    lead: Actor, suspicion: Incident, agent: Staff
) -> None:
    known = an_incident(affected(20), by=lead, title="骨干光缆")
    with pytest.raises(Forbidden):
        services.join(incident_id=suspicion.pk, into_id=known.pk, at=SOON, by=as_actor(agent))
    with pytest.raises(Invalid):
        services.join(incident_id=suspicion.pk, into_id=suspicion.pk, at=SOON, by=lead)
    with pytest.raises(Refused):
        services.join(incident_id=known.pk, into_id=suspicion.pk, at=SOON, by=lead)
    services.restore(incident_id=known.pk, text="好了", at=SOON, by=lead)
    services.close(incident_id=known.pk, at=SOON, by=lead)
    with pytest.raises(Refused):
        services.join(incident_id=suspicion.pk, into_id=known.pk, at=SOON, by=lead)
    assert Link.objects.filter(state="linked").count() == 1


def test_its_page_offers_the_likeliest_incident(leading: Client, lead: Actor, suspicion: Incident) -> None:
    an_incident(affected(20), by=lead, title="电梯停运")
    known = an_incident(by=lead, title="骨干光缆断网了")
    page = leading.get(reverse("incidents:one", args=[suspicion.pk])).content.decode()
    assert "是否属于已知的故障" in page
    assert re.search(r"纯属偶然的概率：(不到百万分之一|0\.\d{4} %)", page)
    assert "客户0" in page  # what is suspected is shown at once
    assert f'<option value="{known.pk}" selected>' in page
    address = reverse("incidents:joining", args=[suspicion.pk])
    assert leading.post(address, {"into": ""}).status_code == 422
    assert leading.post(address, {"into": str(known.pk)}).url == reverse("incidents:one", args=[known.pk])  # type: ignore[attr-defined]
