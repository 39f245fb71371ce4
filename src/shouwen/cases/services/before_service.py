"""What a service covers, how long it takes and what is not done: told once, before it begins (PRO-5).

It goes out by itself, where the service item says so, with the acknowledgement or with the first mail after it. Both
know it from memory and write it down with what they save anyway: no statement more.
"""

from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from shouwen.cases.models import Case
from shouwen.promises import queries as promises

KEPT = "expectation_notice"


def due(case: Case) -> str | None:
    """The notice of the case's service item, if it has not been told yet."""
    known = case.fields.get(KEPT)
    if case.service_item_id is None or (known and known["item"] == case.service_item_id):
        return None
    return promises.notice_to_send(case.service_item_id, case.customer.language)


def with_reply(case: Case, text: str, channel: str, at: datetime) -> str:
    """The reply with the notice below it, by mail only: other channels are too narrow, there it is said."""
    notice = due(case) if channel == "email" else None
    if notice is None:
        return text
    mark(case, at)
    return f"{text}{_head(case)}{notice}"


def _head(case: Case) -> str:
    with translation.override(case.customer.language):
        return f"\n\n{_('Before we begin, please note:')}\n"


def mark(case: Case, at: datetime) -> None:
    """Written down on the case; whoever calls saves it."""
    case.fields = {**case.fields, KEPT: {"item": case.service_item_id, "at": at.isoformat()}}


def taken_back(case: Case, message: Any) -> str:
    """A reply was taken back before it left: what went with it was not told. The words without the notice."""
    known = case.fields.get(KEPT)
    text = str(message.text)
    if not known or known["at"] != message.at.isoformat():
        return text
    case.fields = {name: value for name, value in case.fields.items() if name != KEPT}
    return text.rpartition(_head(case))[0] or text
