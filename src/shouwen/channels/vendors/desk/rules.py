"""How long a visitor waits, and what may become of a visit. Plain values only."""

from collections.abc import Sequence
from datetime import date, datetime
from statistics import fmean
from zoneinfo import ZoneInfo

from shouwen.kernel.errors import N_, Invalid, Refused, Sentence

LEAST_MEASURED = 5  # fewer finished visits say nothing about the next
MOST_AN_HOUR = 240  # numbers from one network address; a busy tablet gives out four a minute


def day_of(at: datetime, zone: ZoneInfo) -> date:
    """The day that numbers are counted in."""
    return at.astimezone(zone).date()


def estimate(*, ahead: int, serving: int, counters: int, times: Sequence[float]) -> int | None:
    """Seconds until a visitor's turn; None when it is not known.

    ahead     visitors before this one
    serving   counters that are busy now, of `counters` that are open for this matter
    times     measured service times in seconds, the newest ones

    Those ahead and those being served share the open counters; on average half of a service that is under way
    is still to come.
    """
    if counters < 1 or len(times) < LEAST_MEASURED:
        return None
    if ahead < counters - serving:
        return 0
    busy = min(serving, counters)
    return round((ahead + busy / 2) * fmean(times) / counters)


def letter(text: str) -> str:
    letter = text.strip().upper()
    if not (1 <= len(letter) <= 2 and letter.isascii() and letter.isalpha()):
        raise Invalid(Sentence(N_("One or two letters A to Z.")), field="letter")
    return letter


def phone(text: str) -> str:
    """A number that a visitor types is optional, but then it is one."""
    number = text.strip()
    if number and (len(number) > 40 or sum(one.isdigit() for one in number) < 5):
        raise Invalid(Sentence(N_("This is not a phone number. You may leave it empty.")), field="phone")
    return number


def must_be(state: str, *wanted: str) -> None:
    if state not in wanted:
        raise Refused(Sentence(N_("This number is not at that point any more. Look at the page again.")))
