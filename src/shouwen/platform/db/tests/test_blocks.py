"""Blocks without savepoints: cheaper, and as safe."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from shouwen.platform import db
from shouwen.platform.jobs.models import Schedule

AT = datetime(2026, 3, 31, 8, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


def written() -> list[str]:
    return list(Schedule.objects.order_by("name").values_list("name", flat=True))


@transaction.atomic
def write(name: str) -> None:
    Schedule.objects.create(name=name, next_at=AT)


def test_nested_blocks_in_one_piece_set_no_savepoints() -> None:
    with transaction.atomic(), db.in_one_piece():
        write("a")
        assert connection.savepoint_ids == []
        with transaction.atomic():
            assert connection.savepoint_ids == [None]
    with transaction.atomic(), transaction.atomic():
        assert connection.savepoint_ids != [None]
    assert written() == ["a"]


def test_what_fails_inside_undoes_all_of_it() -> None:
    def work() -> None:
        with transaction.atomic(), db.in_one_piece():
            write("a")
            write("")
            write("a")

    with pytest.raises(IntegrityError):
        work()
    assert written() == []


def test_work_that_lives_with_a_refusal_of_the_database_is_done_once_more_with_savepoints() -> None:
    write("taken")
    tries: list[int] = []

    def work() -> str:
        tries.append(1)
        write("before")
        try:
            write("taken")
        except IntegrityError:
            write("instead")
        return "done"

    assert db.tried_in_one_piece(work) == "done"
    assert len(tries) == 2
    assert written() == ["before", "instead", "taken"]
