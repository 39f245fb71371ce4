"""Background work waits while somebody is answered, and never for long."""

import contextlib
import time

from shouwen.platform import courtesy


def waited(late: float = 0.0) -> float:
    began = time.monotonic()
    courtesy.make_way(late)
    return time.monotonic() - began


def test_in_a_calm_moment_nobody_waits() -> None:
    courtesy._answered_at = 0.0
    assert waited() < courtesy.PATIENCE_SECONDS / 2


def test_while_somebody_is_answered_it_waits_as_long_as_its_patience() -> None:
    with courtesy.answering():
        assert waited() >= courtesy.PATIENCE_SECONDS


def test_the_later_it_is_the_less_it_waits() -> None:
    spans = [courtesy.patience(late) for late in (-1.0, 0.0, 2.0, 11.0, 20.0, 3_600.0)]
    assert spans == [1.0, 1.0, 1.0, 0.5, 0.05, 0.05]
    with courtesy.answering():
        assert courtesy.HARDLY_SECONDS <= waited(late=60.0) < 1.0


def test_an_answer_that_fails_has_ended_too() -> None:
    with contextlib.suppress(LookupError), courtesy.answering():
        dict[str, str]().__getitem__("nothing")
    assert not courtesy._answering
