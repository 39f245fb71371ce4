"""What is allowed among customers. Plain values only."""

from shouwen.customers.rules.contacts import (
    CONTACT_KINDS,
    EMAIL,
    LONGEST_CONTACT,
    OTHER,
    PHONE,
    WECHAT,
    masked,
    normalise,
)
from shouwen.customers.rules.flags import check_flag
from shouwen.customers.rules.grading import TIERS, check_tier
from shouwen.customers.rules.holding import check_hold
from shouwen.customers.rules.merging import MERGE_FIELDS, check_merge, chosen_values
from shouwen.customers.rules.spelling import looks_like, spelling
from shouwen.customers.rules.warranty import ENDING_DAYS, Warranty, warranty

KINDS = ("person", "organisation", "internal")

__all__ = [
    "CONTACT_KINDS",
    "EMAIL",
    "ENDING_DAYS",
    "KINDS",
    "LONGEST_CONTACT",
    "MERGE_FIELDS",
    "OTHER",
    "PHONE",
    "TIERS",
    "WECHAT",
    "Warranty",
    "check_flag",
    "check_hold",
    "check_merge",
    "check_tier",
    "chosen_values",
    "looks_like",
    "masked",
    "normalise",
    "spelling",
    "warranty",
]
