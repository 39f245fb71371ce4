from shouwen.platform.ledger import describe


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
