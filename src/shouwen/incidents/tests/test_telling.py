"""One update reaches every customer on their own channel, with their own promise; each answers for themselves."""

from datetime import timedelta

import pytest

from shouwen.cases import services as case_services
from shouwen.cases.testing import AT, a_case, everything_happens, speaks
from shouwen.channels.models import Message
from shouwen.customers.testing import a_customer
from shouwen.incidents import queries, services
from shouwen.incidents.models import Area, Link, Told, Update
from shouwen.incidents.services import telling
from shouwen.incidents.testing import MINUTE, affected, an_incident
from shouwen.kernel.errors import Forbidden, Invalid, Refused
from shouwen.people.models import Staff
from shouwen.people.testing import a_person, as_actor
from shouwen.platform.access import Actor
from shouwen.promises import queries as promises
from shouwen.promises.models import Promise

LATER = AT + 5 * MINUTE
FIVE = AT + timedelta(hours=5)


def sent_all(update: Update, at: object = LATER) -> None:
    while telling.send_batch(update_id=update.pk, at=at):  # type: ignore[arg-type]
        pass


def told_messages(kind: str = "incident") -> list[Message]:
    return list(Message.objects.filter(kind=kind, direction="outbound").order_by("id"))


def test_each_customer_is_told_once_and_promised_the_time_themselves(lead: Actor) -> None:
    cases = [affected(n) for n in range(1, 24)]
    incident = an_incident(*cases, by=lead)
    update = services.publish(
        incident_id=incident.pk, text="光缆被施工挖断，正在抢修。", estimate_at=FIVE, at=LATER, by=lead
    )
    sent_all(update)
    sent_all(update)
    assert [m.address for m in told_messages()] == [f"affected{n}@example.com" for n in range(1, 24)]
    for case in cases:
        (promise,) = promises.open_for(case.subject)
        assert (promise.due_at, promise.customer_id) == (FIVE, case.customer_id)
        assert promise.message_id is not None
        case.refresh_from_db()
        assert case.first_replied_at == LATER
        assert case.awaiting == "customer"
    page = queries.incident_page(incident.pk, lead)
    assert (page.updates[0].done, page.updates[0].wanted, page.is_sending) == (23, 23, False)


def test_a_new_time_renegotiates_every_promise_before_it_is_due(lead: Actor) -> None:
    cases = [affected(n) for n in range(1, 4)]
    incident = an_incident(*cases, by=lead)
    first = services.publish(incident_id=incident.pk, text="抢修中。", estimate_at=FIVE, at=LATER, by=lead)
    sent_all(first)
    later = FIVE + timedelta(hours=2)
    at = LATER + timedelta(hours=1)
    second = services.publish(incident_id=incident.pk, text="需要更久。", estimate_at=later, at=at, by=lead)
    sent_all(second, at)
    everything_happens(at)
    for case in cases:
        states = [(p.state, p.due_at) for p in Promise.objects.filter(subject_id=case.pk).order_by("id")]
        assert states == [("renegotiated", FIVE), ("open", later)]
        renewed = promises.open_for(case.subject)[0]
        assert renewed.customer_told_at == at
        assert renewed.told_message_id is not None
    assert not Message.objects.filter(kind="new_time").exists()  # one message, not two


def test_each_reads_it_in_their_own_language(lead: Actor) -> None:
    chinese = affected(1)
    english = affected(2, customer={"language": "en"})
    traditional = affected(3, customer={"language": "zh-hant"})
    incident = an_incident(chinese, english, traditional, by=lead, title_en="Fibre cable cut")
    update = services.publish(
        incident_id=incident.pk,
        text="施工挖断光缆，我们正在抢修。",
        text_en="A digger cut the cable; we are splicing it.",
        at=LATER,
        by=lead,
    )
    sent_all(update)
    by_case = {m.subject_id: m for m in told_messages()}
    assert "施工挖断光缆" in by_case[chinese.pk].text
    assert "客户1" in by_case[chinese.pk].text
    assert "A digger cut the cable" in by_case[english.pk].text
    assert "Fibre cable cut" in by_case[english.pk].title
    assert "光纜" in by_case[traditional.pk].text
    assert chinese.reference in by_case[chinese.pk].text
    assert "/r/" in by_case[chinese.pk].text


def test_who_has_no_address_is_told_by_phone_and_promised_then(lead: Actor) -> None:
    caller = a_customer("只有电话", phone="024-8888 1234", region="和平区")
    agent = a_person("agent")
    case = a_case(customer=caller, channel="phone", owner=agent)
    incident = an_incident(case, by=lead)
    update = services.publish(incident_id=incident.pk, text="抢修中。", estimate_at=FIVE, at=LATER, by=lead)
    sent_all(update)
    assert Told.objects.get().way == "by_hand"
    assert promises.open_for(case.subject) == []
    services.mark_told(incident_id=incident.pk, case_id=case.pk, at=LATER, by=as_actor(agent))
    assert Told.objects.get().way == "by_word"
    assert [p.due_at for p in promises.open_for(case.subject)] == [FIVE]
    with pytest.raises(Refused):
        services.mark_told(incident_id=incident.pk, case_id=case.pk, at=LATER, by=as_actor(agent))


def test_who_is_still_to_be_phoned_stays_on_the_list_when_news_goes_to_another_area(lead: Actor) -> None:
    agent = a_person("agent")
    callers = [a_customer(f"只有电话{n}", phone=f"024-8888 123{n}", region="和平区") for n in range(2)]
    waiting = [a_case(customer=one, channel="phone", owner=agent) for one in callers]
    incident = an_incident(*waiting, affected(7, area="沈河区"), by=lead, areas=["和平区", "沈河区"])
    sent_all(services.publish(incident_id=incident.pk, text="抢修中。", estimate_at=FIVE, at=LATER, by=lead))
    there = Area.objects.get(incident=incident, name="沈河区")
    sent_all(services.restore(incident_id=incident.pk, area_ids=[there.pk], at=LATER, by=lead))

    def to_be_phoned() -> set[int]:
        page = queries.incident_page(incident.pk, lead, show="by_hand")
        assert page.by_hand == len(page.links.rows)
        return {row.link.case_id for row in page.links.rows}

    assert to_be_phoned() == {one.pk for one in waiting}
    services.mark_told(incident_id=incident.pk, case_id=waiting[0].pk, at=LATER, by=as_actor(agent))
    assert to_be_phoned() == {waiting[1].pk}


def test_a_second_click_does_not_tell_older_news_by_phone(lead: Actor) -> None:
    agent = a_person("agent")
    caller = a_customer("只有电话", phone="024-8888 1234", region="和平区")
    case = a_case(customer=caller, channel="phone", owner=agent)
    incident = an_incident(case, by=lead)
    for text, hours in (("抢修中。", 0), ("要再等一小时。", 1)):
        due = FIVE + timedelta(hours=hours)
        sent_all(services.publish(incident_id=incident.pk, text=text, estimate_at=due, at=LATER, by=lead))
    given = {"incident_id": incident.pk, "case_id": case.pk, "at": LATER, "by": as_actor(agent)}
    services.mark_told(**given)
    with pytest.raises(Refused):
        services.mark_told(**given)
    assert [one.due_at for one in promises.open_for(case.subject)] == [FIVE + timedelta(hours=1)]
    assert queries.incident_page(incident.pk, lead).by_hand == 0


def test_one_customer_who_cannot_be_told_does_not_keep_the_others(
    lead: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [affected(n) for n in range(1, 4)]
    incident = an_incident(*cases, by=lead)
    whole = telling.case_services.inform

    def inform(**given: object) -> object:
        if given["case_id"] == cases[1].pk:
            raise ValueError("broken")
        return whole(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(telling.case_services, "inform", inform)
    sent_all(services.publish(incident_id=incident.pk, text="抢修中。", at=LATER, by=lead))
    assert list(Told.objects.order_by("id").values_list("way", flat=True)) == ["sent", "failed", "sent"]


def test_a_case_linked_later_hears_the_newest_news_after_a_minute(lead: Actor) -> None:
    incident = an_incident(affected(1), by=lead)
    sent_all(services.publish(incident_id=incident.pk, text="抢修中。", estimate_at=FIVE, at=LATER, by=lead))
    late, slip = affected(2), affected(3)
    services.link(incident_id=incident.pk, case_id=late.pk, at=LATER, by=lead)
    services.link(incident_id=incident.pk, case_id=slip.pk, at=LATER, by=lead)
    services.unlink(incident_id=incident.pk, case_id=slip.pk, at=LATER, by=lead)
    for link in Link.objects.filter(case__in=[late.pk, slip.pk]):
        services.tell_one(link_id=link.pk, at=LATER + MINUTE)
        services.tell_one(link_id=link.pk, at=LATER + MINUTE)  # a job may run twice
    assert [m.subject_id for m in told_messages()][1:] == [late.pk]
    assert len(promises.open_for(late.subject)) == 1
    assert promises.open_for(slip.subject) == []


def restored(
    lead: Actor, *cases: object, areas: tuple[str, ...] = ("和平区",), partly: bool = False
) -> object:
    incident = an_incident(*cases, by=lead, areas=areas)  # type: ignore[arg-type]
    sent_all(services.publish(incident_id=incident.pk, text="抢修中。", estimate_at=FIVE, at=LATER, by=lead))
    chosen = (
        Area.objects.filter(incident=incident, name=areas[0]).values_list("pk", flat=True) if partly else []
    )
    at = LATER + timedelta(hours=1)
    sent_all(services.restore(incident_id=incident.pk, area_ids=list(chosen), at=at, by=lead), at)
    everything_happens(at)
    return queries.get(incident.pk, lead)


def test_restored_asks_one_by_one_and_keeps_the_promise(lead: Actor, agent: Staff) -> None:
    mine, unowned = affected(1, owner=agent), affected(2)
    incident = restored(lead, mine, unowned)
    assert incident.state == "restored"  # type: ignore[attr-defined]
    for case in (mine, unowned):
        case.refresh_from_db()
        assert case.state == "resolved"
        assert {p.state for p in Promise.objects.filter(subject_id=case.pk)} == {"kept"}
    assert unowned.owner_id == lead.user_id  # somebody answers for what is said to be solved
    asked = [m for m in told_messages() if m.subject_id == mine.pk]
    assert len(asked) == 2
    assert not Message.objects.filter(kind="confirmation").exists()


def test_yes_confirms_that_case_and_no_other(lead: Actor) -> None:
    one, other = affected(1), affected(2)
    incident = restored(lead, one, other)
    case_services.answer_confirmation(case_id=one.pk, solved=True, at=LATER, by=speaks(one))
    everything_happens(LATER)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, other.state) == ("confirmed", "resolved")
    assert queries.incident_page(incident.pk, lead).answers["working"] == 1  # type: ignore[attr-defined]


def test_still_not_working_opens_the_incident_and_that_case_again(lead: Actor) -> None:
    one, other = affected(1), affected(2)
    incident = restored(lead, one, other)
    case_services.answer_confirmation(case_id=one.pk, solved=False, word="还是红灯", at=LATER, by=speaks(one))
    everything_happens(LATER)
    one.refresh_from_db()
    other.refresh_from_db()
    again = queries.get(incident.pk, lead)  # type: ignore[attr-defined]
    assert (again.state, again.active, again.reopen_count) == ("reopened", True, 1)
    assert (one.state, other.state) == ("open", "resolved")
    assert Area.objects.get(incident=again).restored_at is None
    assert Link.objects.get(case=one).answer == "not_working"


@pytest.mark.parametrize(
    ("words", "state", "case_state"),
    [
        ("好了，可以上网了", "restored", "confirmed"),
        ("还是上不了网！", "reopened", "open"),
        ("请问发票怎么开", "restored", "open"),
    ],
)
def test_an_answer_by_mail_is_read(lead: Actor, words: str, state: str, case_state: str) -> None:
    from shouwen.channels import services as channels

    one = affected(1)
    incident = restored(lead, one)
    at = LATER + timedelta(hours=2)
    channels.receive(
        channel="email",
        customer_id=one.customer_id,
        subject=one.subject,
        text=words,
        author_name="客户1",
        at=at,
        by=speaks(one),
    )
    from shouwen.cases import queries as cases

    case_services.receive(case=cases.locked(one.pk), text=words, channel="email", at=at)
    everything_happens(at)
    one.refresh_from_db()
    assert queries.get(incident.pk, lead).state == state  # type: ignore[attr-defined]
    assert one.state == case_state


def test_partly_restored_asks_only_there_and_a_no_takes_only_that_area_back(lead: Actor) -> None:
    here, there = affected(1, area="和平区"), affected(2, area="沈河区")
    incident = restored(lead, here, there, areas=("和平区", "沈河区"), partly=True)
    assert incident.state == "partly"  # type: ignore[attr-defined]
    here.refresh_from_db()
    there.refresh_from_db()
    assert (here.state, there.state) == ("resolved", "new")
    assert promises.open_for(there.subject)  # still promised
    at = LATER + timedelta(hours=2)
    services.answer(incident_id=incident.pk, case_id=here.pk, working=False, at=at, by=lead)  # type: ignore[attr-defined]
    assert queries.get(incident.pk, lead).state == "reopened"  # type: ignore[attr-defined]
    assert not Area.objects.filter(restored_at__isnull=False).exists()


def test_who_reports_it_again_after_it_was_restored_opens_it_again(lead: Actor) -> None:
    incident = restored(lead, affected(1))
    again = affected(9, at=LATER + timedelta(hours=3))
    services.link(incident_id=incident.pk, case_id=again.pk, at=LATER + timedelta(hours=3), by=lead)  # type: ignore[attr-defined]
    assert queries.get(incident.pk, lead).state == "reopened"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "长" * 2001}, "text"),
        ({"text": "好", "text_en": "x" * 2001}, "text_en"),
        ({"text": "好", "estimate_at": LATER + 5 * MINUTE}, "estimate_at"),
        ({"text": "好", "estimate_at": LATER + timedelta(days=91)}, "estimate_at"),
        ({"text": "好", "estimate_at": FIVE.replace(tzinfo=None)}, "estimate_at"),
    ],
)
def test_bad_news_are_refused_by_field(lead: Actor, given: dict[str, object], field: str) -> None:
    incident = an_incident(affected(1), by=lead)
    with pytest.raises(Invalid) as caught:
        services.publish(incident_id=incident.pk, at=LATER, by=lead, **given)  # type: ignore[arg-type]
    assert caught.value.field == field


def test_an_agent_may_link_but_not_lead(lead: Actor, agent: Staff) -> None:
    incident = an_incident(by=lead)
    case = affected(1)
    services.link(incident_id=incident.pk, case_id=case.pk, at=AT, by=as_actor(agent))
    for act in (
        lambda by: services.publish(incident_id=incident.pk, text="好", at=AT, by=by),
        lambda by: services.restore(incident_id=incident.pk, at=AT, by=by),
        lambda by: services.close(incident_id=incident.pk, at=AT, by=by),
        lambda by: services.change(incident_id=incident.pk, cause="x", at=AT, by=by),
        lambda by: services.open_incident(title="新", at=AT, by=by),
    ):
        with pytest.raises(Forbidden):
            act(as_actor(agent))


def test_closing_waits_for_restoring(lead: Actor) -> None:
    incident = an_incident(affected(1), by=lead)
    with pytest.raises(Refused):
        services.close(incident_id=incident.pk, at=AT, by=lead)
    done = restored(lead, affected(2))
    assert services.close(incident_id=done.pk, at=LATER, by=lead).state == "closed"  # type: ignore[attr-defined]
    with pytest.raises(Refused):
        services.restore(incident_id=done.pk, at=LATER, by=lead)  # type: ignore[attr-defined]
