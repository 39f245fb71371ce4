"""Says that calendars, official days or standards changed, in the transaction of the change."""

from django.db.models import F

from shouwen.promises.models import Edition
from shouwen.promises.queries import policy


def changed() -> None:
    """Count the edition up, so that other processes read again within seconds, this one at once."""
    if not Edition.objects.filter(pk=1).update(number=F("number") + 1):
        Edition.objects.create(pk=1, number=1)
    policy.changing()
