"""Why a case was raised, as everybody reads it."""

import pytest
from django.utils import translation

from shouwen.cases import queries, services
from shouwen.cases.models import Notice
from shouwen.cases.queries import noticing
from shouwen.cases.rules.ladder import Ladder, Step
from shouwen.cases.services.escalating import look_at_ladder
from shouwen.cases.services.ladder import save_ladder
from shouwen.cases.testing import AT, a_case, everything_happens, furnished
from shouwen.people.testing import a_person, as_actor
from shouwen.platform.access import SYSTEM
from shouwen.platform.ledger import describe
from shouwen.platform.ledger.queries import timeline

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _furnished() -> None:
    furnished()
    save_ladder(plan=Ladder(steps=(Step(minutes=60), Step(), Step())), at=AT, by=SYSTEM)


def test_why_it_was_raised_is_read_in_the_readers_language_and_climbs_with_it() -> None:
    lead = a_person("supervisor")
    case = a_case(text="我要找你们领导说话")
    everything_happens(AT)
    written = case.escalations.get()
    chinese, english = "客户要求找上级：“要找你们领导”", "The customer asks for a superior: “要找你们领导”"
    assert written.reason == chinese
    assert written.climb_at is not None
    look_at_ladder(at=written.climb_at)
    with translation.override("en"):
        first, second = queries.escalations_of(case.pk)
        notice = Notice.objects.filter(user_id=lead.id, kind="escalated").last()
        assert notice is not None
        lines = [describe.say(row.name, row.data) for row in timeline(case.subject)]
        assert first.reason == english
        assert second.reason == f"Nobody settled it on level {first.level} in time; {english}"
        assert second.reason in noticing.shown(notice).sentence
        assert f"Escalated to level {second.level}: {second.reason}" in lines
    assert queries.escalations_of(case.pk)[1].reason.endswith(f"；{chinese}")


def test_what_a_person_wrote_climbs_as_they_wrote_it() -> None:
    owner = a_person("agent")
    case = a_case(owner=owner)
    made = services.escalate(case_id=case.pk, reason="没有先例", at=AT, by=as_actor(owner))
    assert made.climb_at is not None
    look_at_ladder(at=made.climb_at)
    with translation.override("en"):
        reasons = [one.reason for one in queries.escalations_of(case.pk)]
    assert reasons == ["没有先例", f"Nobody settled it on level {made.level} in time; 没有先例"]
