"""What the clock starts in complaints."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from shouwen.complaints import services
from shouwen.platform.jobs import every


@every("complaints.tick", seconds=60, label=_("Tell what is late in complaints"))
def tell_what_is_late(*, at: datetime) -> None:
    services.tick(at=at)
