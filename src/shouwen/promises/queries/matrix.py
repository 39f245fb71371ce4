"""What every combination of kind and channel gets, for one item and tier, as it was in force on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shouwen.promises.queries import policy
from shouwen.promises.rules import words
from shouwen.promises.rules.standards import About, Target, targets_for


@dataclass(frozen=True)
class Row:
    """One kind of case; `cells` stand in the order of the channels, each with the target of every sort."""

    kind: str
    cells: tuple[dict[str, Target], ...]


def matrix(
    *, kinds: Sequence[str], channels: Sequence[str], tier: str, item_id: int | None, at: datetime
) -> list[Row]:
    """Computed by the same rule that starts the clocks; no question, the standards are kept in memory with their
    earlier versions."""
    standards = policy.current().standards
    return [
        Row(
            kind,
            tuple(
                targets_for(standards, About(kind, tier, channel, item_id), words.STANDARD_SORTS, at)
                for channel in channels
            ),
        )
        for kind in kinds
    ]
