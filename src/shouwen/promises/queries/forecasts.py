"""When a running clock breaches if nothing is done, and when it would be met at the usual pace."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from shouwen.promises.models import Clock, ClockState
from shouwen.promises.queries import policy
from shouwen.promises.queries.clocks import explain
from shouwen.promises.rules import clocks as rules
from shouwen.promises.rules import leeway

SAMPLE: Final = 200


@dataclass(frozen=True)
class Forecast:
    """`breaches_at` if nothing happens (a standing clock: if it ran on from now). `likely_at` is when four of five
    such clocks were settled, None with fewer than ten known; `n` says how many are."""

    breaches_at: datetime
    standing: bool
    likely_at: datetime | None
    n: int

    @property
    def late(self) -> bool:
        """At the usual pace it breaches."""
        return self.likely_at is not None and self.likely_at > self.breaches_at


def forecast(clock: Clock, at: datetime) -> Forecast | None:
    """None for a clock that no longer runs. Asked for one clock on a click, never for a list."""
    if not clock.is_live:
        return None
    standing = clock.state == ClockState.PAUSED
    breaches_at = explain(clock, at).due_at if standing else clock.due_at
    took = _took(clock)
    usual = leeway.leeway(clock.sort, took)
    likely = None
    if usual is not None:
        pauses = [(pause.from_at, pause.to_at) for pause in clock.pauses.all()]
        reading = rules.read(
            policy.current().calendar(clock.calendar_id),
            clock.counted_from,
            usual.seconds,
            used_before=clock.used_before,
            pauses=pauses,
            at=at,
        )
        likely = max(reading.due_at, at)
    return Forecast(breaches_at, standing, likely, len(took))


def _took(clock: Clock) -> list[int]:
    """Open seconds that the last 200 settled clocks of this sort and calendar used, pauses left out."""
    done = Clock.objects.filter(
        sort=clock.sort,
        calendar_id=clock.calendar_id,
        settled_at__isnull=False,
        state__in=[ClockState.MET, ClockState.BREACHED],
    )
    calendar = policy.current().calendar(clock.calendar_id)
    return [
        rules.used_seconds(
            calendar,
            row.counted_from,
            row.used_before,
            [(pause.from_at, pause.to_at) for pause in row.pauses.all()],
            row.settled_at,
        )
        for row in done.order_by("-id").prefetch_related("pauses")[:SAMPLE]
        if row.settled_at is not None
    ]
