"""What became of a call, computed from its events in whatever order they arrive."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

from shouwen.channels.vendors.phone.calls import Event, figures

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def event(kind: str, after: int, **more: str) -> Event:
    return Event(kind, NOON + timedelta(seconds=after), **more)


WHOLE = [
    event("ringing", 0, extension="801"),
    event("answered", 12, extension="801"),
    event("held", 60),
    event("resumed", 95),
    event("ended", 200),
]


def test_hold_and_talk_are_counted_apart() -> None:
    call = figures(WHOLE)
    assert (call.state, call.wait, call.hold, call.talk) == ("ended", 12, 35, 153)
    assert (call.extension, call.extensions, call.unanswered) == ("801", [], False)


def test_every_order_of_arrival_gives_the_same_call() -> None:
    assert {repr(figures(order)) for order in permutations(WHOLE)} == {repr(figures(WHOLE))}


def test_a_call_nobody_answered_is_missed_after_its_end() -> None:
    call = figures([event("ringing", 0, extension="801"), event("ended", 25)])
    assert (call.unanswered, call.wait, call.talk) == (True, 25, 0)


def test_an_answer_that_arrives_after_the_end_is_no_missed_call() -> None:
    assert not figures([WHOLE[0], WHOLE[4], WHOLE[1]]).unanswered


def test_it_rings_at_all_extensions_of_a_group_until_one_answers() -> None:
    ringing = [event("ringing", 0, extension="801"), event("ringing", 1, extension="802")]
    assert figures(ringing).extensions == ["801", "802"]
    assert figures([*ringing, event("answered", 5, extension="802")]).extensions == ["802"]


def test_passing_on_ends_the_hold_and_shows_where_the_call_is_now() -> None:
    call = figures([*WHOLE[:3], event("transferred", 80, to="803"), event("ended", 100)])
    assert (call.hold, call.talk, call.transferred_to, call.extension) == (20, 68, "803", "801")


def test_a_call_that_ends_on_hold_was_held_to_the_end() -> None:
    call = figures([*WHOLE[:3], event("ended", 90)])
    assert (call.hold, call.talk) == (30, 48)


def test_while_the_caller_is_held_the_figures_stand_at_the_newest_event() -> None:
    call = figures([*WHOLE[:3], event("recording", 70, url="https://pbx.example/1")])
    assert (call.state, call.hold, call.talk) == ("held", 10, 48)


def test_two_events_of_one_second_are_taken_in_the_order_of_life() -> None:
    call = figures([event("ended", 5), event("answered", 5, extension="801"), event("ringing", 5)])
    assert (call.state, call.unanswered, call.talk) == ("ended", False, 0)
