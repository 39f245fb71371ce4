"""How a message travels: in numbered pieces, so that it has any length and nobody takes it twice.

PostgreSQL carries less than 8000 bytes in one notification. A piece is "<from>:<number>:<part>/<parts>:<text>",
all ASCII; a sender counts its messages, and its pieces arrive in the order in which they were sent.
"""

import os
import secrets

PIECE_CHARACTERS = 7000
SENDERS = 1000  # processes that were started since this one was; the longest silent is forgotten first


class Sender:
    def __init__(self) -> None:
        self.name = f"{os.getpid():x}-{secrets.token_hex(4)}"
        self._count = 0

    def pieces(self, text: str) -> list[str]:
        """`text` (ASCII) as one message, in at least one piece."""
        self._count += 1
        size = PIECE_CHARACTERS
        parts = [text[begin : begin + size] for begin in range(0, len(text), size)] or [""]
        return [
            f"{self.name}:{self._count}:{part}/{len(parts)}:{piece}" for part, piece in enumerate(parts, 1)
        ]


class Receiver:
    """Puts pieces together; leaves out those of `own` name, and what it has had."""

    def __init__(self, own: str) -> None:
        self._own = own
        self._had: dict[str, int] = {}  # by sender: the newest message that was whole
        self._parts: dict[str, list[str]] = {}  # by sender: the pieces of the message on its way

    def take(self, piece: str) -> str | None:
        """The message that `piece` completes; None when it completes none, or one that was there before."""
        sender, number, place, text = piece.split(":", 3)
        part, parts = (int(one) for one in place.split("/"))
        if sender == self._own or int(number) <= self._had.get(sender, 0):
            return None
        got = self._parts.setdefault(sender, [])
        if part == 1:
            got.clear()
        if len(got) != part - 1:
            return None  # its beginning was sent before we listened
        got.append(text)
        if part < parts:
            return None
        del self._parts[sender]
        self._had.pop(sender, None)
        self._had[sender] = int(number)
        if len(self._had) > SENDERS:
            del self._had[next(iter(self._had))]
        return "".join(got)
