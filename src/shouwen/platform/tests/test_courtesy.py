"""Background work waits while somebody is answered, and never for long."""

import contextlib
import time

from shouwen.platform import courtesy


def waited() -> float:
    began = time.monotonic()
    courtesy.make_way()
    return time.monotonic() - began


def test_in_a_calm_moment_nobody_waits() -> None:
    courtesy._answered_at = 0.0
    assert waited() < courtesy.PATIENCE_SECONDS / 2


def test_while_somebody_is_answered_it_waits_as_long_as_its_patience() -> None:
    with courtesy.answering():
        assert waited() >= courtesy.PATIENCE_SECONDS


def test_an_answer_that_fails_has_ended_too() -> None:
    with contextlib.suppress(LookupError), courtesy.answering():
        dict[str, str]().__getitem__("nothing")
    assert not courtesy._answering
