"""What a fresh installation starts with, so that clocks run from the first contact on."""

from datetime import datetime
from typing import Any, Final

from django.db import transaction

from shouwen.promises.models import Calendar, ServiceStandard
from shouwen.promises.services.editions import changed

OFFICE: Final = [["09:00", "12:00"], ["13:30", "18:00"]]
OFFICE_HOURS: Final[dict[str, Any]] = {
    "zone": "Asia/Shanghai",
    "week": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), OFFICE),
    "holidays": [],
    "shifts": {},
    "breaks": {},
    "official": "CN",
}
ROUND_THE_CLOCK: Final[dict[str, Any]] = {
    "zone": "Asia/Shanghai",
    "week": {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")},
    "holidays": [],
    "shifts": {},
    "breaks": {},
    "official": None,
}
HOUR: Final = 3600
WORKING_DAY: Final = 27_000
"""Seven and a half hours: the office hours above."""


@transaction.atomic
def furnish(*, at: datetime) -> bool:
    """Two calendars and one standard for all, unless there is a calendar already. True when it did."""
    if Calendar.objects.exists():
        return False
    Calendar.objects.create(
        name="标准工作日", zone="Asia/Shanghai", definition=OFFICE_HOURS, default=True, updated_at=at
    )
    Calendar.objects.create(name="全天候", zone="Asia/Shanghai", definition=ROUND_THE_CLOCK, updated_at=at)
    # Half an hour to the first answer, two hours to each next one, two working days to the solution: where
    # an organisation that has not decided yet may begin. It is dated back so that imported mail has clocks.
    ServiceStandard.objects.create(
        first_reply_seconds=HOUR // 2,
        next_reply_seconds=2 * HOUR,
        solution_seconds=2 * WORKING_DAY,
        valid_from=datetime.min.replace(year=2000, tzinfo=at.tzinfo),
    )
    changed()
    return True
