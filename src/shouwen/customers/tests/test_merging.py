import pytest

from shouwen.customers import queries, services
from shouwen.customers.testing import AT, a_customer, a_flag, an_asset, an_organisation
from shouwen.kernel.errors import Forbidden, Refused
from shouwen.platform.access import SYSTEM, Actor
from shouwen.platform.ledger.queries import timeline

pytestmark = pytest.mark.django_db


def merged(winner, loser, **values):
    return services.merge(winner_id=winner.pk, loser_id=loser.pk, at=AT, by=SYSTEM, **values)


@pytest.fixture
def pair():
    winner = a_customer("Zhang", phone="13812345678", tier="C")
    loser = a_customer("Zhang Wei", phone="13812345679", email="zhang@example.com", tier="A", region="Hunan")
    an_asset(loser)
    a_flag(loser)
    return winner, loser


def test_everything_of_the_loser_moves_to_the_winner(pair):
    winner, loser = pair
    made = merged(winner, loser, choice={"tier": "loser"})
    winner.refresh_from_db(), loser.refresh_from_db()
    assert (winner.name, winner.tier, winner.region) == ("Zhang", "A", "Hunan")
    assert winner.contacts.count() == 3
    assert winner.contacts.filter(kind="phone", primary=True).count() == 1
    assert (len(queries.assets_of(winner.pk)), len(queries.active_flags(winner.pk, AT))) == (1, 1)
    assert queries.current(loser.pk) == winner
    event = timeline(loser.subject)[-1]
    assert event.data == {"winner_id": winner.pk, "loser_id": loser.pk, "merge_id": made.pk}


def test_a_merge_can_be_undone(pair):
    winner, loser = pair
    made = merged(winner, loser, choice={"tier": "loser", "name": "loser"})
    services.undo_merge(merge_id=made.pk, at=AT, by=SYSTEM)
    winner.refresh_from_db(), loser.refresh_from_db()
    assert (winner.name, winner.tier, winner.region) == ("Zhang", "C", "")
    assert (winner.contacts.count(), loser.contacts.count()) == (1, 2)
    assert loser.contacts.filter(primary=True).count() == 2
    assert len(queries.assets_of(loser.pk)) == len(queries.active_flags(loser.pk, AT)) == 1
    assert loser.here
    with pytest.raises(Refused):
        services.undo_merge(merge_id=made.pk, at=AT, by=SYSTEM)


def test_an_undone_merge_keeps_what_was_changed_since(pair):
    winner, loser = pair
    made = merged(winner, loser)
    services.change(customer_id=winner.pk, region="Shanghai", at=AT, by=SYSTEM)
    services.undo_merge(merge_id=made.pk, at=AT, by=SYSTEM)
    winner.refresh_from_db()
    assert winner.region == "Shanghai"


def test_people_of_a_merged_organisation_move_along():
    winner, loser = an_organisation(), an_organisation()
    person = a_customer(organisation=loser)
    made = merged(winner, loser)
    assert queries.people_of(winner.pk) == [person]
    services.undo_merge(merge_id=made.pk, at=AT, by=SYSTEM)
    assert queries.people_of(loser.pk) == [person]


def test_the_same_machine_written_down_twice_does_not_stop_a_merge():
    winner, loser = a_customer(), a_customer()
    an_asset(winner, serial_number="SN-1"), an_asset(loser, serial_number="SN-1"), an_asset(loser)
    merged(winner, loser)
    assert (len(queries.assets_of(winner.pk)), len(queries.assets_of(loser.pk))) == (2, 1)


def test_what_cannot_be_merged_is_refused(pair):
    winner, loser = pair
    company = an_organisation()
    for one, two in ((winner, winner), (winner, company)):
        with pytest.raises(Refused):
            merged(one, two)
    merged(winner, loser)
    with pytest.raises(Refused):
        merged(winner, loser)
    with pytest.raises(Refused):
        services.change(customer_id=loser.pk, name="Ghost", at=AT, by=SYSTEM)


def test_an_agent_does_not_merge(pair):
    agent = Actor(user_id=1, kind="staff", permissions=frozenset({"customers.see", "customers.register"}))
    with pytest.raises(Forbidden):
        services.merge(winner_id=pair[0].pk, loser_id=pair[1].pk, at=AT, by=agent)


def test_a_later_merge_of_the_winner_is_undone_first(pair):
    winner, loser = pair
    first, last = merged(winner, loser), a_customer()
    second = merged(last, winner)
    with pytest.raises(Refused):
        services.undo_merge(merge_id=first.pk, at=AT, by=SYSTEM)
    services.undo_merge(merge_id=second.pk, at=AT, by=SYSTEM)
    services.undo_merge(merge_id=first.pk, at=AT, by=SYSTEM)
    assert queries.current(loser.pk) == loser


def test_the_same_name_or_asset_makes_a_possible_duplicate():
    one, two, other = a_customer("Zhang Wei"), a_customer("Zhang Wei"), a_customer("Li")
    an_asset(one, serial_number="SN-9"), an_asset(other, serial_number="SN-9")
    assert queries.possible_duplicates(one) == [two, other]
    assert queries.possible_duplicates(two) == [one]
