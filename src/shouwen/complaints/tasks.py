"""What the clock starts in complaints."""

from datetime import datetime

from shouwen.complaints import services
from shouwen.platform.jobs import every


@every("complaints.tick", seconds=60)
def tell_what_is_late(*, at: datetime) -> None:
    services.tick(at=at)
