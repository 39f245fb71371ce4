"""What a legal hold needs. Plain values only."""

from datetime import date

from shouwen.kernel.errors import N_, Invalid, Sentence


def check_hold(*, reason: str, until: date | None, today: date) -> None:
    """Invalid without a reason, or when it would have ended before it began."""
    if not 1 <= len(reason.strip()) <= 200:
        raise Invalid(
            Sentence(N_("Say why the data must stay, in 1 to 200 characters.")), field="hold_reason"
        )
    if until is not None and until < today:
        raise Invalid(Sentence(N_("The last day of a hold can't be in the past.")), field="until")
