"""Messages between processes: of any length, taken once, never by who sent them."""

from shouwen.platform.live.wires.frames import PIECE_CHARACTERS, Receiver, Sender


def arrived(receiver: Receiver, pieces: list[str]) -> list[str]:
    return [whole for piece in pieces if (whole := receiver.take(piece)) is not None]


def test_a_short_message_travels_in_one_piece() -> None:
    pieces = Sender().pieces("a:b/c")
    assert len(pieces) == 1
    assert arrived(Receiver("me"), pieces) == ["a:b/c"]


def test_a_long_message_is_put_together_again_and_no_piece_is_too_long_for_postgresql() -> None:
    text = "0123456789" * 5000
    pieces = Sender().pieces(text)
    assert max(len(piece) for piece in pieces) < PIECE_CHARACTERS + 200 < 8000
    assert arrived(Receiver("me"), pieces) == [text]


def test_what_is_sent_again_is_taken_once() -> None:
    sender, receiver = Sender(), Receiver("me")
    pieces = [*sender.pieces("one"), *sender.pieces("2" * 20_000), *sender.pieces("three")]
    assert arrived(receiver, [*pieces[:3], *pieces, *pieces]) == ["one", "2" * 20_000, "three"]


def test_nobody_takes_what_they_said_themselves() -> None:
    sender = Sender()
    assert arrived(Receiver(sender.name), sender.pieces("hello")) == []


def test_a_message_whose_beginning_was_missed_is_left_out() -> None:
    sender, receiver = Sender(), Receiver("me")
    assert arrived(receiver, sender.pieces("x" * 20_000)[1:]) == []
    assert arrived(receiver, sender.pieces("next")) == ["next"]


def test_the_pieces_of_two_senders_may_mix() -> None:
    one, two = (Sender().pieces(letter * 10_000) for letter in "ab")
    assert arrived(Receiver("me"), [one[0], two[0], one[1], two[1]]) == ["a" * 10_000, "b" * 10_000]
