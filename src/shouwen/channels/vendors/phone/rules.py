"""What a call record must say. A caller is asked before being put on hold or passed on (CON-4)."""

from dataclasses import dataclass
from typing import Any

from shouwen.kernel.errors import N_, Invalid, Sentence

MOST_HOLD_SECONDS = 3600
DIRECTIONS = ("incoming", "outgoing")


@dataclass(frozen=True)
class Call:
    """A call as the register page gives it: 0 seconds held and "" transferred mean that it was not."""

    number: str = ""
    direction: str = "incoming"
    held_seconds: int = 0
    hold_permitted: bool = False
    transferred_to: str = ""
    transfer_permitted: bool = False
    duration_seconds: int = 0


def call_meta(call: Call) -> dict[str, Any]:
    """What is kept of a call on its message; Invalid names the field.

    A message's meta: {"call": {"number", "direction", "duration", "hold": {...}, "transfer": {...}}}.
    """
    if call.direction not in DIRECTIONS:
        raise Invalid(Sentence(N_("A call is incoming or outgoing.")), field="direction")
    if len(call.number) > 40:
        raise Invalid(Sentence(N_("The number is longer than 40 characters.")), field="number")
    if not 0 <= call.held_seconds <= MOST_HOLD_SECONDS:
        raise Invalid(Sentence(N_("Hold time is 0 to 3600 seconds.")), field="held_seconds")
    if not 0 <= call.duration_seconds <= 24 * 3600:
        raise Invalid(Sentence(N_("A call lasts 0 to 86400 seconds.")), field="duration_seconds")
    if call.held_seconds and not call.hold_permitted:
        raise Invalid(
            Sentence(N_("Ask the caller before putting the call on hold, and record the permission.")),
            field="hold_permitted",
        )
    if call.transferred_to and not call.transfer_permitted:
        raise Invalid(
            Sentence(N_("Ask the caller before transferring, and record the permission.")),
            field="transfer_permitted",
        )
    kept: dict[str, Any] = {"direction": call.direction}
    if call.number:
        kept["number"] = call.number
    if call.duration_seconds:
        kept["duration"] = call.duration_seconds
    if call.held_seconds:
        kept["hold"] = {"seconds": call.held_seconds, "permitted": True}
    if call.transferred_to:
        kept["transfer"] = {"to": call.transferred_to[:80], "permitted": True}
    return {"call": kept}
