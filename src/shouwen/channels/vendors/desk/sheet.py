"""The service desk's part of the page on which a contact is written down."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shouwen.channels.models.counter import Visit
from shouwen.channels.sheets import Written
from shouwen.channels.vendors.desk import queries
from shouwen.channels.vendors.desk.services import written_down
from shouwen.channels.vendors.desk.services.writing_down import kept
from shouwen.platform.access import Actor
from shouwen.platform.web.input import Input


class VisitSheet:
    """Whoever is served at my counter now is who the page is about."""

    channel = "desk"
    template = "channels/desk/sheet.html"

    def opened(self, asked: Mapping[str, str], actor: Actor) -> dict[str, Any]:
        visit = _visit(asked.get("visit", ""), actor)
        return {"visit": visit, "who": visit.phone} if visit else {}

    def read(self, form: Input, actor: Actor) -> dict[str, Any]:
        visit = _visit(form.text("visit", limit=20), actor)
        return {"visit": kept(visit)} if visit else {}

    def written(self, meta: Mapping[str, Any], contact: Written, *, at: datetime, by: Actor) -> None:
        if "visit" in meta:
            written_down(visit_id=meta["visit"]["id"], contact=contact, at=at, by=by)


def _visit(text: str, actor: Actor) -> Visit | None:
    """The visit at this person's counter, when the page was opened for it."""
    here = queries.visit_at(actor.user_id)
    return here if here is not None and text == str(here.pk) else None
