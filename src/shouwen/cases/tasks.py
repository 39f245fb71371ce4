"""What the clock starts."""

from datetime import datetime

from shouwen.cases import services
from shouwen.cases.services import personal
from shouwen.platform.jobs import every


@every("cases.close_silent", seconds=60)
def close_silent(*, at: datetime) -> None:
    services.close_silent(at=at)


@every("cases.wake_snoozed", seconds=30)
def wake_snoozed(*, at: datetime) -> None:
    personal.wake_snoozed(at=at)
