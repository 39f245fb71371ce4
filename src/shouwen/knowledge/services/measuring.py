"""The reply check never blocks and is measured: what sent replies still held."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from shouwen.knowledge import queries
from shouwen.knowledge.models import CheckTally
from shouwen.knowledge.rules.reply_check import Remark, ReplyContext


@transaction.atomic
def measure_reply(
    *, text: str, staff_id: int, team_id: int | None = None, at: datetime, context: ReplyContext | None = None
) -> list[Remark]:
    """Count one sent reply and the remarks left in it, by day, person, team and sort. Returns the remarks."""
    remarks = queries.check_reply(text, context)
    day = timezone.localdate(at)
    counted: Counter[str] = Counter(remark.sort for remark in remarks)
    counted[""] = 1  # the reply itself
    for sort, found in counted.items():
        row, _created = CheckTally.objects.get_or_create(
            day=day, staff_id=staff_id, team_id=team_id or 0, sort=sort
        )
        CheckTally.objects.filter(pk=row.pk).update(found=F("found") + found)
    return remarks
