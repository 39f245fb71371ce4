"""A caller is asked before being put on hold or passed on."""

from typing import Any

import pytest

from shouwen.channels.vendors.phone.rules import Call, call_meta
from shouwen.kernel.errors import Invalid


def test_a_plain_call_keeps_number_direction_and_length() -> None:
    kept = call_meta(Call(number="13800000000", duration_seconds=95))
    assert kept == {"call": {"direction": "incoming", "number": "13800000000", "duration": 95}}


def test_hold_and_transfer_are_kept_with_the_permission() -> None:
    call = Call(held_seconds=40, hold_permitted=True, transferred_to="技术部", transfer_permitted=True)
    assert call_meta(call)["call"]["hold"] == {"seconds": 40, "permitted": True}
    assert call_meta(call)["call"]["transfer"] == {"to": "技术部", "permitted": True}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"held_seconds": 40}, "hold_permitted"),
        ({"transferred_to": "技术部"}, "transfer_permitted"),
        ({"held_seconds": -1}, "held_seconds"),
        ({"duration_seconds": 90_000}, "duration_seconds"),
        ({"direction": "sideways"}, "direction"),
        ({"number": "1" * 41}, "number"),
    ],
)
def test_what_is_missing_or_impossible_is_named(values: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        call_meta(Call(**values))
    assert caught.value.field == field
