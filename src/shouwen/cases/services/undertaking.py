"""What a channel promises by itself (to call back, say) stands in the ledger of promises, on its case."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from shouwen.cases import queries
from shouwen.cases.services import recording
from shouwen.kernel import worktime
from shouwen.kernel.errors import Invalid
from shouwen.people import queries as people
from shouwen.platform.access import SYSTEM, Actor
from shouwen.promises import queries as reads
from shouwen.promises import services as promises


class Ledger:
    """Registered at `channels.promising`. A promise goes to the case's owner once there is one."""

    @transaction.atomic
    def promise(
        self,
        *,
        subject: tuple[str, int],
        text: str,
        team_id: int | None,
        seconds: int,
        channel: str,
        at: datetime,
    ) -> int | None:
        case = queries.locked(subject[1])
        calendar_id = _calendar_of(team_id or case.team_id)
        due = worktime.due(reads.working(calendar_id), at, seconds)
        counted = promises.Counted(calendar_id, seconds, due.provisional) if calendar_id else None
        try:
            with transaction.atomic():
                made = promises.make(
                    subject=case.subject,
                    customer_id=case.customer_id,
                    text=text,
                    due_at=due.due,
                    deliver_by=case.owner_id,
                    channel=channel,
                    team_id=team_id or case.team_id,
                    counted=counted,
                    at=at,
                    by=SYSTEM,
                )
        except Invalid:
            return None  # nearer than the organisation lets anybody promise
        recording.look_at_deadlines(case)
        case.save(update_fields=["due_at", "due_sort"])
        return int(made.pk)

    @transaction.atomic
    def keep(self, *, promise_id: int, note: str, at: datetime, by: Actor) -> None:
        """In the name of who called, whoever made the promise: it is kept by the deed."""
        known = reads.by_ids([promise_id]).get(promise_id)
        if known is not None and known.owed:
            doer = Actor(user_id=by.user_id, name=by.name, kind="system")
            promises.keep(promise_id=promise_id, note=note, at=at, by=doer)

    def dues(self, promise_ids: list[int]) -> dict[int, Any]:
        return reads.by_ids(promise_ids)

    def zone(self, team_id: int | None) -> ZoneInfo:
        return reads.working(_calendar_of(team_id)).timetable.zone


def _calendar_of(team_id: int | None) -> int | None:
    return people.team(team_id).calendar_id if team_id else None
