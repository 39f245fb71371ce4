"""Facts of the service desk."""

from shouwen.kernel.events import Fact, fact


@fact("channels.visit_changed")
class VisitChanged(Fact):
    """A number was taken, called, served, passed on; `state` says what it is now."""

    visit_id: int
    label: str
    state: str
    counter: str = ""


@fact("channels.hall_changed")
class HallChanged(Fact):
    """A hall, a matter or a counter was set up, or somebody sat down at a counter."""

    hall_id: int
    what: str
    name: str
