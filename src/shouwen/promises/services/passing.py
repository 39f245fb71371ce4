"""Open promises follow the person who answers for what they were made about."""

from datetime import datetime

from django.db import transaction

from shouwen.platform.access import Actor
from shouwen.platform.ledger import bus
from shouwen.promises.events import PromisePassedOn
from shouwen.promises.models import Promise, PromiseState
from shouwen.promises.rules.words import Subject
from shouwen.promises.services import breaking


@transaction.atomic
def pass_on(*, subject: Subject, from_id: int, to_id: int, to_name: str, at: datetime, by: Actor) -> int:
    """What `from_id` was still to deliver is `to_id`'s from now on; who made each promise stays. How many.

    What is broken already stays with whom it broke; what a third person delivers stays theirs.
    """
    kind, pk = subject
    open_ones = Promise.objects.select_for_update().filter(
        subject_kind=kind, subject_id=pk, state=PromiseState.OPEN, deliver_by=from_id
    )
    passed = list(open_ones.order_by("pk"))
    for promise in passed:
        promise.deliver_by = to_id
        promise.save(update_fields=["deliver_by"])
        about = breaking.about(promise)
        topics = [*about["topics"], f"user:{from_id}"]
        fact = PromisePassedOn(promise.pk, promise.text, from_id, to_id, to_name)
        bus.announce(fact, by=by, at=at, subjects=about["subjects"], topics=topics)
    return len(passed)
