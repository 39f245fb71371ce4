"""Service hours: reminders and escalations wait for them, emergencies do not."""

from datetime import datetime, timedelta

from shouwen.cases.models import Case
from shouwen.people import queries as people
from shouwen.promises import queries as promises

URGENT = 1
ONE = timedelta(seconds=1)


def is_emergency(case: Case) -> bool:
    return case.priority == URGENT


def next_open(team_id: int | None, at: datetime) -> datetime:
    """`at` itself in the service hours of the team's calendar, else the moment they begin again."""
    team = people.teams(active_only=False).filter(pk=team_id).first() if team_id is not None else None
    return max(at, promises.due_for(team.calendar_id if team else None, at, 1).due - ONE)
