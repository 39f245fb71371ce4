"""How many people of a team are free at an hour: the stock that a promise draws on (PRO-2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from shouwen.people import queries as people
from shouwen.promises.models import Promise

AROUND: Final = timedelta(minutes=30)
"""Who owes something within half an hour of the time has their hands full then."""
SOON: Final = timedelta(hours=1)
"""Within this time who is here now is who will be there; later the calendar says it."""
HERE: Final = ("on_duty", "busy")


@dataclass(frozen=True)
class Stock:
    """`free` of `all_` people of the team owe nothing around that time and, when it is soon, are here now."""

    team: str
    free: int
    all_: int


def stock(team_id: int, due_at: datetime, at: datetime) -> Stock:
    """Two questions. Working hours are not asked here: a closed calendar is a doubt of its own."""
    members = dict(people.members(team_id).filter(provider__isnull=True).values_list("pk", "presence"))
    there = {pk for pk, presence in members.items() if due_at - at > SOON or presence in HERE}
    return Stock(people.team(team_id).name, len(there - busy(list(there), due_at)), len(members))


def busy(staff_ids: list[int], due_at: datetime) -> set[int]:
    """Who of them owes something around that time."""
    owed = Promise.objects.filter(deliver_by__in=staff_ids, owed=True)
    around = owed.filter(due_at__gte=due_at - AROUND, due_at__lte=due_at + AROUND)
    return {pk for pk in around.values_list("deliver_by", flat=True) if pk is not None}
