"""Prepared statements do what the ORM does, on the database the tests run on."""

from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from shouwen.platform import db
from shouwen.platform.jobs.models import Job
from shouwen.platform.ledger.models import Event, EventSubject

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, 0, 123456, tzinfo=UTC)


def an_event(**changed: Any) -> Event:
    values = {
        "name": "desk.opened",
        "at": AT,
        "by_kind": "staff",
        "by_id": 7,
        "by_name": "李",
        "topics": ["案"],
    }
    return Event(**{**values, **changed})


def test_an_inserted_row_reads_back_as_it_was_written() -> None:
    made = db.insert(an_event(data={"词": "退款", "n": 1}, before=None, after={"a": [1, None]}, pending=True))
    known = Event.objects.get(pk=made.pk)
    assert (known.data, known.before, known.after) == ({"词": "退款", "n": 1}, None, {"a": [1, None]})
    assert (known.at, known.pending, known.topics, known.by_id) == (AT, True, ["案"], 7)
    assert Event.objects.filter(before__isnull=True, pk=made.pk).exists()


class Place(NamedTuple):
    kind: str
    pk: int


def test_what_python_knows_by_name_is_kept_as_json_keeps_it() -> None:
    given = {"place": Place("案", 7), "pair": (1, 2), 3: "three", "big": 2**53}
    made = db.insert(an_event(data=given))
    known = {"place": ["案", 7], "pair": [1, 2], "3": "three", "big": 2**53}
    assert Event.objects.get(pk=made.pk).data == known
    with pytest.raises(TypeError), transaction.atomic():
        db.insert(an_event(data={"set": {1}}))


def test_several_rows_are_inserted_in_one_statement_and_numbered_in_order() -> None:
    event = db.insert(an_event())
    rows = [
        EventSubject(event_id=event.pk, kind=kind, subject_id=n) for n, kind in enumerate(("case", "staff"))
    ]
    with CaptureQueriesContext(connection) as asked:
        db.insert_all(rows)
    assert len(asked) == 1
    known = EventSubject.objects.filter(event_id=event.pk).order_by("pk")
    assert [(row.pk, row.kind) for row in known] == [(row.pk, row.kind) for row in rows]


def test_a_row_whose_key_is_taken_leaves_the_first_as_it_is() -> None:
    def job(name: str) -> Job:
        return Job(name=name, args={"n": 1}, key="once", run_at=AT, created_at=AT)

    first = db.insert_or_touch(job("first"), "key")
    assert db.insert_or_touch(job("second"), "key").pk == first.pk
    assert list(Job.objects.filter(key="once").values_list("name", flat=True)) == ["first"]


def test_an_update_writes_only_what_is_named() -> None:
    event = db.insert(an_event())
    event.name, event.by_name, event.data = "desk.closed", "not written", {"x": True}
    db.update(event, "name", "data")
    known = Event.objects.get(pk=event.pk)
    assert (known.name, known.by_name, known.data) == ("desk.closed", "李", {"x": True})
    db.update(event)
    assert Event.objects.get(pk=event.pk).by_name == "not written"


def test_an_update_of_a_row_that_is_gone_is_an_error() -> None:
    event = db.insert(an_event())
    Event.objects.filter(pk=event.pk).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        db.update(event, "name")


ONE = db.Read(lambda pk: Event.objects.filter(pk=pk))
COLUMNS = ("id", "at", "data", "pending")
SINCE = db.Read(
    lambda name, at: Event.objects.filter(name=name, at__gte=at).order_by("-id").values_list(*COLUMNS)[:2]
)
FORGET = db.Erase(lambda name, by: Event.objects.filter(name=name, by_id=by))


def test_a_read_gives_rows_like_the_orm() -> None:
    made = db.insert(an_event(data={"a": 1}, after=None))
    for _again in range(7):  # often enough to be prepared on the server
        found = ONE.first(pk=made.pk)
    assert found is not None
    assert not found._state.adding
    asked = Event.objects.get(pk=made.pk)
    fields = [field.attname for field in Event._meta.concrete_fields]
    assert [getattr(found, name) for name in fields] == [getattr(asked, name) for name in fields]
    assert ONE.first(pk=made.pk + 1) is None


def test_a_read_of_columns_gives_tuples_within_its_limit() -> None:
    ids = [db.insert(an_event(pending=n == 2)).pk for n in range(3)]
    assert SINCE.all(name="desk.opened", at=AT) == [(ids[2], AT, {}, True), (ids[1], AT, {}, False)]
    assert SINCE.all(name="desk.opened", at=AT.replace(year=2027)) == []


NAMED = db.Read(
    lambda pk: EventSubject.objects.filter(event=pk).values_list("kind", "event__name", named=True)
)


def test_a_read_of_named_columns_gives_named_tuples() -> None:
    event = db.insert(an_event())
    db.insert(EventSubject(event_id=event.pk, kind="case", subject_id=1))
    assert [(row.kind, row.event__name) for row in NAMED.all(pk=event.pk)] == [("case", "desk.opened")]


JOINED = db.Read(lambda kind: EventSubject.objects.filter(kind=kind).select_related("event"))


def test_a_read_of_joined_rows_asks_no_more() -> None:
    event = db.insert(an_event(data={"a": 1}))
    db.insert(EventSubject(event_id=event.pk, kind="case", subject_id=5))
    with CaptureQueriesContext(connection) as asked:
        row = JOINED.all(kind="case")[0]
        assert (row.subject_id, row.event.name, row.event.data, row.event.at) == (
            5,
            "desk.opened",
            {"a": 1},
            AT,
        )
    assert len(asked) == 1


def test_an_erasure_takes_away_what_fits_and_says_how_many() -> None:
    db.insert(an_event())
    db.insert(an_event(by_id=8))
    assert FORGET(name="desk.opened", by=7) == 1
    assert list(Event.objects.filter(name="desk.opened").values_list("by_id", flat=True)) == [8]


AMONG = db.Read(lambda keys: Event.objects.filter(db.Among("pk", keys)).order_by("pk").values_list("pk"))


@pytest.mark.parametrize("many", [0, 1, 3, 1000])
def test_rows_are_read_by_a_list_of_keys_of_any_length(many: int) -> None:
    made = [db.insert(an_event()).pk for _n in range(3)]
    keys = [*made, *range(2**40, 2**40 + 1000)][:many]
    with CaptureQueriesContext(connection) as asked:
        assert [pk for (pk,) in AMONG.all(keys=keys)] == made[:many]
    assert len(asked) == 1


def test_a_row_and_those_that_refer_to_it_are_inserted_together() -> None:
    rows = [EventSubject(kind=kind, subject_id=n) for n, kind in enumerate(("case", "staff", "team"))]
    with CaptureQueriesContext(connection) as asked:
        event = db.insert_with(an_event(data={"词": "退款"}), rows, by="event_id")
    assert len(asked) == (1 if connection.vendor == "postgresql" else 2)
    known = EventSubject.objects.filter(event=event.pk).order_by("pk")
    assert [(row.pk, row.kind, row.event_id) for row in known] == [
        (row.pk, row.kind, event.pk) for row in rows
    ]
    assert Event.objects.get(pk=event.pk).data == {"词": "退款"}
    alone = db.insert_with(an_event(), [], by="event_id")
    assert alone.pk > event.pk


NEWEST = db.Read(lambda name: Event.objects.filter(name=name).order_by("-id").values_list(*COLUMNS)[:1])
PLACED = db.Read(
    lambda kind: (
        EventSubject.objects.filter(kind=kind).order_by("-id").values_list("subject_id", named=True)[:1]
    )
)


def test_the_first_rows_of_several_are_read_by_one_statement() -> None:
    event = db.insert(an_event(data={"n": 1}))
    db.insert(EventSubject(event_id=event.pk, kind="case", subject_id=5))
    asked = [(NEWEST, {"name": "desk.opened"}), (NEWEST, {"name": "no.such"}), (PLACED, {"kind": "case"})]
    with CaptureQueriesContext(connection) as statements:
        known, none, placed = db.firsts(asked)
    assert len(statements) == 1
    assert known == (event.pk, AT, {"n": 1}, False) == NEWEST.first(name="desk.opened")
    assert none is None
    assert placed.subject_id == 5


def test_rows_that_a_unique_rule_forbids_are_left_out() -> None:
    def job(key: str) -> Job:
        return Job(name="a job", args={"n": 1}, key=key, run_at=AT, created_at=AT)

    db.insert(job("once"))
    assert db.insert_missing([job("once"), job("twice"), job("thrice")]) == 2
    assert db.insert_missing([job("once")]) == 0
    assert db.insert_missing([]) == 0
    assert Job.objects.filter(key__in=["once", "twice", "thrice"]).count() == 3
