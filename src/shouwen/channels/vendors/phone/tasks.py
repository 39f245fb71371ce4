"""What the clock starts for the telephone."""

from django.utils.translation import gettext_lazy as _

from shouwen.channels.vendors.phone import services
from shouwen.platform.access import now
from shouwen.platform.jobs import job


@job("channels.phone_missed", label=_("See to a missed call"))
def see_to_a_missed_call(*, call_id: int) -> None:
    services.call_missed(call_id=call_id, at=now())
