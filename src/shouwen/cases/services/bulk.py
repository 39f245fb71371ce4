"""One verb on many cases: each in its own transaction, refusals gathered and told, and how to take it back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import queries
from shouwen.cases.rules.priority import MATRIX
from shouwen.cases.services.changing import set_priority, set_tags
from shouwen.kernel.errors import Fault, Forbidden, Invalid, NotFound, Refused
from shouwen.kernel.references import reference
from shouwen.platform.access import Actor

# A priority chosen for many stands for the plainest impact and urgency that give it.
WEIGHTS = {level: max(pair for pair, gives in MATRIX.items() if gives == level) for level in (1, 2, 3, 4)}


@dataclass
class Outcome:
    """`undo`: for each case that changed what takes it back, as the verb that undoes it reads it."""

    done: int = 0
    refused: list[tuple[str, Fault]] = field(default_factory=list)
    undo: list[str] = field(default_factory=list)


def each_of(case_ids: Iterable[int], verb: Callable[..., Any]) -> Outcome:
    """`verb(case_id=…)` for each. What one case refuses keeps none of the others."""
    outcome = Outcome()
    for case_id in dict.fromkeys(case_ids):
        try:
            back = verb(case_id=case_id)
        except (Refused, Forbidden, NotFound, Invalid) as fault:
            outcome.refused.append((reference(case_id), fault))
            continue
        outcome.done += 1
        if isinstance(back, str) and back:
            outcome.undo.append(back)
    return outcome


@transaction.atomic
def tag_one(*, case_id: int, tag: str, at: datetime, by: Actor) -> str:
    """One tag more. Nothing to undo where it stood already."""
    case = queries.locked(case_id, by)
    wanted = " ".join(tag.split())[:40]
    if wanted in case.tags:
        return ""
    set_tags(case_id=case_id, tags=[*case.tags, wanted], at=at, by=by)
    return str(case_id)


@transaction.atomic
def untag_one(*, case_id: int, tag: str, at: datetime, by: Actor) -> None:
    case = queries.locked(case_id, by)
    wanted = " ".join(tag.split())[:40]
    set_tags(case_id=case_id, tags=[one for one in case.tags if one != wanted], at=at, by=by)


@transaction.atomic
def prioritise_one(*, case_id: int, impact: int, urgency: int, at: datetime, by: Actor) -> str:
    case = queries.locked(case_id, by)
    back = f"{case_id}:{case.impact}:{case.urgency}:{impact}:{urgency}"
    changed = (case.impact, case.urgency) != (impact, urgency)
    set_priority(case_id=case_id, impact=impact, urgency=urgency, at=at, by=by)
    return back if changed else ""


def weigh_again(before: Iterable[str], *, at: datetime, by: Actor) -> Outcome:
    """Impact and urgency as they were: "case:was:was:became:became" each, as `prioritise_one` gave it.

    What somebody else has chosen since then is not taken back with it: that case is refused by name.
    """
    given = {}
    for one in before:
        parts = one.split(":")
        if len(parts) != 5 or not all(part.isdecimal() and len(part) < 19 for part in parts):
            continue
        case_id, *weights = map(int, parts)
        given[case_id] = ((weights[0], weights[1]), (weights[2], weights[3]))

    @transaction.atomic
    def restore(*, case_id: int) -> None:
        (impact, urgency), became = given[case_id]
        case = queries.locked(case_id, by)
        if (case.impact, case.urgency) != became:
            raise Refused(_("Its priority has been changed again since; it stays so."))
        set_priority(case_id=case_id, impact=impact, urgency=urgency, at=at, by=by)

    return each_of(given, restore)
