"""Cases follow their customer when two records turn out to be one, and go back when they were not."""

from django.db import transaction

from shouwen.cases.models import Case, CustomerMove


@transaction.atomic
def follow(*, winner_id: int, loser_id: int, merge_id: int) -> int:
    """Move the loser's cases to the winner, remembering which. How many."""
    moved = list(Case.objects.filter(customer_id=loser_id).values_list("pk", flat=True))
    if not moved:
        return 0
    CustomerMove.objects.get_or_create(merge_id=merge_id, defaults={"loser_id": loser_id, "case_ids": moved})
    return Case.objects.filter(pk__in=moved).update(customer_id=winner_id)


@transaction.atomic
def go_back(*, merge_id: int) -> int:
    move = CustomerMove.objects.filter(merge_id=merge_id).first()
    if move is None:
        return 0
    count = Case.objects.filter(pk__in=move.case_ids).update(customer_id=move.loser_id)
    move.delete()
    return count
