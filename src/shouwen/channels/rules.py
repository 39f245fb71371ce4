"""What may happen to a message on its way out, and what becomes of a mail that comes in.

Plain values only; times are passed in, aware and in UTC.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from unicodedata import category

# Where an outbound message stands. `none` is what needs no delivery: notes, calls, inbound messages.
NONE, QUEUED, SENDING, SENT = "none", "queued", "sending", "sent"
FAILED, MAYBE_SENT, HELD = "failed", "maybe_sent", "held"
DELIVERIES = (NONE, QUEUED, SENDING, SENT, FAILED, MAYBE_SENT, HELD)
NEEDS_A_PERSON = (FAILED, MAYBE_SENT, HELD)

# How far one attempt got. From `data` on, the other side may have the mail.
CONNECTING, DATA, DONE = "connecting", "data", "done"

# How an attempt ended.
ACCEPTED, TEMPORARY, PERMANENT, UNKNOWN, NO_ACCOUNT = (
    "sent",
    "temporary",
    "permanent",
    "unknown",
    "no_account",
)

# What became of a mail that came in: the words of `shouwen mail import`.
OPENED, APPENDED, DUPLICATE = "opened", "appended", "duplicate"
BOUNCE, AUTO_REPLY, REFUSED = "bounce", "auto_reply", "refused"
MACHINES = ("auto_reply", "loop", "bounce")  # sorts of machine mail that are kept folded
# A callback waits between being accepted and being read; what is neither words nor a report is noted.
WAITING, NOTED = "waiting", "noted"
RESULTS = (OPENED, APPENDED, DUPLICATE, BOUNCE, AUTO_REPLY, REFUSED, WAITING, NOTED)

# Waits between attempts. Together about two days and a half: RFC 5321, 4.5.4.1 asks for four to five days at
# most and quick first tries; a customer who waits for an answer is better told by us after two.
WAITS = tuple(timedelta(minutes=m) for m in (1, 3, 10, 30, 60, 120, 240, 360, 480, 480, 480, 480, 480, 480))
# A worker that is silent this long in one attempt is taken for dead: longer than the sum of the SMTP
# time-outs before DATA.
ATTEMPT_LEASE = timedelta(minutes=6)

LOOP_WINDOW = timedelta(minutes=10)
LOOP_LIMIT = 20  # mails of one address within the window; a person with a phone full of photos sends fewer

# People write many short messages where mails would be few.
MOST_FROM_ONE = 200  # callbacks of one address within the window
MOST_REFUSALS = (
    120  # refused callbacks of one account in the register within the hour: strangers fill no disk
)
GOES_ON = timedelta(hours=24)  # a word about something settled this long ago still belongs to it

MOST_TEXT = 100_000  # characters of one message shown and searched; the raw mail keeps the rest
MOST_HTML = 1_000_000
MOST_ATTACHMENTS = 100
MOST_UNDO = 120  # seconds


@dataclass(frozen=True)
class Settled:
    """Where a message stands after an attempt, and when to try again (None: not by itself)."""

    delivery: str
    again_at: datetime | None = None


def after_attempt(outcome: str, *, attempts: int, at: datetime) -> Settled:
    """The state after attempt number `attempts` (1 is the first) ended with `outcome` at `at`.

    An unknown outcome is never tried again by the machine: a customer must not get one answer twice.
    """
    if outcome == ACCEPTED:
        return Settled(SENT)
    if outcome == UNKNOWN:
        return Settled(MAYBE_SENT)
    if outcome == NO_ACCOUNT:
        return Settled(HELD)
    if outcome == TEMPORARY and attempts <= len(WAITS):
        return Settled(QUEUED, at + WAITS[attempts - 1])
    return Settled(FAILED)


def after_crash(stage: str) -> str:
    """The outcome of an attempt whose worker died; only known while the mail was not being handed over."""
    return UNKNOWN if stage == DATA else TEMPORARY


def is_stale(started_at: datetime, at: datetime) -> bool:
    """Whether an attempt has been silent for so long that its worker must be dead."""
    return at - started_at > ATTEMPT_LEASE


def may_begin(delivery: str, undo_until: datetime | None, at: datetime) -> bool:
    """Whether an attempt may start: it waits, and nobody can take it back any more."""
    return delivery == QUEUED and (undo_until is None or at >= undo_until)


def may_cancel(delivery: str, undo_until: datetime | None, at: datetime) -> bool:
    """Whether sending can still be undone."""
    return delivery == HELD or (delivery == QUEUED and undo_until is not None and at < undo_until)


def may_retry(delivery: str) -> bool:
    return delivery in NEEDS_A_PERSON


@dataclass(frozen=True)
class Arrival:
    """What is known of a mail before anybody takes it in.

    `recent` counts mails of the same address in the loop window; `auto` is the sort of machine mail, ""
    for a person.
    """

    known: bool = False
    own: bool = False
    recent: int = 0
    auto: str = ""
    threaded: bool = False
    forced: bool = False
    unreadable: str = ""


@dataclass(frozen=True)
class Verdict:
    """`result` "" means: offer it to the room that takes contacts in."""

    result: str = ""
    reason: str = ""


def judge(arrival: Arrival) -> Verdict:
    """What becomes of a mail. Earlier lines win.

    A mailing list may be a customer's way to write to us, so it is taken in, but not answered by machine.
    """
    if arrival.known:
        return Verdict(DUPLICATE, "same_message_id")
    if arrival.unreadable and not arrival.forced:
        return Verdict(REFUSED, arrival.unreadable)
    if arrival.auto == "bounce" and not arrival.forced:
        return Verdict(BOUNCE, "bounce")
    if arrival.forced:
        return Verdict()
    if arrival.own or arrival.auto == "loop":
        return Verdict(REFUSED, "own_address" if arrival.own else "loop_header")
    if arrival.recent >= LOOP_LIMIT:
        return Verdict(AUTO_REPLY if arrival.threaded else REFUSED, "too_many")
    if arrival.auto == "auto_reply":
        return Verdict(AUTO_REPLY, "auto_reply")
    return Verdict()


def loop_window(at: datetime) -> tuple[datetime, datetime]:
    """The span in which mails of one address are counted; a mail import runs over old dates in any order."""
    return at - LOOP_WINDOW, at + LOOP_WINDOW


def arrived_at(sent_at: datetime | None, at: datetime, *, live: bool) -> datetime:
    """The time a mail counts for the loop guard: now, or its own date when files are imported."""
    if live or sent_at is None or sent_at > at or sent_at.year < 1971:
        return at
    return sent_at


def joins(is_open: bool, last_at: datetime | None, at: datetime) -> bool:
    """Whether a word without a sign of what it answers belongs to the conversation that was last there."""
    return is_open or (last_at is not None and at - last_at <= GOES_ON)


def cut(text: str, most: int = MOST_TEXT) -> tuple[str, bool]:
    """The text within its limit, and whether something was cut off."""
    return (text, False) if len(text) <= most else (text[:most], True)


_TURNING = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def heading(text: str) -> str:
    """A stranger's words on a line that others share: without signs that turn its direction or take no room.
    Empty when nothing of it can be seen."""
    line = " ".join(_TURNING.sub("", clean(text)).split())
    return line if is_seen(line) else ""


def is_seen(text: str) -> bool:
    """Whether there is more in it than blanks and signs that take no room."""
    return any(not one.isspace() and category(one) != "Cf" for one in text)


def clean(text: str) -> str:
    """The text without what no database stores: NUL characters and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
