"""The stamp on a public form: when it was opened, so that a machine's speed shows and a second click is known."""

from datetime import UTC, datetime

LONGEST_SECONDS = 24 * 3600.0


def filled_seconds(opened: datetime | None, at: datetime) -> float | None:
    """How long the form was open; None when its stamp is missing, forged or from the future."""
    if opened is None:
        return None
    seconds = (at - opened).total_seconds()
    return seconds if seconds >= 0 else None


def still_good(opened: datetime | None, at: datetime) -> bool:
    seconds = filled_seconds(opened, at)
    return seconds is not None and seconds <= LONGEST_SECONDS


def from_seconds(value: float) -> datetime:
    return datetime.fromtimestamp(value, UTC)
