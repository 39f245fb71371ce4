"""New cases are compared in rounds: what is suspected, what joins, what it costs."""

from datetime import timedelta
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from shouwen.cases.models import Case
from shouwen.cases.testing import AT
from shouwen.incidents import queries, services
from shouwen.incidents.models import Incident, Link, Problem, ProblemCase, Sighting
from shouwen.incidents.services import looking, recurring
from shouwen.incidents.testing import MINUTE, affected, an_incident
from shouwen.platform.access import Actor

SOON = AT + 30 * MINUTE
WORDS = (
    "断网了，光猫亮红灯",
    "家里没网，光猫红灯一直亮",
    "宽带断网，光猫亮红灯",
    "光猫红灯亮，断网了",
    "断网，光猫红灯",
)


def many(count: int, **values: Any) -> list[Case]:
    return [
        affected(n, subject=WORDS[n % len(WORDS)], text="请尽快修", at=AT + n * MINUTE, **values)
        for n in range(1, count + 1)
    ]


def test_five_alike_are_suspected_once_with_the_evidence(lead: Actor) -> None:
    cases = many(5)
    (found,) = services.look(at=SOON)
    assert services.look(at=SOON + MINUTE) == []
    incident = queries.get(found, lead)
    assert (incident.state, incident.area_names) == ("suspected", ["和平区"])
    why = incident.evidence
    assert (why["sort"], why["value"], why["customers"], why["cases"]) == ("area", "和平区", 5, 5)
    assert any("红灯" in word or "光猫" in word for word, _count in why["words"])
    assert set(Link.objects.values_list("case_id", "state")) == {(case.pk, "suggested") for case in cases}


def test_opening_a_suspicion_links_its_cases_and_dismissing_keeps_it_quiet(lead: Actor) -> None:
    many(5)
    (found,) = services.look(at=SOON)
    assert services.open_suspected(incident_id=found, at=SOON, by=lead).linked_count == 5
    more = affected(9, subject="断网了光猫亮红灯", at=SOON + MINUTE)
    services.look(at=SOON + 2 * MINUTE)
    assert Link.objects.get(case=more).state == "suggested"
    assert services.link_suggested(incident_id=found, at=SOON, by=lead) == 1


def test_a_dismissed_suspicion_is_not_raised_again(lead: Actor) -> None:
    many(5)
    (found,) = services.look(at=SOON)
    services.dismiss(incident_id=found, reason="培训", at=SOON, by=lead)
    for n in range(20, 26):
        affected(n, subject="断网了光猫亮红灯", at=SOON + MINUTE)
    assert services.look(at=SOON + 5 * MINUTE) == []
    assert Incident.objects.count() == 1


def test_unlike_cases_are_not_suspected(lead: Actor) -> None:
    for n, words in enumerate(
        ("发票抬头写错", "想办停机保号", "安装预约改时间", "套餐怎么升级", "合同原件寄回"), 1
    ):
        affected(n, subject=words, text=words, at=AT)
    assert services.look(at=SOON) == []
    assert Sighting.objects.count() == 5


def test_suggesting_can_be_switched_off(lead: Actor) -> None:
    from shouwen.platform.access import SYSTEM
    from shouwen.platform.preferences.services import change

    change(values={"incidents.suggest": False}, at=AT, by=SYSTEM)
    many(5)
    assert services.look(at=SOON) == []


def test_a_look_costs_the_same_for_five_and_for_fifty(lead: Actor) -> None:
    from django.db import connection

    an_incident(by=lead, title="别处断水", areas=["大东区"])
    costs = []
    for first, count in ((1, 5), (100, 50)):
        for n in range(first, first + count):
            affected(n, subject=f"发票{n}号抬头", text="改一下", area=f"{n}区", at=AT)
        with CaptureQueriesContext(connection) as asked:
            services.look(at=SOON)
        costs.append(len(asked))
    assert costs[1] <= costs[0]
    with CaptureQueriesContext(connection) as asked:
        services.look(at=SOON + MINUTE)
    assert len([q for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]) == 2


def test_opening_a_case_asks_nothing_of_this_room(lead: Actor) -> None:
    from django.db import connection

    with CaptureQueriesContext(connection) as asked:
        affected(1)
    assert not [q for q in asked if "incidents_" in q["sql"]]


def test_old_sightings_are_let_go(lead: Actor) -> None:
    many(3)
    services.look(at=SOON)
    assert looking.forget(at=SOON) == 0
    assert looking.forget(at=SOON + timedelta(days=4)) == 3


def closed_cases(count: int, subject: str, **values: Any) -> list[Case]:
    first = values.pop("first", 1)
    made = [
        affected(n, subject=subject, at=AT - timedelta(days=2 * (n % 40)), **values)
        for n in range(first, first + count)
    ]
    Case.objects.filter(pk__in=[case.pk for case in made]).update(
        state="confirmed", active=False, closed_at=AT
    )
    return made


def test_what_recurs_becomes_a_candidate_once(lead: Actor) -> None:
    closed_cases(8, "履带板螺栓松动", model="ZX200")
    closed_cases(20, "发票抬头写错", first=100)
    found = services.find_recurring(at=AT)[0]
    assert services.find_recurring(at=AT) == []
    problem = queries.get_problem(found, lead)
    assert (problem.state, problem.model, problem.case_count) == ("candidate", "ZX200", 8)
    services.dismiss_problem(problem_id=found, at=AT, by=lead)
    assert services.find_recurring(at=AT) == []


def test_new_cases_join_the_problem_they_fit_and_are_counted_after_the_fix(lead: Actor) -> None:
    closed_cases(8, "履带板螺栓松动", model="ZX200")
    problem = services.record_problem(title="履带板螺栓松动", model="ZX200", at=AT, by=lead)
    assert recurring.gather(problem_id=problem.pk, at=AT) == 8
    assert recurring.gather(problem_id=problem.pk, at=AT) == 0
    services.say_whys(problem_id=problem.pk, whys=["没有防松垫圈"], at=AT, by=lead)
    services.fix(problem_id=problem.pk, fix="加垫圈", fixed_at=AT - timedelta(days=1), at=AT, by=lead)
    again = affected(50, subject="履带板螺栓又松动了", model="ZX200", at=AT)
    affected(51, subject="履带板螺栓又松动了", model="SY75", at=AT)
    services.look(at=AT + MINUTE)
    joined = ProblemCase.objects.filter(problem=problem, opened_at__gte=AT)
    assert [row.case_id for row in joined] == [again.pk]
    watch = queries.watch_of(queries.get_problem(problem.pk, lead), AT + timedelta(days=2))
    assert watch is not None
    assert watch.drop is not None
    assert (watch.drop.before, watch.drop.after) == (8, 1)


def test_a_case_taken_off_a_problem_stays_off(lead: Actor) -> None:
    (case, *_rest) = closed_cases(6, "履带板螺栓松动", model="ZX200")
    problem = services.record_problem(title="履带板螺栓松动", model="ZX200", at=AT, by=lead)
    recurring.gather(problem_id=problem.pk, at=AT)
    services.remove_case(problem_id=problem.pk, case_id=case.pk, at=AT, by=lead)
    assert recurring.gather(problem_id=problem.pk, at=AT) == 0
    assert Problem.objects.get().case_count == 5
    services.add_case(problem_id=problem.pk, case_id=case.pk, at=AT, by=lead)
    assert Problem.objects.get().case_count == 6


@pytest.mark.parametrize("days", [0, 91])
def test_a_period_is_one_to_ninety_days(lead: Actor, days: int) -> None:
    from shouwen.kernel.errors import Invalid

    with pytest.raises(Invalid) as caught:
        services.record_problem(title="x", period_days=days, at=AT, by=lead)
    assert caught.value.field == "period_days"
