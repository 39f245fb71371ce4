"""Reactions to what customers announce: the search index follows."""

from shouwen.customers import events
from shouwen.platform.ledger.bus import Context, on
from shouwen.platform.search import services as search

Changed = (
    events.CustomerRegistered
    | events.CustomerChanged
    | events.AssetAdded
    | events.AssetChanged
    | events.CustomerErased
)


@on(
    events.CustomerRegistered,
    events.CustomerChanged,
    events.AssetAdded,
    events.AssetChanged,
    events.CustomerErased,
)
def a_changed_customer_is_found_as_they_are_now(fact: Changed, ctx: Context) -> None:
    search.index("customer", fact.customer_id)


@on(events.CustomerErased)
def an_erased_customer_leaves_the_indexes_for_good(fact: events.CustomerErased, ctx: Context) -> None:
    search.forget_soon()


@on(events.CustomersMerged, events.MergeUndone)
def both_sides_of_a_merge_are_indexed_anew(
    fact: events.CustomersMerged | events.MergeUndone, ctx: Context
) -> None:
    search.index("customer", fact.winner_id)
    search.index("customer", fact.loser_id)
