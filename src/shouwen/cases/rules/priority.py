"""Priority from impact × urgency and the customer's tier (CAS-9)."""

# rows: impact 1 (wide) to 3 (one person); columns: urgency 1 (now) to 3 (can wait). The usual matrix of
# service management: the sum decides, one step per step.
MATRIX = {
    (1, 1): 1,
    (1, 2): 2,
    (1, 3): 3,
    (2, 1): 2,
    (2, 2): 3,
    (2, 3): 4,
    (3, 1): 3,
    (3, 2): 4,
    (3, 3): 4,
}


def priority(impact: int, urgency: int, tier: str) -> int:
    """1 (highest) to 4. A customer of tier A stands one step higher, never below what all get."""
    base = MATRIX[impact, urgency]
    return max(1, base - 1) if tier == "A" else base
