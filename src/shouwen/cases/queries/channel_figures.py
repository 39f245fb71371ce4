"""Channel statistics (CON-9): volume, waiting, first-contact resolution and self-service, channel by channel.

No counters are kept. Every figure is counted from the cases opened in a period of at most 92 days, which one range of
the index by opening gives; so the cost follows the period and not the size of the table.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, OuterRef, Q, QuerySet

from shouwen.cases.models import Case, State
from shouwen.cases.queries.one import visible_to
from shouwen.channels.queries.messages import any_of_ours, heard_again
from shouwen.platform.access import Actor

MOST = timedelta(days=92)
ENDED = (State.RESOLVED, State.CONFIRMED, State.CLOSED_UNCONFIRMED)
MEASURES = ("opened", "replied", "unreplied", "ended", "first_contact", "again", "self_service")


@dataclass(frozen=True)
class Row:
    """One channel in a period.

    replied        cases with a first reply; `wait` is the mean time to it, None without any
    unreplied      in work, and nobody has replied yet
    ended          resolved, confirmed or closed; `first_contact` of these were solved with one contact
    self_service   of these nobody of ours wrote a word about
    """

    channel: str
    opened: int
    replied: int
    wait: timedelta | None
    unreplied: int
    ended: int
    first_contact: int
    self_service: int

    @property
    def first_contact_share(self) -> float | None:
        return self.first_contact / self.ended if self.ended else None

    @property
    def self_service_share(self) -> float | None:
        return self.self_service / self.opened if self.opened else None


def self_service_share(opened: int, alone: int, readers: int) -> float | None:
    """Of all who wanted something (requests, and readers whom an article helped) those who needed nobody of ours."""
    wanted = opened + readers
    return (alone + readers) / wanted if wanted else None


def rows(actor: Actor, since: datetime, until: datetime) -> list[Row]:
    """One statement for all channels, the busiest first."""
    lasted = ExpressionWrapper(F("first_replied_at") - F("opened_at"), output_field=DurationField())
    found = (
        _marked(actor, since, until)
        .values("channel")
        .annotate(
            opened=Count("id"),
            replied=Count("id", filter=_which("replied")),
            wait=Avg(lasted, filter=_which("replied")),
            unreplied=Count("id", filter=_which("unreplied")),
            ended=Count("id", filter=_which("ended")),
            first_contact=Count("id", filter=_which("first_contact")),
            self_service=Count("id", filter=_which("self_service")),
        )
        .order_by("-opened", "channel")
    )
    return [Row(**one) for one in found]


def counted(actor: Actor, channel: str, measure: str, since: datetime, until: datetime) -> QuerySet[Case]:
    """The cases behind a figure; all channels without one."""
    found = _marked(actor, since, until).filter(_which(measure))
    found = found.filter(channel=channel) if channel else found
    return found.select_related("customer", "owner")


def _marked(actor: Actor, since: datetime, until: datetime) -> QuerySet[Case, Any]:
    opened = visible_to(actor).filter(opened_at__gte=since, opened_at__lt=until)
    return opened.exclude(state=State.MERGED).annotate(
        heard_again=heard_again("case", OuterRef("pk"), OuterRef("opened_at"), OuterRef("resolved_at")),
        ours=any_of_ours("case", OuterRef("pk")),
    )


def _which(measure: str) -> Q:
    """First contact: ended, never reopened or handed on, and the customer said nothing more until it was resolved.
    Self-service: ended, written down by nobody of ours, and nobody of ours wrote a word about it."""
    ended = Q(state__in=ENDED)
    once = ended & Q(reopen_count=0, handoff_count=0, heard_again=False)
    by_hand = Q(owned_since__isnull=False, owned_since=F("opened_at"))
    return {
        "opened": Q(),
        "replied": Q(first_replied_at__isnull=False),
        "unreplied": Q(first_replied_at__isnull=True, active=True),
        "ended": ended,
        "first_contact": once,
        "again": ended & ~once,
        "self_service": ended & Q(ours=False) & ~by_hand,
    }[measure]
