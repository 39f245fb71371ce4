"""Promises and expectations follow their customer: through a merge, back again, and into erasure."""

from datetime import datetime

from django.db import transaction

from shouwen.platform.access import Actor
from shouwen.platform.ledger.redacting import redact
from shouwen.promises.models import CustomerMove, Expectation, Perception, Promise

ERASED = "–"


@transaction.atomic
def follow_merge(*, merge_id: int, winner_id: int, loser_id: int) -> None:
    """What was promised to the loser was promised to the winner. Hearing it twice changes nothing."""
    if CustomerMove.objects.filter(merge_id=merge_id).exists():
        return
    promises = Promise.objects.filter(customer_id=loser_id)
    expectations = Expectation.objects.filter(customer_id=loser_id)
    CustomerMove.objects.create(
        merge_id=merge_id,
        promise_ids=list(promises.values_list("pk", flat=True)),
        expectation_ids=list(expectations.values_list("pk", flat=True)),
        perception_ids=list(Perception.objects.filter(customer_id=loser_id).values_list("pk", flat=True)),
    )
    Perception.objects.filter(customer_id=loser_id).update(customer_id=winner_id)
    promises.update(customer_id=winner_id)
    expectations.update(customer_id=winner_id)


@transaction.atomic
def undo_merge(*, merge_id: int, loser_id: int) -> None:
    """Give back what followed that merge. The record stays, so a late merge fact cannot move it again."""
    move = CustomerMove.objects.filter(merge_id=merge_id).first()
    if move is None:
        CustomerMove.objects.create(merge_id=merge_id)
        return
    Promise.objects.filter(pk__in=move.promise_ids).update(customer_id=loser_id)
    Expectation.objects.filter(pk__in=move.expectation_ids).update(customer_id=loser_id)
    Perception.objects.filter(pk__in=move.perception_ids).update(customer_id=loser_id)


@transaction.atomic
def erase_customer(customer_id: int, *, at: datetime, by: Actor) -> None:
    """Words go, figures stay: that a promise was kept or broken is about us, not about the customer."""
    promises = Promise.objects.filter(customer_id=customer_id)
    redact([("promise", pk) for pk in promises.values_list("pk", flat=True)])
    promises.update(text=ERASED, reason="", customer_id=None)
    Perception.objects.filter(customer_id=customer_id).update(customer_id=None)
    Expectation.objects.filter(customer_id=customer_id).update(
        text=ERASED, managed="", agreed="", customer_id=None
    )
