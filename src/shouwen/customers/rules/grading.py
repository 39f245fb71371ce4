"""Tier letters, A (most) to D."""

from shouwen.kernel.errors import N_, Invalid, Sentence

TIERS = ("A", "B", "C", "D")


def check_tier(tier: str, *, was: str, reason: str) -> None:
    """A known letter, and a reason whenever it changes."""
    if tier not in TIERS:
        raise Invalid(Sentence(N_("The tier is one of A, B, C, D.")), field="tier")
    if tier != was and not reason.strip():
        raise Invalid(Sentence(N_("Say why the tier changes.")), field="reason")
