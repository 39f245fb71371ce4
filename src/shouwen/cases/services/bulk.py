"""One verb on many cases: each in its own transaction, refusals gathered and told."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from shouwen.cases.rules.priority import MATRIX
from shouwen.kernel.errors import Fault, Forbidden, NotFound, Refused
from shouwen.kernel.references import reference

# A priority chosen for many stands for the plainest impact and urgency that give it.
WEIGHTS = {level: max(pair for pair, gives in MATRIX.items() if gives == level) for level in (1, 2, 3, 4)}


@dataclass
class Outcome:
    done: int = 0
    refused: list[tuple[str, Fault]] = field(default_factory=list)


def each_of(case_ids: Iterable[int], verb: Callable[..., Any]) -> Outcome:
    """`verb(case_id=…)` for each. What one case refuses keeps none of the others."""
    outcome = Outcome()
    for case_id in dict.fromkeys(case_ids):
        try:
            verb(case_id=case_id)
            outcome.done += 1
        except (Refused, Forbidden, NotFound) as fault:
            outcome.refused.append((reference(case_id), fault))
    return outcome
