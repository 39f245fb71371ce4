"""Nature (CMP-3): validity, demand, liability, each resting on something written that held when it happened."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from shouwen.kernel.errors import N_, Invalid, Sentence

VALIDITY: Final = ("valid", "invalid")
DEMAND: Final = ("reasonable", "partly", "not_now", "unreasonable")
LIABILITY: Final = ("ours", "customer", "shared", "third_party", "none")
ASPECTS: Final = ("validity", "demand", "liability")


def check(*, validity: str, demand: str, liability: str, our_share: int | None) -> int:
    """Whether the three go together. Returns our share in percent: given where liability is shared, else 100 or 0."""
    errors: dict[str, Sentence] = {}
    for name, value, known in (
        ("validity", validity, VALIDITY),
        ("demand", demand, DEMAND),
        ("liability", liability, LIABILITY),
    ):
        if value not in known:
            errors[name] = Sentence(N_("Choose one of the listed values."))
    if not errors and liability == "shared" and not (our_share and 1 <= our_share <= 99):
        errors["our_share"] = Sentence(N_("Say how much of it is ours: 1 to 99 per cent."))
    if not errors and validity == "invalid" and liability == "ours":
        errors["liability"] = Sentence(N_("An invalid complaint cannot be our fault."))
    if errors:
        raise Invalid(Sentence(N_("Please look at the marked fields.")), errors=errors)
    if liability == "shared":
        return our_share or 0
    return 100 if liability == "ours" else 0


def check_bases(bases: Mapping[str, Sequence[int]]) -> None:
    """Each aspect needs at least one basis."""
    errors = {
        f"basis_{aspect}": Sentence(N_("Name what this rests on."))
        for aspect in ASPECTS
        if not bases.get(aspect)
    }
    if errors:
        raise Invalid(Sentence(N_("A verdict rests on something written.")), errors=errors)


def in_force(valid_from: date, valid_to: date | None, on: date) -> bool:
    """Whether a basis held on a day: from its first day to its last, both included."""
    return valid_from <= on and (valid_to is None or on <= valid_to)


def explanation_sort(liability: str, demand: str, *, evidence: bool) -> str:
    """Which of the four ways to explain fits: ours, theirs_proven, theirs_unproven, cannot_be_met."""
    if liability in {"ours", "shared"}:
        return "ours"
    if demand in {"unreasonable", "not_now"} and liability in {"none", "third_party"}:
        return "cannot_be_met"
    return "theirs_proven" if evidence else "theirs_unproven"


def refusal_stands(*, demand: str, liability: str) -> bool:
    """Whether we would plainly say no: then at least two ways out are offered."""
    return demand in {"unreasonable", "not_now"} or liability in {"customer", "third_party", "none"}
