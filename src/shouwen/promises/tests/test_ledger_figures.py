"""Each figure of the keeping rate leads to the very promises it counts."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from shouwen.kernel.errors import Invalid
from shouwen.people.testing import a_department, a_person, a_provider, a_team, as_actor
from shouwen.platform.access import SYSTEM, now
from shouwen.promises import queries, services
from shouwen.promises.models import Promise
from shouwen.promises.testing import AT, a_promise, forget

pytestmark = pytest.mark.django_db
SINCE = AT - timedelta(days=1)


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget()


def minutes(count: float) -> datetime:
    return AT + timedelta(minutes=count)


def broken(text: str = "寄出发票", cause: str = "", **values: object) -> Promise:
    made = a_promise(text, minutes=5, **values)  # type: ignore[arg-type]
    services.tick(minutes(6))
    if cause:
        services.explain_break(promise_id=made.pk, cause=cause, reason="说明", at=minutes(7), by=SYSTEM)
    return made


def test_kinds_of_promises_have_their_own_rate() -> None:
    kept = a_promise("给您回电")
    services.keep(promise_id=kept.pk, at=minutes(3), by=SYSTEM)
    late = broken("上门维修")
    rates = {rate.key: rate for rate in queries.keep_rate(by="work", since=SINCE, actor=SYSTEM)}
    assert (rates["call_back"].kept.successes, rates["visit"].kept.n, rates["visit"].broken) == (1, 1, 1)
    found = queries.ledger(SYSTEM, queries.Filter(whose="all", work="visit", settled_since=SINCE))
    assert list(found) == [late]


@pytest.mark.parametrize("by", ["department", "provider", "team", "staff"])
def test_a_figure_and_its_list_are_the_same_promises(by: str) -> None:
    inside = a_person("agent", teams=(a_team(),), department=a_department())
    outside = a_person("agent", provider=a_provider())
    broken(by=as_actor(inside))
    broken(by=as_actor(outside))
    broken(by=SYSTEM)
    for rate in queries.keep_rate(by=by, since=SINCE, actor=SYSTEM):
        names = {"staff": "staff_id", "team": "team_id", "department": "department_id"}
        narrowed = {names.get(by, "provider_id"): rate.key} if rate.key else {"without": by}
        rows = queries.ledger(SYSTEM, queries.Filter(whose="all", state="broken", **narrowed))  # type: ignore[arg-type]
        assert rows.count() == rate.broken > 0


def test_causes_are_counted_with_their_interval_and_lead_to_their_promises() -> None:
    for cause in ("parts", "parts", "forgotten", ""):
        broken(cause=cause)
    found = queries.causes(since=SINCE, actor=SYSTEM)
    assert [(cause.code, cause.share.successes, cause.share.n) for cause in found] == [
        ("parts", 2, 4),
        ("forgotten", 1, 4),
        ("none", 1, 4),
    ]
    # Wilson, 2 of 4 at 95 %
    assert (round(found[0].share.low, 4), round(found[0].share.high, 4)) == (0.15, 0.85)
    unexplained = queries.ledger(SYSTEM, queries.Filter(whose="all", cause="none"))
    assert unexplained.count() == 1


def test_a_cause_comes_from_the_list() -> None:
    made = broken()
    with pytest.raises(Invalid) as fault:
        services.explain_break(promise_id=made.pk, cause="bad luck", reason="x", at=minutes(8), by=SYSTEM)
    assert fault.value.field == "cause"


def test_the_pages_lead_from_a_cause_to_its_promises() -> None:
    boss = a_person("supervisor")
    client = Client()
    client.force_login(boss.user)
    made = a_promise("明天送到", by=as_actor(boss), at=now() - timedelta(minutes=30), minutes=10)
    services.tick(now())
    address = f"/promises/{made.pk}/explanation/"
    assert client.post(address, {"reason": "车坏了"}).status_code == 422
    assert client.post(address, {"reason": "车坏了", "cause": "third_party"}).status_code == 302
    assert "state=broken&cause=third_party" in client.get("/promises/rates/?by=work").text
    assert "明天送到" in client.get("/promises/ledger/?whose=all&state=broken&cause=third_party&days=30").text
    assert "明天送到" not in client.get("/promises/ledger/?whose=all&cause=parts").text
    assert client.get("/promises/ledger/?cause=bad+luck").status_code == 422
    assert client.get("/promises/ledger/?without=moon").status_code == 422
    assert client.get("/promises/ledger/?department=999").status_code == 404
