"""kill -9 between accepting a callback and reading it, and in the middle of reading: nothing is lost or doubled."""

from pathlib import Path

import pytest

from shouwen.channels.tests.test_crashes import Play, play, prepared

__all__ = ["play", "prepared"]
pytestmark = [pytest.mark.crash, pytest.mark.slow]


@pytest.mark.parametrize("moment", ["accepted", "reading", "message"])
def test_an_accepted_callback_survives_a_kill_exactly_once(play: Play, tmp_path: Path, moment: str) -> None:
    assert play("callback", moment) is None
    after = play("read")
    assert after is not None
    assert (after["messages"], after["results"]) == ([["不能丢", "none"]], ["opened"])
    assert play("read") == after
