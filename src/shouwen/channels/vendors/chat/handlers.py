"""Reactions of chats to facts of people."""

from shouwen.channels.vendors.chat import services
from shouwen.people.events import PresenceChanged
from shouwen.platform.ledger.bus import Context, on


@on(PresenceChanged)
def who_waits_is_offered_to_whoever_comes_on_duty(fact: PresenceChanged, ctx: Context) -> None:
    if fact.presence == "on_duty":
        services.forget_offers(at=ctx.at)
