"""What the clock starts for chats."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from shouwen.channels.vendors.chat import services
from shouwen.platform.jobs import every

SWEEP_SECONDS = 10


@every("channels.chat_sweep", seconds=SWEEP_SECONDS, label=_("Look after open chats"))
def sweep(*, at: datetime) -> None:
    services.sweep(at=at)
