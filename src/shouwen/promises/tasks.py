"""What the clock starts."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from shouwen.platform.jobs import every
from shouwen.promises import services

TICK_SECONDS = 15


@every("promises.tick", seconds=TICK_SECONDS, label=_("Watch over promises and time limits"))
def warn_and_break(*, at: datetime) -> None:
    services.tick(at)
