"""Notes, before a page reads anything, where in the stream of events it stands: what happens while it is drawn
and until its stream opens is caught up then."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from shouwen.platform import db
from shouwen.platform.ledger.models import Event
from shouwen.platform.live.hub import hub
from shouwen.platform.live.places import Place, newest

PENDING = db.Read(lambda: Event.objects.filter(pending=True).order_by("pk").values_list("pk")[:1])
STANDS = "live_place"


class PlaceMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        setattr(request, STANDS, hub.place())
        return self.get_response(request)


def page_stands_at(request: HttpRequest) -> str:
    """The place a page's stream begins at: before whatever its handlers have not seen yet, for what they write
    (a notice, a counter) is not on the page. One question to the database."""
    place: Place | None = getattr(request, STANDS, None)
    if place is None:
        return str(newest(delivered=True))
    pending = PENDING.first()
    return str(place if pending is None else place.before(pending[0]))
