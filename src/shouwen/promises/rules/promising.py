"""When a promise may be made, kept, renegotiated; when its owner is warned."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shouwen.kernel import worktime
from shouwen.kernel.errors import N_, Invalid, Refused, Sentence
from shouwen.promises.rules import words


@dataclass(frozen=True)
class Moments:
    """When half and most (80 %) of a promise's time have passed."""

    half_at: datetime
    most_at: datetime

    def next_after(self, at: datetime, due_at: datetime) -> datetime:
        """The next moment at which something must be looked at; `due_at` once both have passed."""
        return next((moment for moment in (self.half_at, self.most_at) if moment > at), due_at)


def check_text(text: str) -> str:
    said = text.strip()
    if not said:
        raise Invalid(Sentence(N_("Say what was promised.")), field="text")
    if len(said) > words.PROMISE_TEXT_LIMIT:
        sentence = Sentence(N_("At most %(most)s characters."), {"most": words.PROMISE_TEXT_LIMIT})
        raise Invalid(sentence, field="text")
    return said


def check_reason(reason: str, *, field: str = "reason") -> str:
    said = reason.strip()
    if not said:
        raise Invalid(Sentence(N_("Give the reason.")), field=field)
    if len(said) > words.REASON_LIMIT:
        raise Invalid(Sentence(N_("At most %(most)s characters."), {"most": words.REASON_LIMIT}), field=field)
    return said


def check_cause(cause: str) -> str:
    if cause not in words.CAUSES:
        raise Invalid(Sentence(N_("Choose one of the listed causes.")), field="cause")
    return cause


def check_reach(due_at: datetime, at: datetime) -> None:
    """A time that can be thought about at all: with a zone, and within a year of now."""
    if due_at.utcoffset() is None:
        raise Invalid(Sentence(N_("The due time needs a time zone.")), field="due_at")
    if due_at < at - words.LONGEST_PROMISE:
        raise Invalid(Sentence(N_("The due time has already passed.")), field="due_at")
    if due_at > at + words.LONGEST_PROMISE:
        raise Invalid(Sentence(N_("A promise may reach at most one year ahead.")), field="due_at")


def check_due(due_at: datetime, at: datetime, *, minimum_lead: timedelta = timedelta(0)) -> None:
    """A promise lies ahead, by at least the minimum lead time, and at most a year (PRO-2)."""
    check_reach(due_at, at)
    if due_at <= at:
        raise Invalid(Sentence(N_("The due time has already passed.")), field="due_at")
    if due_at < at + minimum_lead:
        minutes = int(minimum_lead.total_seconds() // 60)
        sentence = Sentence(
            N_("Do not promise lightly: at least %(minutes)s minutes from now."), {"minutes": minutes}
        )
        raise Invalid(sentence, field="due_at")


def check_open(state: str) -> None:
    """Only an open promise can be kept, renegotiated or withdrawn."""
    if state == words.OPEN:
        return
    sentences = {
        words.KEPT: N_("This promise has already been kept."),
        words.RENEGOTIATED: N_("This promise has already been renegotiated."),
        words.BROKEN: N_("This promise is already broken."),
        words.WITHDRAWN: N_("This promise has been withdrawn."),
    }
    raise Refused(Sentence(sentences[state]))


def check_renegotiation(state: str, due_at: datetime, at: datetime) -> None:
    """A promise is renegotiated before it breaks, never after: then it is broken and stays so (PRO-3)."""
    check_open(state)
    if at >= due_at:
        raise Refused(Sentence(N_("The due time has passed: this promise is broken, not renegotiated.")))


def warning_moments(made_at: datetime, due_at: datetime, calendar: worktime.Calendar | None) -> Moments:
    """When 50 % and 80 % of the time are gone.

    Counted in open time of the calendar, so that a promise made in the evening for tomorrow 17:00 does not
    warn at night; in plain time where the calendar has no open second between the two, or there is none.
    """
    open_seconds = worktime.between(calendar, made_at, due_at) if calendar else 0
    if calendar is None or open_seconds < 2:
        whole = due_at - made_at
        return Moments(made_at + whole * words.HALF, made_at + whole * words.MOST)
    half = worktime.due(calendar, made_at, max(1, int(open_seconds * words.HALF))).due
    most = worktime.due(calendar, made_at, max(1, int(open_seconds * words.MOST))).due
    return Moments(half, most)


def share_reached(at: datetime, half_at: datetime, most_at: datetime) -> int | None:
    """80 or 50 when that share has been reached, None before."""
    if at >= most_at:
        return 80
    return 50 if at >= half_at else None
