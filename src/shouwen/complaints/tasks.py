"""What the clock starts in complaints."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from shouwen.complaints import services
from shouwen.platform.access import now
from shouwen.platform.jobs import every, job


@every("complaints.tick", seconds=60, label=_("Tell what is late in complaints"))
def tell_what_is_late(*, at: datetime) -> None:
    services.tick(at=at)


@every("complaints.reckon", seconds=3600, label=_("Look over the kept figures of complaints"))
def look_over_kept_figures(*, at: datetime) -> None:
    services.reckon_recent(at=at)


@every("complaints.threats", seconds=30, label=_("Remind of threats nobody has acknowledged"))
def remind_of_threats(*, at: datetime) -> None:
    services.remind_of_threats(at=at)


@job("complaints.threat_mail", label=_("Mail a colleague that there is a threat"))
def mail_threat(*, threat_id: int, user_id: int, number: int) -> None:
    services.mail_threat(threat_id=threat_id, user_id=user_id, number=number, at=now())
