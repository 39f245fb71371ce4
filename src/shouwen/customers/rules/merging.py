"""Two records of one customer become one."""

from collections.abc import Mapping
from typing import Any

from shouwen.kernel.errors import N_, Invalid, Refused, Sentence

MERGE_FIELDS = (
    "name",
    "salutation",
    "tier",
    "organisation_id",
    "language",
    "zone",
    "region",
    "external_ref",
    "note",
)


def check_merge(
    *, winner_id: int, loser_id: int, kinds: tuple[str, str], gone: tuple[bool, bool], related: bool
) -> None:
    """`gone`: already merged away or erased. `related`: one is the organisation of the other."""
    if winner_id == loser_id:
        raise Refused(Sentence(N_("Choose another customer to merge with.")), field="loser")
    if any(gone):
        raise Refused(Sentence(N_("One of the two has been merged or erased already.")))
    if kinds[0] != kinds[1]:
        raise Refused(Sentence(N_("A person and an organisation cannot be one customer.")), field="loser")
    if related:
        raise Refused(Sentence(N_("One of the two is the organisation of the other.")), field="loser")


def chosen_values(
    winner: Mapping[str, Any], loser: Mapping[str, Any], choice: Mapping[str, str]
) -> dict[str, Any]:
    """Which values the winner takes over: what was chosen from the loser, and what the winner lacks.

    `choice` maps a field to "winner" or "loser". A field not chosen keeps the winner's value,
    unless that is empty. Notes are joined unless one was chosen, so that nothing is lost.
    """
    for field, side in choice.items():
        if field not in MERGE_FIELDS or side not in ("winner", "loser"):
            raise Invalid(Sentence(N_("Choose one of the two sides.")), field=field)
    taken: dict[str, Any] = {}
    for field in MERGE_FIELDS:
        mine, theirs, picked = winner[field], loser[field], choice.get(field)
        if theirs == mine:
            continue
        if picked == "loser" or (picked is None and not mine):
            taken[field] = theirs
        elif picked is None and field == "note" and theirs:
            taken[field] = f"{mine}\n{theirs}"
    return taken
