"""Abuse of our people (ESC-7): first notice, then a warning, then ending a contact is permitted.

The steps protect both sides: nobody has to take abuse, and no customer is shut out by one person's mood.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from shouwen.kernel.errors import N_, Invalid, Refused, Sentence

STEPS: Final = ("notice", "warning", "ending")
WAYS: Final = ("message", "chat", "call", "counter")
ENDED_WAYS: Final = ("chat", "call", "counter")
VERDICTS: Final = ("upheld", "overturned")
BEFORE: Final[Mapping[str, str]] = {"warning": "notice", "ending": "warning"}
MISSING: Final[Mapping[str, str]] = {
    "notice": N_("First the customer gets a notice; there is none in force."),
    "warning": N_("A contact is ended only after a documented warning that is in force."),
}
LONGEST_DAYS: Final = 366


def next_step(standing: Iterable[str]) -> str:
    """What may come next for a customer with these steps in force."""
    held = set(standing)
    if not held & {"notice", "warning"}:
        return "notice"
    return "ending" if "warning" in held and "notice" in held else "warning"


def needs_threat(step: str, standing: Iterable[str]) -> bool:
    """Whether only a personal threat would permit it."""
    return step == "ending" and next_step(standing) != "ending"


def check_step(*, step: str, standing: Iterable[str], personal_threat: bool) -> None:
    """Whether this step may be taken now. A personal threat needs no steps before."""
    if step not in STEPS:
        raise Invalid(Sentence(N_("Choose one of the listed values.")), field="step")
    held = set(standing)
    if step == "ending" and personal_threat:
        return
    for needed in ("notice", "warning"):
        if needed not in held and step != needed and STEPS.index(step) > STEPS.index(needed):
            raise Refused(Sentence(MISSING[needed]), field="step")


def check_way(*, step: str, way: str, ways: str) -> None:
    errors: dict[str, Sentence] = {}
    if way not in (ENDED_WAYS if step == "ending" else WAYS):
        errors["way"] = Sentence(N_("Choose one of the listed values."))
    if step == "ending" and not ways.strip():
        errors["ways"] = Sentence(
            N_("Name the other ways in: the case stays open, and the customer can reach us.")
        )
    if errors:
        raise Invalid(Sentence(N_("Please look at the marked fields.")), errors=errors)


def check_giver(*, step: str, staff_id: int | None, person: bool) -> None:
    """Nobody is warned by a rule, and a machine ends no contact: not even a program with somebody's token."""
    if staff_id is None:
        raise Refused(Sentence(N_("Only a person gives a notice or a warning.")))
    if step == "ending" and not person:
        raise Refused(
            Sentence(N_("Only a person at the screen ends a contact; no rule and no program does.")),
            field="step",
        )


def expiry(at: datetime, days: int) -> datetime:
    if not 1 <= days <= LONGEST_DAYS:
        raise Invalid(
            Sentence(N_("Enter a number from %(least)s to %(most)s."), {"least": 1, "most": LONGEST_DAYS}),
            field="days",
        )
    return at + timedelta(days=days)


def check_objects(*, objected: bool, overturned: bool) -> None:
    if overturned:
        raise Refused(Sentence(N_("This step was taken back already.")))
    if objected:
        raise Refused(Sentence(N_("The customer's objection is on record already.")))


def check_review(
    *, objected: bool, reviewed: bool, given_by: int, reviewer: int | None, verdict: str
) -> None:
    """Reviewed once, by somebody who did not take the step."""
    if verdict not in VERDICTS:
        raise Invalid(Sentence(N_("Choose one of the listed values.")), field="verdict")
    if not objected:
        raise Refused(Sentence(N_("The customer has not objected.")))
    if reviewed:
        raise Refused(Sentence(N_("The objection was reviewed already.")))
    if reviewer is None or reviewer == given_by:
        raise Refused(Sentence(N_("Somebody who did not take this step has to review it.")))
