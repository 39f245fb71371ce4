"""Fetching by IMAP: new messages by UID, IDLE with polling as the fall-back, nothing marked before it is stored.

The order for every message is: read without marking (BODY.PEEK) → `store(raw, uid)` → remember the UID →
mark or move on the server. A crash between any two of these leaves the message where the next start finds
it; a message stored twice is recognised by its Message-ID by whoever stores it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Event
from typing import Any

from imap_tools.errors import MailboxLoginError
from imap_tools.mailbox import BaseMailBox

from shouwen.kernel.errors import N_, Sentence
from shouwen.platform.mail.connection import Server, Step, look_up
from shouwen.platform.mail.imap_session import (
    GONE,
    NO,
    TROUBLE,
    answer,
    fetch,
    fetch_size,
    opened,
    search,
    select,
    sentence_for,
    wait_by_idle,
)

log = logging.getLogger(__name__)
REIDLE_SECONDS = (
    9 * 60
)  # servers may end IDLE after 30 minutes, routers forget silent connections much earlier
LONGEST_WAIT = 300.0
MAX_BYTES = 50 * 1024 * 1024
GIVE_UP_AFTER = 5


class After(StrEnum):
    """What happens on the server once a message is stored."""

    SEEN = "seen"
    MOVE = "move"
    LEAVE = "leave"


@dataclass(frozen=True)
class Position:
    """How far a folder has been read. Another `uidvalidity` means that the server counts anew."""

    uidvalidity: int
    last_uid: int


@dataclass(frozen=True)
class Fetching:
    """How a mailbox is read. Times in seconds."""

    folder: str = "INBOX"
    after: After = After.SEEN
    move_to: str = ""
    poll_seconds: float = 60.0
    idle: bool = True
    max_bytes: int = MAX_BYTES


class NotStored(Exception):
    """The callback could not keep a message; it stays unmarked on the server and is fetched again.

    A callback that raises it by itself says that the trouble is in our own house and not in the message:
    then no message is ever passed over, however long it lasts.
    """


Store = Callable[[bytes, int], object]


@dataclass
class Mailbox:
    """One mailbox.

    store      keeps a raw message for good; raising means "not kept": it is fetched again
    position   where reading went on last time; None: begin with what is unread
    remember   told the new position after every stored message
    too_large  told (header, uid, size) of messages over the limit; they stay on the server, unmarked
    report     told how the connection is: None when well, else a sentence for the settings page
    """

    server: Server
    store: Store
    fetching: Fetching = field(default_factory=Fetching)
    position: Position | None = None
    remember: Callable[[Position], object] = lambda _position: None
    too_large: Callable[[bytes, int, int], object] = lambda _header, _uid, _size: None
    report: Callable[[Sentence | None], object] = lambda _sentence: None
    _failed: dict[int, int] = field(default_factory=dict)
    _unmoved: Sentence | None = None

    def fetch_once(self) -> int:
        """Connect, store everything new, disconnect. The number of messages stored."""
        with opened(self.server) as box:
            return self._fetch_new(box)

    def run(self, stop: Event) -> None:
        """Fetch until `stop` is set, through broken connections, with growing pauses between failures."""
        pause = 1.0
        while not stop.is_set():
            try:
                with opened(self.server) as box:
                    self._fetch_new(box)
                    self.report(self._unmoved)
                    pause = 1.0
                    self._attend(box, stop)
            except TROUBLE as error:
                self.report(sentence_for(error, self.server))
            except NotStored:
                log.exception("a fetched message could not be stored")
                self.report(Sentence(N_("A fetched message could not be stored; it will be tried again.")))
            else:
                continue
            stop.wait(pause)
            pause = min(pause * 2, LONGEST_WAIT)

    def _attend(self, box: BaseMailBox, stop: Event) -> None:
        """Wait for new mail on an open connection, and fetch it."""
        by_idle = self.fetching.idle and "IDLE" in box.client.capabilities
        while not stop.is_set():
            if by_idle:
                wait_by_idle(box, stop, REIDLE_SECONDS)
            else:
                stop.wait(self.fetching.poll_seconds)
            if not stop.is_set() and self._fetch_new(box):
                self.report(self._unmoved)

    def _fetch_new(self, box: BaseMailBox) -> int:
        validity, next_uid = select(box, self.fetching.folder)
        if self.position is not None and self.position.uidvalidity != validity:
            log.warning("the server counts folder %s anew; reading from its start", self.fetching.folder)
            self.position = None
            self._failed.clear()
        stored = 0
        for uid in self._new_uids(box):
            stored += self._take(box, uid, validity)
        if self.position is None or self.position.last_uid < next_uid - 1:
            self._reach(Position(validity, next_uid - 1))  # from now on by number, whoever reads it elsewhere
        return stored

    def _reach(self, position: Position) -> None:
        self.position = position
        self.remember(position)

    def _new_uids(self, box: BaseMailBox) -> list[int]:
        if self.position is not None:
            # "n:*" always names the last message, even one before n.
            found = search(box, f"UID {self.position.last_uid + 1}:*")
            return [uid for uid in found if uid > self.position.last_uid]
        return search(box, "ALL" if self.fetching.after is not After.SEEN else "UNSEEN")

    def _take(self, box: BaseMailBox, uid: int, validity: int) -> int:
        size = fetch_size(box, uid)
        if size is None:
            return 0  # gone since the search
        if size > self.fetching.max_bytes:
            self.too_large(fetch(box, uid, "BODY.PEEK[HEADER]") or b"", uid, size)
        else:
            raw = fetch(box, uid, "BODY.PEEK[]")
            if raw is None:
                return 0
            if self._stored(raw, uid):
                self._mark(box, uid)
        self._reach(Position(validity, uid))
        return int(size <= self.fetching.max_bytes)

    def _stored(self, raw: bytes, uid: int) -> bool:
        """True when kept.

        A message that failed often is passed over, unmarked, so that others get through.
        """
        try:
            self.store(raw, uid)
        except NotStored:
            raise
        except Exception as error:
            self._failed[uid] = self._failed.get(uid, 0) + 1
            if self._failed[uid] < GIVE_UP_AFTER:
                raise NotStored(f"message {uid}") from error
            log.exception(
                "message %s could not be stored %s times; it stays on the server", uid, GIVE_UP_AFTER
            )
            return False
        self._failed.pop(uid, None)
        return True

    def _mark(self, box: BaseMailBox, uid: int) -> None:
        if self.fetching.after is After.LEAVE:
            return
        box.client.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")
        if self.fetching.after is After.MOVE and self.fetching.move_to:
            self._move(box, uid)

    def _move(self, box: BaseMailBox, uid: int) -> None:
        """A message that the server will not move is stored all the same and must not keep the next ones waiting."""
        try:
            _make_folder(box, self.fetching.move_to)
            box.move([str(uid)], self.fetching.move_to)
        except GONE:
            raise
        except NO as error:
            self._unmoved = _not_moved(self.fetching.move_to, error)
            log.warning("message %s could not be moved to %s: %s", uid, self.fetching.move_to, error)
        else:
            self._unmoved = None


def _make_folder(box: BaseMailBox, name: str) -> None:
    if not box.folder.exists(name):
        box.folder.create(name)


def _not_moved(folder: str, error: Exception) -> Sentence:
    params = {"folder": folder, "detail": answer(error)}
    return Sentence(N_("Mails cannot be moved to the folder %(folder)s: %(detail)s"), params)


def test_connection(server: Server, fetching: Fetching | None = None) -> list[Step]:  # noqa: PT028 - for people
    """Look up, connect, sign in, open the folder, count, and see whether the server announces new mail by itself."""
    steps = [look_up(server)]
    if not steps[0].ok:
        return steps
    try:
        with opened(server) as box:
            steps.append(Step("connect", True, Sentence(N_("Connected and signed in."))))
            steps += _try_folder(box, fetching or Fetching())
            steps += _try_moving(box, fetching or Fetching())
    except TROUBLE as error:
        step = "sign_in" if isinstance(error, MailboxLoginError) else "connect"
        steps.append(Step(step, False, sentence_for(error, server)))
    return steps


test_connection.__test__ = False  # type: ignore[attr-defined]  # its name looks like a test to pytest


def _try_folder(box: BaseMailBox, fetching: Fetching) -> list[Step]:
    try:
        select(box, fetching.folder)
        counts = {
            "folder": fetching.folder,
            "all": len(search(box, "ALL")),
            "unseen": len(search(box, "UNSEEN")),
        }
    except TROUBLE as error:
        params: dict[str, Any] = {"folder": fetching.folder, "detail": answer(error)}
        return [
            Step("folder", False, Sentence(N_("The folder %(folder)s cannot be opened: %(detail)s"), params))
        ]
    found = Sentence(N_("The folder %(folder)s has %(all)s messages, %(unseen)s of them unread."), counts)
    if "IDLE" in box.client.capabilities:
        return [
            Step("folder", True, found),
            Step("idle", True, Sentence(N_("New mail is announced at once."))),
        ]
    slow = Sentence(N_("The server does not announce new mail; it is asked at intervals."))
    return [Step("folder", True, found), Step("idle", True, slow)]


def _try_moving(box: BaseMailBox, fetching: Fetching) -> list[Step]:
    """The folder that stored mail is moved to is made now, as the first mail would make it."""
    if fetching.after is not After.MOVE or not fetching.move_to:
        return []
    try:
        _make_folder(box, fetching.move_to)
    except GONE:
        raise
    except NO as error:
        return [Step("move", False, _not_moved(fetching.move_to, error))]
    found = Sentence(N_("Mails will be moved to the folder %(folder)s."), {"folder": fetching.move_to})
    return [Step("move", True, found)]
