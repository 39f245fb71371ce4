from datetime import timedelta

import pytest

from shouwen.kernel.errors import Forbidden, Invalid, Refused
from shouwen.people import queries, services
from shouwen.people.testing import AT, a_person, as_actor
from shouwen.platform.access import SYSTEM
from shouwen.platform.ledger.queries import timeline

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=5)


def names(subject):
    return [row.name for row in timeline(subject)]


def test_everybody_sets_their_own_presence_and_the_ledger_says_so():
    staff = a_person()
    services.set_presence(staff_id=staff.id, presence="busy", at=LATER, by=as_actor(staff))
    now = queries.staff(staff.id)
    assert (now.presence, now.presence_since) == ("busy", LATER)
    last = timeline(staff.subject)[-1]
    assert (last.name, last.before, last.after) == (
        "people.presence_changed",
        {"presence": "offline"},
        {"presence": "busy"},
    )


def test_the_same_presence_again_changes_nothing():
    staff = a_person(presence="busy")
    before = names(staff.subject)
    services.set_presence(staff_id=staff.id, presence="busy", at=LATER, by=as_actor(staff))
    assert names(staff.subject) == before
    assert queries.staff(staff.id).presence_since == AT


def test_a_colleague_may_not_set_it_but_a_supervisor_may():
    staff = a_person()
    with pytest.raises(Forbidden):
        services.set_presence(staff_id=staff.id, presence="busy", at=AT, by=as_actor(a_person()))
    services.set_presence(staff_id=staff.id, presence="busy", at=AT, by=as_actor(a_person("supervisor")))


def test_an_unknown_presence_is_refused():
    with pytest.raises(Invalid) as refused:
        services.set_presence(staff_id=a_person().id, presence="asleep", at=AT, by=SYSTEM)
    assert refused.value.field == "presence"


def test_help_is_asked_once_and_given_by_the_first_colleague():
    asker, helper = a_person(), a_person()
    call = services.ask_for_help(staff_id=asker.id, words="Third shouting caller", at=AT, by=as_actor(asker))
    again = services.ask_for_help(staff_id=asker.id, words="Please", at=LATER, by=as_actor(asker))
    assert again == call
    with pytest.raises(Forbidden):
        services.give_help(staff_id=asker.id, at=LATER, by=as_actor(asker))
    services.give_help(staff_id=asker.id, at=LATER, by=as_actor(helper))
    assert queries.waiting_calls() == []
    with pytest.raises(Refused):
        services.give_help(staff_id=asker.id, at=LATER, by=as_actor(a_person()))
