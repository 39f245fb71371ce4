"""By which calendar a team works."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid
from shouwen.people import services as people
from shouwen.platform.access import Actor
from shouwen.promises.models import Calendar
from shouwen.promises.services.editions import changed


@transaction.atomic
def set_team_calendar(*, team_id: int, calendar_id: int | None, at: datetime, by: Actor) -> None:
    """Clocks and promises of the team that begin from now on count by it; those that run keep theirs."""
    if calendar_id is not None and not Calendar.objects.filter(pk=calendar_id, active=True).exists():
        raise Invalid(_("There is no such calendar."), field="calendar")
    people.set_calendar(team_id=team_id, calendar_id=calendar_id, at=at, by=by)
    changed()
