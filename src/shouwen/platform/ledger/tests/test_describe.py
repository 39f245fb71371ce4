from datetime import UTC, datetime

from shouwen.platform.ledger import describe, history
from shouwen.platform.ledger.queries import EventRow


def test_an_event_reads_as_its_room_says() -> None:
    describe.sentence("ledger_test.said", "%(who)s said %(what)s")
    assert describe.say("ledger_test.said", {"who": "Li", "what": "yes"}) == "Li said yes"
    describe.sentence("ledger_test.said", lambda data: f"{data['who']}!")
    assert describe.say("ledger_test.said", {"who": "Li"}) == "Li!"


def test_without_a_sentence_the_wire_name_stands_there() -> None:
    assert describe.say("ledger_test.unheard", {}) == "ledger_test.unheard"


def test_old_data_that_lacks_a_value_does_not_break_the_page() -> None:
    describe.sentence("ledger_test.lacking", "%(who)s said %(what)s")
    assert describe.say("ledger_test.lacking", {"who": "Li"}) == "%(who)s said %(what)s"
    describe.sentence("ledger_test.lacking", lambda data: data["who"])
    assert describe.say("ledger_test.lacking", {}) == "ledger_test.lacking"


def test_the_parts_of_a_field_are_named_one_by_one() -> None:
    history.field("probe.colour", "Colour")
    history.field("probe.corner", "Corner", lambda code: {"left": "Left"}.get(code, code))
    history.word("probe.mood", "calm", "Calm")
    row = EventRow(
        id=1, name="x", data={}, at=datetime(2026, 3, 2, tzinfo=UTC), by_kind="user", by_id=1, by_name="Anna",
        before={"probe": {"colour": "", "corner": "right", "mood": "", "other": 1}},
        after={"probe": {"colour": None, "corner": "left", "mood": "calm", "other": 2}},
    )  # fmt: skip
    shown = [(change.label, change.now) for change in history.changes(row)]
    assert shown == [("Corner", "Left"), ("mood", "Calm"), ("other", "2")]
