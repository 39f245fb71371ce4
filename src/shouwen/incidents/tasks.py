"""What the clock starts in incidents, and what is done after the answer."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from shouwen.incidents import services
from shouwen.incidents.services import linking, looking, publishing, recurring, telling
from shouwen.platform.access import now
from shouwen.platform.jobs import every, job


@every("incidents.look", seconds=30, label=_("Look for incidents"))
def look(*, at: datetime) -> None:
    services.look(at=at)


@every("incidents.forget", seconds=900, label=_("Forget old signs of incidents"))
def forget(*, at: datetime) -> None:
    looking.forget(at=at)


@every("incidents.find_recurring", seconds=6 * 3600, label=_("Look for recurring problems"))
def find_recurring_now_and_then(*, at: datetime) -> None:
    services.find_recurring(at=at)


@job(publishing.SEND, label=_("Tell customers about an incident"))
def send(*, update_id: int) -> None:
    services.send_batch(update_id=update_id, at=now())


@job(linking.TELL_ONE, label=_("Tell a customer who was linked later about an incident"))
def tell_one(*, link_id: int) -> None:
    services.tell_one(link_id=link_id, at=now())


@job(linking.TELL_SOME, label=_("Tell customers who were linked later about an incident"))
def tell_some(*, link_ids: list[int]) -> None:
    services.tell_some(link_ids=link_ids, at=now())


@job(linking.LINK_REST, label=_("Link the suggested requests"))
def link_rest(*, incident_id: int, user_id: int | None, name: str) -> None:
    by = telling.in_the_name_of(user_id, name)
    services.link_suggested(incident_id=incident_id, at=now(), by=by)


@job(recurring.FIND, label=_("Look for recurring problems"))
def find_recurring(*, asked: bool = True) -> None:
    services.find_recurring(at=now())


@job(recurring.GATHER, label=_("Gather the requests of a problem"))
def gather(*, problem_id: int) -> None:
    recurring.gather(problem_id=problem_id, at=now())
