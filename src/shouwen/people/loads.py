"""How many open contacts each person carries. Who counts them lives above and registers here."""

from collections.abc import Callable, Collection, Mapping

Count = Callable[[Collection[int]], Mapping[int, int]]
_counts: list[Count] = []


def register(count: Count) -> None:
    """`count(staff_ids)` gives open contacts by staff id, in one query; who is missing carries none."""
    _counts[:] = [count]


def of(staff_ids: Collection[int]) -> dict[int, int]:
    """Open contacts by staff id; empty when nobody counts them."""
    return dict(_counts[0](staff_ids)) if _counts and staff_ids else {}


def known() -> bool:
    return bool(_counts)
