"""What several writes on an incident share: its fact with its subjects and topics, its own texts checked."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.incidents.models import Area, Incident
from shouwen.kernel.errors import Invalid
from shouwen.kernel.text import clean_line
from shouwen.platform.access import Actor
from shouwen.platform.ledger import bus

MOST_AREAS = 100
LIMITS = {"title": 200, "title_en": 200, "model": 80, "cause": 4000, "interim": 2000, "interim_en": 2000}


def announce(
    incident: Incident,
    fact: Any,
    *,
    by: Actor,
    at: datetime,
    more: Iterable[tuple[str, int]] = (),
    **changes: Any,
) -> int:
    return bus.announce(
        fact, subjects=[incident.subject, *more], by=by, at=at, topics=["incidents"], **changes
    )


def checked(name: str, text: str, *, required: bool = False) -> str:
    """A text of an incident within its length."""
    said = text.strip()
    if required and not said:
        raise Invalid(_("Fill this in."), field=name)
    if len(said) > LIMITS[name]:
        raise Invalid(_("At most %(most)s characters.") % {"most": LIMITS[name]}, field=name)
    return clean_line(said) if LIMITS[name] <= 200 else said


def checked_areas(names: Iterable[str]) -> list[str]:
    """Names of areas, each once, in their order."""
    found = dict.fromkeys(clean_line(name.strip()) for name in names if name.strip())
    if len(found) > MOST_AREAS:
        raise Invalid(_("At most %(most)s at once.") % {"most": MOST_AREAS}, field="areas")
    if any(len(name) > 80 for name in found):
        raise Invalid(_("At most %(most)s characters.") % {"most": 80}, field="areas")
    return list(found)


def area_rows(incident: Incident, names: Iterable[str]) -> dict[str, Area]:
    """The same for many names: each that was given, with its area; two statements, one more when any is new."""
    given = list(dict.fromkeys(names))
    free = MOST_AREAS - len(incident.area_names)
    new = [name for name in given if name and name not in incident.area_names][: max(free, 0)]
    allowed = {*incident.area_names, *new}
    goes_to = {name: name if name in allowed else "" for name in given}
    known = _areas(incident)
    missing = [name for name in dict.fromkeys(goes_to.values()) if name not in known]
    if missing:
        Area.objects.bulk_create([Area(incident=incident, name=name) for name in missing])
        known = _areas(incident)
        incident.area_names = [*incident.area_names, *new]
    return {name: known[place] for name, place in goes_to.items()}


def _areas(incident: Incident) -> dict[str, Area]:
    return {area.name: area for area in Area.objects.filter(incident=incident)}


def area_row(incident: Incident, name: str) -> Area:
    """The area of that name, made when there is none; beyond the most it is the nameless one."""
    if name not in incident.area_names and len(incident.area_names) >= MOST_AREAS:
        name = ""
    found, made = Area.objects.get_or_create(incident=incident, name=name)
    if made and name:
        incident.area_names = [*incident.area_names, name]
    return found
