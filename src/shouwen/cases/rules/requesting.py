"""The public form: when it was opened, so that a machine's speed shows; and how a second sending is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

LONGEST_SECONDS = 14 * 24 * 3600.0


@dataclass(frozen=True)
class Sent:
    """What a browser has sent last: its case, and prints of its words and of its files."""

    case_id: int
    words: str
    files: str


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


def once(stamp: str) -> str:
    """The name under which the form with this stamp is kept; a second sending finds it taken."""
    return f"form:{_print([stamp])}" if stamp else ""


def sent(case_id: int, words: Sequence[str], files: Iterable[tuple[str, int]]) -> Sent:
    """`words` are the texts that were sent, `files` names and sizes."""
    names = sorted(f"{name}:{size}" for name, size in files if size)
    return Sent(case_id, _print(" ".join(text.split()) for text in words), _print(names) if names else "")


def _print(texts: Iterable[str]) -> str:
    return sha256("\x1f".join(texts).encode()).hexdigest()[:32]
