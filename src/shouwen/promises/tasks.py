"""What the clock starts."""

from datetime import datetime

from shouwen.platform.jobs import every
from shouwen.promises import services

TICK_SECONDS = 15


@every("promises.tick", seconds=TICK_SECONDS)
def warn_and_break(*, at: datetime) -> None:
    services.tick(at)
