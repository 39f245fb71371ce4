"""Facts that customers announce. Ids and plain values only; no name, number or address stands in one,
so that erasing a person needs no change of history."""

from shouwen.kernel.events import Fact, fact


@fact("customers.registered")
class CustomerRegistered(Fact):
    customer_id: int
    kind: str = "person"


@fact("customers.changed")
class CustomerChanged(Fact):
    customer_id: int
    fields: list[str]


@fact("customers.contact_added")
class ContactAdded(Fact):
    customer_id: int
    contact_id: int
    kind: str
    masked: str


@fact("customers.contact_removed")
class ContactRemoved(Fact):
    customer_id: int
    kind: str
    masked: str


@fact("customers.tier_changed")
class TierChanged(Fact):
    customer_id: int
    tier: str
    was: str
    reason: str


@fact("customers.asset_added")
class AssetAdded(Fact):
    customer_id: int
    asset_id: int
    asset: str


@fact("customers.asset_changed")
class AssetChanged(Fact):
    customer_id: int
    asset_id: int
    asset: str


@fact("customers.flagged")
class CustomerFlagged(Fact):
    customer_id: int
    flag_id: int
    reason: str


@fact("customers.flag_heard")
class FlagHeard(Fact):
    """The customer was heard about it; the words stand with the flag."""

    customer_id: int
    flag_id: int
    reason: str


@fact("customers.flag_reviewed")
class FlagReviewed(Fact):
    customer_id: int
    flag_id: int
    reason: str


@fact("customers.flag_ended")
class FlagEnded(Fact):
    customer_id: int
    flag_id: int
    reason: str
    expired: bool = False


@fact("customers.held")
class CustomerHeld(Fact):
    customer_id: int
    hold_id: int
    reason: str
    until: str | None


@fact("customers.released")
class CustomerReleased(Fact):
    customer_id: int
    hold_id: int
    reason: str


@fact("customers.merged")
class CustomersMerged(Fact):
    """Everything of the loser now belongs to the winner; upper rooms move their own."""

    winner_id: int
    loser_id: int
    merge_id: int


@fact("customers.merge_undone")
class MergeUndone(Fact):
    winner_id: int
    loser_id: int
    merge_id: int


@fact("customers.erased")
class CustomerErased(Fact):
    customer_id: int
