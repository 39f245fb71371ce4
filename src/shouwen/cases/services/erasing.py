"""Forgetting a customer (CUS-7)."""

from datetime import datetime

from django.db import transaction

from shouwen.cases.models import Case, Confirmation, Understanding
from shouwen.platform.access import Actor
from shouwen.platform.search import services as search


@transaction.atomic
def erase(customer_id: int, *, at: datetime, by: Actor) -> None:
    """The facts of service stay for counting; every word that could be personal goes."""
    ids = list(Case.objects.filter(customer_id=customer_id).values_list("pk", flat=True))
    Case.objects.filter(pk__in=ids).update(subject_line="—", last_words="", last_author="", fields={})
    Understanding.objects.filter(case_id__in=ids).update(text="—")
    Confirmation.objects.filter(case_id__in=ids).update(word="")
    for pk in ids:
        search.index("case", pk)
