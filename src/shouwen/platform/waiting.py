"""What waits for somebody, for the frame of every page: each room says what it counts, one statement counts it all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from shouwen.platform import db


def _some(count: int) -> int | None:
    return count or None


@dataclass(frozen=True)
class Counted:
    """A figure made of how many rows each of `asked` gives; None where there is nothing to show."""

    asked: tuple[tuple[db.Read[Any], Mapping[str, Any]], ...]
    then: Callable[..., int | None] = _some

    @property
    def number(self) -> int | None:
        """Asked by itself."""
        return settled({"": self})[""]


Figure = int | Counted | None


def settled(figures: Mapping[str, Figure]) -> dict[str, int | None]:
    """The figures as numbers."""
    asked = [one for figure in figures.values() if isinstance(figure, Counted) for one in figure.asked]
    counts = iter(db.how_many(asked))
    return {
        code: figure.then(*[next(counts) for _one in figure.asked]) if isinstance(figure, Counted) else figure
        for code, figure in figures.items()
    }
