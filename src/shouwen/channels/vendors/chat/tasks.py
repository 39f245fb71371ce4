"""What the clock starts for chats."""

from datetime import datetime

from shouwen.channels.vendors.chat import services
from shouwen.platform.jobs import every

SWEEP_SECONDS = 10


@every("channels.chat_sweep", seconds=SWEEP_SECONDS)
def sweep(*, at: datetime) -> None:
    services.sweep(at=at)
