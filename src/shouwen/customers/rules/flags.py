"""Caution flags: never permanent, always with a reason, looked at again before they end."""

from datetime import date, datetime, timedelta

from shouwen.kernel.errors import N_, Invalid, Sentence

LONGEST = timedelta(days=365)


def check_flag(*, reason: str, evidence: str, review_on: date, expires_at: datetime, at: datetime) -> None:
    """Invalid, naming the field: no reason, no evidence, no end to come, an end beyond a year, a review after the end."""
    if not reason.strip():
        raise Invalid(Sentence(N_("Say why the next colleague should be prepared.")), field="reason")
    if not evidence.strip():
        raise Invalid(Sentence(N_("Say what it rests on: which contact, what was said.")), field="evidence")
    if expires_at <= at:
        raise Invalid(Sentence(N_("The flag must end in the future.")), field="expires_on")
    if expires_at - at > LONGEST:
        raise Invalid(
            Sentence(N_("A flag lasts a year at most; review it and extend it then.")), field="expires_on"
        )
    if not at.date() <= review_on <= expires_at.date():
        raise Invalid(
            Sentence(N_("The review must fall between today and the flag's end.")), field="review_on"
        )
