"""What a run of the time rules costs: one range of an index for each rule, and only what has come due is touched."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwen.cases.models import AutomationRule, Case, RuleRun
from shouwen.cases.queries.automation import ranges
from shouwen.cases.services.automation import timing
from shouwen.cases.services.automation.rulebook import save_rule
from shouwen.cases.testing import AT, a_case, furnished
from shouwen.people.testing import a_person
from shouwen.platform.access import SYSTEM

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
RULES = 200


def many_rules(rules: int = RULES) -> list[AutomationRule]:
    """Of every moment but deadlines, which each case has its own. Each waits a minute longer than the one before,
    the first for ten hours."""
    moments = [moment for moment in ranges.RANGES if not moment.startswith("due")]
    return [
        save_rule(
            rule_id=None,
            name=f"规则 {number}",
            moment=moments[number % len(moments)],
            minutes=600 + number,
            actions={"add_tags": {"tags": ["久等"]}},
            at=AT,
            by=SYSTEM,
        )
        for number in range(rules)
    ]


def many_cases(count: int) -> None:
    """Copies of one case, hours younger than any rule asks for."""
    pattern = a_case(owner=a_person("agent"), at=AT + 8 * HOUR)
    common = {
        field.attname: getattr(pattern, field.attname)
        for field in Case._meta.concrete_fields
        if field.attname not in {"id", "reference", "public_id"}
    }
    Case.objects.bulk_create([Case(**common) for _number in range(count)], batch_size=500)


def test_two_hundred_rules_touch_only_the_cases_whose_time_has_come() -> None:
    furnished()
    due = a_case(owner=a_person("agent"), at=AT + timedelta(minutes=1))
    many_cases(50)
    many_rules()
    timing.run(at=AT + 9 * HOUR)
    with CaptureQueriesContext(connection) as nothing_due:
        assert timing.run(at=AT + 9.5 * HOUR) == 0
    assert len(nothing_due) <= RULES + 2  # the rules twice over, and one range for each
    assert all("LIMIT 100" in each["sql"] for each in nothing_due if 'FROM "cases_case"' in each["sql"])

    before = dict(Case.objects.values_list("pk", "tags"))
    acted = timing.run(at=AT + 10 * HOUR + timedelta(minutes=2))
    after = dict(Case.objects.values_list("pk", "tags"))
    assert acted > 0
    assert {pk for pk in after if after[pk] != before[pk]} == {due.pk}
    assert set(RuleRun.objects.values_list("case_id", flat=True)) == {due.pk}


@pytest.mark.parametrize("moment", [*ranges.RANGES])
def test_what_is_due_is_read_as_one_range_of_an_index(moment: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = ranges.due_between(moment, AT, 0, AT + HOUR)[:100].explain()
    assert "cases_" in plan
    assert "INDEX" in plan.upper()
    assert "SCAN CASES_CASE" not in plan.upper().replace('"', "").replace("INDEX SCAN", "")
    assert "TEMP B-TREE" not in plan.upper(), "read in the order of the index, not sorted"
