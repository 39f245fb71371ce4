"""The reply check never blocks and is measured: what sent replies still held."""

from collections import Counter
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from shouwen.knowledge import queries
from shouwen.knowledge.rules.reply_check import Remark, ReplyContext

# one statement for all sorts of a reply: two replies of the same day never wait for each other's rows in turn
COUNT = """
INSERT INTO knowledge_checktally (day, staff_id, team_id, sort, found) VALUES %s
ON CONFLICT (day, staff_id, team_id, sort) DO UPDATE SET found = knowledge_checktally.found + EXCLUDED.found
"""


@transaction.atomic
def measure_reply(
    *, text: str, staff_id: int, team_id: int | None = None, at: datetime, context: ReplyContext | None = None
) -> list[Remark]:
    """Count one sent reply and the remarks left in it, by day, person, team and sort. Returns the remarks."""
    remarks = queries.check_reply(text, context)
    day = timezone.localdate(at)
    counted: Counter[str] = Counter(remark.sort for remark in remarks)
    counted[""] = 1  # the reply itself
    values = [
        value for sort in sorted(counted) for value in (day, staff_id, team_id or 0, sort, counted[sort])
    ]
    with connection.cursor() as cursor:
        cursor.execute(COUNT % ", ".join(["(%s, %s, %s, %s, %s)"] * len(counted)), values)
    return remarks
