"""What a customer perceived is held against what they expected, once for each answer (PRO-8)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from shouwen.platform.preferences import get as preference
from shouwen.promises import queries
from shouwen.promises.models import Perception
from shouwen.promises.rules.satisfaction import satisfaction
from shouwen.promises.rules.words import Subject


@transaction.atomic
def record_perception(
    *,
    subject: Subject,
    answer_id: int,
    perceived: Mapping[str, int],
    customer_id: int | None,
    item_id: int | None,
    team_id: int | None,
    at: datetime,
) -> Perception | None:
    """Keep the levels with the expectation of that day; None where nothing was perceived. Hearing of the same
    answer twice changes nothing."""
    expected = queries.expected_levels(subject)
    default = preference("promises.expected_level")
    found = satisfaction(perceived, expected, default=default, band=preference("promises.equal_band"))
    if found is None:
        return None
    made, _new = Perception.objects.get_or_create(
        subject_kind=subject[0],
        subject_id=subject[1],
        answer_id=answer_id,
        defaults={
            "customer_id": customer_id,
            "item_id": item_id,
            "team_id": team_id,
            "perceived": {one.dimension: one.perceived for one in found.differences},
            "expected": {one.dimension: one.expected for one in found.differences},
            "mean": found.mean,
            "state": found.state,
            "at": at,
        },
    )
    return made
