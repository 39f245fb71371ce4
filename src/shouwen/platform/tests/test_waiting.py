"""Figures of the frame: each room says what it counts, one statement counts it all."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwen.platform import db
from shouwen.platform.access import now
from shouwen.platform.accounts.models import User
from shouwen.platform.waiting import Counted, settled

NAMED = db.Read(lambda name: User.objects.filter(name=name).values_list("pk")[:3])

pytestmark = pytest.mark.django_db


@pytest.fixture
def five() -> None:
    for n in range(5):
        User.objects.create(username=f"u{n}", name="甲" if n < 4 else "乙", created_at=now())


@pytest.mark.usefixtures("five")
def test_figures_are_counted_in_one_statement_up_to_their_limits() -> None:
    with CaptureQueriesContext(connection) as asked:
        found = settled(
            {
                "first": Counted(((NAMED, {"name": "甲"}),)),
                "none": Counted(((NAMED, {"name": "丙"}),)),
                "both": Counted(((NAMED, {"name": "甲"}), (NAMED, {"name": "乙"})), lambda a, b: a * 10 + b),
                "known": 7,
                "nothing": None,
            }
        )
    assert found == {"first": 3, "none": None, "both": 31, "known": 7, "nothing": None}
    assert len(asked) == 1


@pytest.mark.usefixtures("five")
def test_a_figure_can_be_asked_by_itself() -> None:
    assert Counted(((NAMED, {"name": "乙"}),)).number == 1
