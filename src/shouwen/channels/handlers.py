"""Reactions to facts of customers: what they said follows a merge."""

from shouwen.channels import services
from shouwen.customers.events import CustomersMerged, MergeUndone
from shouwen.platform.access import SYSTEM
from shouwen.platform.ledger.bus import Context, on


@on(CustomersMerged)
def conversations_follow_a_merge(fact: CustomersMerged, ctx: Context) -> None:
    services.follow_merge(
        winner_id=fact.winner_id, loser_id=fact.loser_id, merge_id=fact.merge_id, at=ctx.at, by=SYSTEM
    )


@on(MergeUndone)
def conversations_go_back_after_an_undone_merge(fact: MergeUndone, ctx: Context) -> None:
    services.undo_merge(
        winner_id=fact.winner_id, loser_id=fact.loser_id, merge_id=fact.merge_id, at=ctx.at, by=SYSTEM
    )
