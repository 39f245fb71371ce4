"""Channel statistics: figures by channel, what counts in them, and the list behind each."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from shouwen.cases import services
from shouwen.cases.models import Case
from shouwen.cases.queries import channel_figures
from shouwen.cases.testing import a_case, everything_happens, furnished
from shouwen.channels import services as channels
from shouwen.channels.models import Call
from shouwen.channels.vendors.desk import services as services_of_desk
from shouwen.channels.vendors.desk.testing import a_hall
from shouwen.channels.vendors.phone.testing import a_system
from shouwen.knowledge import services as knowledge
from shouwen.knowledge.testing import an_article
from shouwen.people.models import Staff
from shouwen.people.testing import a_person, a_team, as_actor
from shouwen.platform.access import ANONYMOUS, SYSTEM
from shouwen.platform.accounts.models import User

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
DAY = (AT - timedelta(hours=12), AT + timedelta(hours=12))
ASKED = "since=2026-03-02&until=2026-03-02"


@pytest.fixture
def anna() -> Staff:
    furnished(AT)
    return a_person("agent", name="Anna", teams=(a_team("First"),), presence="on_duty")


def solved(anna: Staff, *, channel: str = "email", asks_again: bool = False, handed: bool = False) -> Case:
    case = a_case(channel=channel, owner=anna)
    services.reply(case_id=case.pk, text="马上处理", at=AT + timedelta(minutes=30), by=as_actor(anna))
    if asks_again:
        channels.receive(
            channel=channel,
            customer_id=case.customer_id,
            subject=case.subject,
            text="怎么还没来？",
            author_name="客户",
            at=AT + timedelta(minutes=40),
        )
    services.resolve(case_id=case.pk, summary="已更换新的铲斗", at=AT + timedelta(hours=1), by=as_actor(anna))
    if handed:
        Case.objects.filter(pk=case.pk).update(handoff_count=1)
    case.refresh_from_db()
    return case


def figures(channel: str) -> channel_figures.Row:
    return next(row for row in channel_figures.rows(SYSTEM, *DAY) if row.channel == channel)


def refs(measure: str, channel: str = "") -> set[int]:
    return set(channel_figures.counted(SYSTEM, channel, measure, *DAY).values_list("pk", flat=True))


def test_volume_waiting_and_first_contact_are_counted_by_channel(anna: Staff) -> None:
    once, again, handed = solved(anna), solved(anna, asks_again=True), solved(anna, handed=True)
    waits = a_case(channel="web")
    mail = figures("email")
    assert (mail.opened, mail.replied, mail.ended, mail.first_contact) == (3, 3, 3, 1)
    assert mail.wait == timedelta(minutes=30)
    assert mail.first_contact_share == pytest.approx(1 / 3)
    web = figures("web")
    assert (web.opened, web.replied, web.unreplied, web.wait) == (1, 0, 1, None)
    assert web.first_contact_share is None
    assert refs("first_contact") == {once.pk}
    assert refs("again") == {again.pk, handed.pk}
    assert refs("unreplied", "web") == {waits.pk}


def test_a_reopened_case_was_not_solved_at_first_contact(anna: Staff) -> None:
    case = solved(anna)
    assert figures("email").first_contact == 1
    services.reopen(case_id=case.pk, reason="客户说又坏了", at=AT + timedelta(hours=2), by=as_actor(anna))
    services.resolve(case_id=case.pk, summary="再次更换新铲斗", at=AT + timedelta(hours=3), by=as_actor(anna))
    assert figures("email").first_contact == 0


def test_self_service_is_what_nobody_of_ours_wrote_about(anna: Staff) -> None:
    alone = a_case(channel="web")
    Case.objects.filter(pk=alone.pk).update(
        state="confirmed", active=False, closed_at=AT, resolved_at=AT + timedelta(minutes=5)
    )
    by_hand = services.register_contact(
        channel="phone", subject="问价格", text="问价格", customer=alone.customer, at=AT, by=as_actor(anna)
    )
    Case.objects.filter(pk=by_hand.pk).update(state="confirmed", active=False, closed_at=AT, resolved_at=AT)
    solved(anna)
    assert refs("self_service") == {alone.pk}
    assert figures("web").self_service_share == 1.0


def test_only_the_period_counts(anna: Staff) -> None:
    a_case(at=AT - timedelta(days=1))
    assert refs("opened") == set()


def test_all_figures_of_all_channels_cost_one_statement(anna: Staff, django_assert_num_queries: Any) -> None:
    for channel in ("email", "web", "phone"):
        a_case(channel=channel)
    with django_assert_num_queries(1):
        assert len(channel_figures.rows(SYSTEM, *DAY)) == 3


@pytest.fixture
def supervisor(client: Client, anna: Staff) -> Client:
    client.force_login(User.objects.get(pk=a_person("supervisor").pk), backend=BACKEND)
    return client


def test_each_figure_leads_to_the_list_of_its_cases(supervisor: Client, anna: Staff) -> None:
    case = solved(anna)
    everything_happens()
    page = supervisor.get(f"/channels/statistics/?{ASKED}").content.decode()
    assert "100%" in page
    assert "measure=first_contact&amp;channel=email" in page
    listed = supervisor.get(f"/channels/statistics/cases/?{ASKED}&measure=first_contact&channel=email")
    assert case.reference in listed.content.decode()


def test_readers_whom_an_article_helped_count_as_self_service(supervisor: Client, anna: Staff) -> None:
    solved(anna)
    shown = an_article(audience="public")
    for reader in ("a", "b", "c"):
        knowledge.count_vote(article_id=shown.pk, helpful=reader != "c", reader=reader, at=AT, by=ANONYMOUS)
    page = supervisor.get(f"/channels/statistics/?{ASKED}").content.decode()
    assert "67%" in page, "two readers of three who wanted something"
    assert "/knowledge/helped/?since=2026-03-02&amp;until=2026-03-02" in page
    listed = supervisor.get(f"/knowledge/helped/?{ASKED}").content.decode()
    assert shown.title in listed
    assert (
        shown.title
        not in supervisor.get("/knowledge/helped/?since=2026-03-03&until=2026-03-04").content.decode()
    )


def test_a_channels_own_figures_lead_to_their_list_in_the_same_period(supervisor: Client) -> None:
    hall = a_hall()
    for days in (0, 1):
        services_of_desk.take_number(hall=hall, matter_id=hall.matters.get().pk, at=AT - timedelta(days=days))
    system, begun = a_system(), {"line": None, "state": "ended", "ended_at": AT}
    gone = Call.objects.create(
        system=system, external_id="1", number="1391", started_at=AT, missed=True, **begun
    )
    spoken = Call.objects.create(
        system=system, external_id="2", number="1392", started_at=AT, answered_at=AT, **begun
    )
    page = supervisor.get(f"/channels/statistics/?{ASKED}").content.decode()
    assert f"/counter/visits/?{ASKED}".replace("&", "&amp;") in page
    visits = supervisor.get(f"/counter/visits/?{ASKED}").content.decode()
    assert visits.count("A001") == 1
    lost = supervisor.get(f"/calls/?view=lost&{ASKED}").content.decode()
    assert f"/calls/{gone.pk}/" in lost
    assert f"/calls/{spoken.pk}/" not in lost


@pytest.mark.parametrize(
    "asked",
    ["since=x", "since=2026-03-02&until=2026-03-01", "since=2025-01-01&until=2026-01-01", "days=1000"],
)
def test_a_period_that_is_none_is_refused(supervisor: Client, asked: str) -> None:
    assert supervisor.get(f"/channels/statistics/?{asked}").status_code == 422


def test_an_agent_does_not_see_the_statistics(client: Client, anna: Staff) -> None:
    client.force_login(User.objects.get(pk=anna.pk), backend=BACKEND)
    assert client.get("/channels/statistics/").status_code == 403
    assert client.get("/channels/statistics/cases/").status_code == 403
