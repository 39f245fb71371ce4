"""Rows of the inbox list: two lines a person reads at a glance."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from shouwen.cases.models import Case, SavedView
from shouwen.cases.queries.chips import Chip, chip_of
from shouwen.cases.queries.kinds import kind_label, kinds
from shouwen.platform.access import Actor
from shouwen.platform.web.environment import local_time

URGENT = 2  # priorities 1 and 2 are shown; the ordinary ones would be noise


@dataclass(frozen=True, slots=True)
class Row:
    pk: int
    ref: str
    subject: str
    last: str
    customer: str
    tier: str
    channel: str
    owner: str
    mine: bool
    kind: str
    priority: int
    emotion: str
    waits: bool
    chip: Chip | None
    at: datetime
    ago: str
    state: str


def rows(cases: Iterable[Case], actor: Actor, at: datetime) -> list[Row]:
    """What the list shows of each case. Makes no question: customers and owners are joined."""
    labels = {code: kind_label(code) for code in kinds()}
    return [
        Row(
            case.pk,
            case.reference,
            case.subject_line,
            case.last_words,
            case.customer.name,
            case.tier,
            case.channel,
            case.owner.name if case.owner else "",
            case.owner_id == actor.user_id,
            labels.get(case.kind, case.kind),
            case.priority if case.priority <= URGENT else 0,
            "" if case.emotion == "calm" else case.emotion,
            case.active and case.awaiting == "us" and case.last_direction == "inbound",
            chip_of(case, at),
            case.last_at,
            local_time(case.last_at, "ago"),
            case.state,
        )
        for case in cases
    ]


def saved_views(actor: Actor) -> list[SavedView]:
    """A person's own saved views and those shared with all."""
    return list(SavedView.objects.filter(Q(staff_id=actor.user_id) | Q(shared=True))[:60])
