"""What the telephone measures: calls, how long callers waited, whom nobody answered, who was called back."""

from datetime import datetime

from django.db.models import Avg, Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shouwen.channels.figures import Figure, link
from shouwen.channels.models import Call
from shouwen.channels.vendors.phone import queries
from shouwen.channels.vendors.phone.shown import spelled


def measure(since: datetime, until: datetime) -> list[Figure]:
    """One range of the index by beginning. Waiting is the mean of answered incoming calls."""
    incoming = Call.objects.filter(started_at__gte=since, started_at__lt=until, direction="incoming")
    found = incoming.aggregate(
        calls=Count("id"),
        lost=Count("id", filter=Q(missed=True)),
        reached=Count("id", filter=Q(missed=True, called_back_at__isnull=False)),
        waited=Avg("wait", filter=Q(answered_at__isnull=False)),
        talked=Avg("talk", filter=Q(answered_at__isnull=False)),
    )
    if not found["calls"]:
        return []
    here = reverse("channels:calls")
    to = {view: link(here, since, until, view=view) for view in queries.COUNTED}
    return [
        Figure(_("Incoming calls"), str(found["calls"]), to["incoming"]),
        Figure(_("Rang for (mean)"), spelled(round(found["waited"] or 0)), to["answered"]),
        Figure(_("Talked for (mean)"), spelled(round(found["talked"] or 0)), to["answered"]),
        Figure(_("Missed"), str(found["lost"]), to["lost"]),
        Figure(_("Missed, and called back"), str(found["reached"]), to["reached"]),
    ]
