"""What the clock starts: flags run out."""

from datetime import datetime

from shouwen.customers import services
from shouwen.platform.jobs import every


@every("customers.expire_flags", seconds=600)
def caution_flags_run_out(*, at: datetime) -> None:
    services.expire_flags(at=at)
