"""The ledger: made, kept, renegotiated before due, broken."""

from datetime import UTC, datetime, timedelta

import pytest

from shouwen.kernel.errors import Forbidden, Invalid, Refused
from shouwen.people.testing import a_person, a_team, as_actor
from shouwen.platform.access import SYSTEM
from shouwen.platform.ledger import queries as events
from shouwen.promises import queries, services
from shouwen.promises.testing import AT, a_promise, forget

pytestmark = pytest.mark.django_db
CASE = ("contact", 1)


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget()


def minutes(count: float) -> datetime:
    return AT + timedelta(minutes=count)


def names(pk: int) -> list[str]:
    return [row.name.removeprefix("promises.") for row in events.timeline(("promise", pk))]


def test_a_promise_is_written_down_with_who_when_and_for_whom() -> None:
    team = a_team()
    maker = as_actor(a_person("agent", teams=(team,)))
    made = a_promise(by=maker, customer_id=None, channel="phone")
    assert (made.made_by, made.deliver_by, made.team_id) == (maker.user_id, maker.user_id, team.pk)
    assert (made.state, made.owed, made.work) == ("open", True, "call_back")
    assert queries.open_for(CASE) == [made]
    assert names(made.pk) == ["made"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"due_at": AT}, "due_at"),
        ({"due_at": AT + timedelta(seconds=30)}, "due_at"),
        ({"due_at": AT + timedelta(days=400)}, "due_at"),
        ({"due_at": datetime(2026, 3, 3)}, "due_at"),  # noqa: DTZ001
        ({"text": "  "}, "text"),
        ({"text": "是" * 401}, "text"),
    ],
)
def test_a_wrong_promise_is_refused_by_its_field(values: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as fault:
        a_promise(**values)  # type: ignore[arg-type]
    assert fault.value.field == field


def test_who_may_not_promise_is_refused() -> None:
    with pytest.raises(Forbidden):
        a_promise(by=as_actor(a_person("reviewer")))


def test_the_owner_is_warned_at_half_and_at_four_fifths_and_then_it_breaks() -> None:
    made = a_promise(minutes=10)
    for count in (4, 5, 6, 8, 9, 10, 11):
        services.tick(minutes(count))
    assert names(made.pk) == ["made", "warned", "warned", "broken"]
    shares = [row.data.get("share") for row in events.timeline(("promise", made.pk))]
    assert shares == [None, 50, 80, None]
    made.refresh_from_db()
    assert (made.state, made.settled_at, made.owed) == ("broken", made.due_at, True)
    assert (made.warned_half_at, made.warned_most_at) == (minutes(5), minutes(8))


def test_a_promise_for_tomorrow_does_not_warn_at_night() -> None:
    # Monday 17:00 in Shanghai for Tuesday 17:00: 7.5 open hours, half of them gone on Tuesday at 11:45
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    made = a_promise(at=at, minutes=24 * 60)
    assert made.half_at == datetime(2026, 3, 3, 3, 45, tzinfo=UTC)


def test_a_tick_that_comes_very_late_only_says_broken() -> None:
    made = a_promise(minutes=10)
    services.tick(minutes(600))
    assert names(made.pk) == ["made", "broken"]


def test_a_kept_promise_is_kept() -> None:
    made = a_promise(minutes=10)
    kept = services.keep(promise_id=made.pk, note="已回电", at=minutes(9), by=SYSTEM)
    assert (kept.state, kept.owed, kept.delivered_at) == ("kept", False, minutes(9))
    services.tick(minutes(60))
    assert names(made.pk) == ["made", "kept"]
    with pytest.raises(Refused):
        services.keep(promise_id=made.pk, at=minutes(10), by=SYSTEM)


def test_kept_too_late_is_broken_and_delivered_late() -> None:
    made = a_promise(minutes=10)
    late = services.keep(promise_id=made.pk, at=minutes(12), by=SYSTEM)
    assert (late.state, late.owed, late.delivered_at) == ("broken", False, minutes(12))
    assert names(made.pk) == ["made", "broken", "delivered_late"]
    assert events.timeline(("promise", made.pk))[-1].data["late_seconds"] == 120


def test_renegotiating_before_it_breaks_keeps_the_history() -> None:
    made = a_promise(minutes=10)
    new = services.renegotiate(
        promise_id=made.pk, due_at=minutes(60), reason="配件在路上", at=minutes(8), by=SYSTEM
    )
    made.refresh_from_db()
    assert (made.state, made.reason, made.owed) == ("renegotiated", "配件在路上", False)
    assert (new.previous_id, new.state, new.text, new.due_at) == (made.pk, "open", made.text, minutes(60))
    assert queries.chain(new) == queries.chain(made) == [made, new]
    assert queries.open_for(CASE) == [new]
    fact = events.timeline(("promise", new.pk))[-1]
    assert (fact.name, fact.data["told"]) == ("promises.renegotiated", False)
    assert fact.before == {"due_at": made.due_at.isoformat(), "text": made.text}


def test_the_customer_is_told_once() -> None:
    made = a_promise(minutes=10)
    new = services.renegotiate(promise_id=made.pk, due_at=minutes(60), reason="x", at=minutes(1), by=SYSTEM)
    services.mark_told(promise_id=new.pk, message_id=7, at=minutes(2), by=SYSTEM)
    told = services.mark_told(promise_id=new.pk, message_id=8, at=minutes(3), by=SYSTEM)
    assert (told.customer_told_at, told.told_message_id) == (minutes(2), 7)
    assert names(new.pk).count("told") == 1


@pytest.mark.parametrize("count", [10, 11])
def test_after_its_time_a_promise_is_broken_and_not_renegotiated(count: int) -> None:
    made = a_promise(minutes=10)
    with pytest.raises(Refused):
        services.renegotiate(promise_id=made.pk, due_at=minutes(60), reason="x", at=minutes(count), by=SYSTEM)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"due_at": minutes(1)}, "due_at"),
        ({"due_at": minutes(10)}, "due_at"),
    ],
)
def test_a_wrong_renegotiation_is_refused_by_its_field(values: dict[str, object], field: str) -> None:
    made = a_promise(minutes=10)
    given = {"due_at": minutes(60), "reason": "x", **values}
    with pytest.raises(Invalid) as fault:
        services.renegotiate(promise_id=made.pk, at=minutes(2), by=SYSTEM, **given)  # type: ignore[arg-type]
    assert fault.value.field == field


def test_a_withdrawn_promise_says_why() -> None:
    made = a_promise(minutes=10)
    gone = services.withdraw(promise_id=made.pk, reason="客户已自行解决", at=minutes(1), by=SYSTEM)
    assert (gone.state, gone.reason, gone.owed) == ("withdrawn", "客户已自行解决", False)


def test_a_break_is_explained_afterwards() -> None:
    made = a_promise(minutes=10)
    with pytest.raises(Refused):
        services.explain_break(promise_id=made.pk, cause="other", reason="x", at=minutes(1), by=SYSTEM)
    services.tick(minutes(10))
    said = services.explain_break(
        promise_id=made.pk, cause="capacity", reason="电话占线", still_owed=False, at=minutes(20), by=SYSTEM
    )
    assert (said.state, said.reason, said.owed) == ("broken", "电话占线", False)


def test_a_colleague_may_not_settle_what_is_not_theirs() -> None:
    team = a_team()
    made = a_promise(by=as_actor(a_person("agent", teams=(team,))))
    colleague = as_actor(a_person("agent", teams=(team,)))
    with pytest.raises(Forbidden):
        services.keep(promise_id=made.pk, at=minutes(1), by=colleague)
    supervisor = as_actor(a_person("supervisor"))
    assert services.keep(promise_id=made.pk, at=minutes(1), by=supervisor).state == "kept"


def test_the_ledger_shows_mine_my_teams_and_all() -> None:
    team, other = a_team(), a_team()
    me = as_actor(a_person("agent", teams=(team,)))
    mate = as_actor(a_person("agent", teams=(team,)))
    stranger = as_actor(a_person("agent", teams=(other,)))
    mine, theirs = a_promise(by=me), a_promise(by=mate)
    far = a_promise(by=stranger)
    handed = a_promise(by=stranger, deliver_by=me.user_id)

    def seen(actor: object, whose: str) -> set[int]:
        rows = queries.ledger(actor, queries.Filter(whose=whose))  # type: ignore[arg-type]
        return set(rows.values_list("pk", flat=True))

    assert seen(me, "mine") == {mine.pk, handed.pk}
    assert seen(me, "team") == {mine.pk, theirs.pk}
    assert seen(me, "all") == {mine.pk, theirs.pk, handed.pk}
    chief = as_actor(a_person("chief"))
    assert seen(chief, "all") == {mine.pk, theirs.pk, far.pk, handed.pk}
    assert seen(as_actor(a_person("agent")), "all") == set()


def test_the_board_sorts_by_when_it_is_due() -> None:
    me = as_actor(a_person("agent"))
    late, near = a_promise(by=me, minutes=5), a_promise(by=me, minutes=40)
    today, later = a_promise(by=me, minutes=300), a_promise(by=me, minutes=60 * 24 * 3)
    services.tick(minutes(6))
    found = queries.board(me, queries.Filter(), minutes(6), AT + timedelta(hours=14))
    columns = [found.overdue, found.near, found.today, found.later]
    assert columns == [[late], [near], [today], [later]]
    assert queries.pressing(me, minutes(6)).number == 2


def test_the_keep_rate_counts_kept_and_broken_with_its_interval() -> None:
    me = a_person("agent", name="何一")
    for _ in range(8):
        made = a_promise(by=as_actor(me))
        services.keep(promise_id=made.pk, at=minutes(5), by=SYSTEM)
    a_promise(by=as_actor(me))
    moved = a_promise(by=as_actor(me), minutes=20)
    a_promise(by=as_actor(me))
    services.renegotiate(promise_id=moved.pk, due_at=minutes(90), reason="x", at=minutes(8), by=SYSTEM)
    services.tick(minutes(30))
    rate = queries.keep_rate(by="staff", since=AT - timedelta(days=1), actor=SYSTEM)[0]
    assert (rate.name, rate.kept.successes, rate.kept.n, rate.renegotiated) == ("何一", 8, 10, 1)
    # Wilson, 8 of 10 at 95 %
    assert (round(rate.kept.low, 4), round(rate.kept.high, 4)) == (0.4902, 0.9433)


def test_a_reply_is_read_for_promises_with_their_due_times() -> None:
    found = queries.find_promises("我10分钟内给您回电。", AT, zone="Asia/Shanghai")
    assert [one.due for one in found] == [minutes(10)]


def test_leeway_is_what_four_of_five_such_promises_needed() -> None:
    for count in range(1, 11):
        made = a_promise(minutes=60)
        services.keep(promise_id=made.pk, at=minutes(count * 3), by=SYSTEM)
    found = queries.leeway_for("call_back")
    assert found is not None
    assert (found.seconds, found.n) == (8 * 180, 10)
    assert queries.suggest_due("下午给您回电", AT) == minutes(25)
    doubts = queries.doubts(text="给您回电", due_at=minutes(10), at=AT, by=SYSTEM)
    assert [doubt.code for doubt in doubts] == ["short"]


def test_a_due_time_outside_working_hours_is_doubted_and_not_refused() -> None:
    night = AT + timedelta(hours=13)
    assert [d.code for d in queries.doubts(text="寄出", due_at=night, at=AT, by=SYSTEM)] == ["closed"]
    agent = as_actor(a_person("agent"))
    money = queries.doubts(text="三天内退款给您", due_at=minutes(60), at=AT, by=agent)
    assert [doubt.code for doubt in money] == ["money"]
