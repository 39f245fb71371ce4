"""What the customer expects, and how it was set right."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid
from shouwen.platform.access import Actor, require
from shouwen.platform.ledger import bus
from shouwen.promises import policies
from shouwen.promises.events import ExpectationRecorded
from shouwen.promises.models import Expectation, ExpectationSort
from shouwen.promises.rules import words
from shouwen.promises.rules.satisfaction import check_levels
from shouwen.promises.rules.words import Subject


@transaction.atomic
def record_expectation(
    *,
    subject: Subject,
    customer_id: int | None,
    text: str,
    sort: str,
    managed: str = "",
    agreed: str = "",
    levels: Mapping[str, int] | None = None,
    at: datetime,
    by: Actor,
) -> Expectation:
    """Write down what the customer expects. An earlier record stays; the newest one counts."""
    require(by, policies.MAKE)
    if sort not in ExpectationSort.values:
        raise Invalid(_("There is no such sort of expectation."), field="sort")
    said = {
        "text": _checked(text, "text", required=True),
        "managed": _checked(managed, "managed"),
        "agreed": _checked(agreed, "agreed"),
    }
    check_levels(levels or {})
    made = Expectation.objects.create(
        subject_kind=subject[0],
        subject_id=subject[1],
        customer_id=customer_id,
        sort=sort,
        levels=dict(levels or {}),
        recorded_by=by.user_id,
        recorded_at=at,
        **said,
    )
    customer = [("customer", customer_id)] if customer_id else []
    bus.announce(ExpectationRecorded(made.pk, sort), subjects=[subject, *customer], by=by, at=at)
    return made


def _checked(text: str, field: str, *, required: bool = False) -> str:
    said = text.strip()
    if required and not said:
        raise Invalid(_("Say what the customer expects."), field=field)
    if len(said) > words.WORDS_LIMIT:
        raise Invalid(_("At most %(most)s characters.") % {"most": words.WORDS_LIMIT}, field=field)
    return said
