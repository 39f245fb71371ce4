"""Reactions to what people announce: the search index follows."""

from shouwen.people.events import PersonChanged, PersonHired, PersonLeft, PersonReturned, SkillsGranted
from shouwen.platform.ledger.bus import Context, on
from shouwen.platform.search import services as search


@on(PersonHired, PersonChanged, PersonLeft, PersonReturned, SkillsGranted)
def a_changed_person_is_found_as_they_are_now(
    fact: PersonHired | PersonChanged | PersonLeft | PersonReturned | SkillsGranted, ctx: Context
) -> None:
    search.index("staff", fact.staff_id)
