"""Ways out of a deadlock (CMP-6), each with its condition."""

from datetime import datetime, timedelta
from typing import Final

from shouwen.kernel.errors import N_, Invalid, Refused, Sentence

MOVES: Final = ("set_aside", "change_person", "hold_principle", "concede")
LONGEST_ASIDE: Final = timedelta(days=60)


def check(
    sort: str,
    *,
    urgent: bool,
    until: datetime | None,
    to_id: int | None,
    owner_id: int | None,
    about_id: int | None,
    basis: bool,
    decided: bool,
    granted: bool,
    at: datetime,
) -> None:
    """Refused or Invalid where the condition of the move is not met.

    set_aside       only once nothing about it is urgent any more, and until a day within 60 days
    change_person   to somebody else, who is not the one complained about
    hold_principle  by a written basis, after the nature was decided
    concede         only what was approved
    """
    if sort not in MOVES:
        raise Invalid(Sentence(N_("Choose one of the listed values.")), field="sort")
    if sort == "set_aside":
        _set_aside(urgent, until, at)
    elif sort == "change_person":
        _change_person(to_id, owner_id, about_id)
    elif sort == "hold_principle":
        if not basis:
            raise Invalid(Sentence(N_("Name the written basis you hold to.")), field="basis_id")
        if not decided:
            raise Refused(Sentence(N_("First the nature has to be decided; then one can hold to it.")))
    elif not granted:
        raise Invalid(
            Sentence(N_("Concede only what was approved: choose a granted option.")), field="option_id"
        )


def _set_aside(urgent: bool, until: datetime | None, at: datetime) -> None:
    if urgent:
        raise Refused(
            Sentence(N_("Something about it is urgent: deal with that first, nothing urgent is set aside."))
        )
    if until is None:
        raise Invalid(Sentence(N_("Say until when.")), field="until")
    if until <= at:
        raise Invalid(Sentence(N_("This time has passed already.")), field="until")
    if until - at > LONGEST_ASIDE:
        raise Invalid(Sentence(N_("At most 60 days.")), field="until")


def _change_person(to_id: int | None, owner_id: int | None, about_id: int | None) -> None:
    if to_id is None:
        raise Invalid(Sentence(N_("Say who goes on.")), field="to_id")
    if to_id == owner_id:
        raise Invalid(Sentence(N_("This is the same person as before.")), field="to_id")
    if to_id == about_id:
        raise Invalid(Sentence(N_("The complaint is about this colleague.")), field="to_id")
