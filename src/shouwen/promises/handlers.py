"""Reactions to facts from below."""

from shouwen.customers.events import CustomersMerged, MergeUndone
from shouwen.platform.ledger.bus import Context, on
from shouwen.promises import services


@on(CustomersMerged)
def promises_follow_a_merged_customer(fact: CustomersMerged, ctx: Context) -> None:
    services.follow_merge(merge_id=fact.merge_id, winner_id=fact.winner_id, loser_id=fact.loser_id)


@on(MergeUndone)
def promises_go_back_with_an_undone_merge(fact: MergeUndone, ctx: Context) -> None:
    services.undo_merge(merge_id=fact.merge_id, loser_id=fact.loser_id)
