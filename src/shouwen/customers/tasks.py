"""What the clock starts: flags run out."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from shouwen.customers import services
from shouwen.platform.jobs import every


@every("customers.expire_flags", seconds=600, label=_("Let caution flags run out"))
def caution_flags_run_out(*, at: datetime) -> None:
    services.expire_flags(at=at)
