"""What a sent reply leaves behind: figures of the reply check (KNO-3), and which official wordings were said (KNO-2)."""

from datetime import datetime

from django.db import connection, transaction

from shouwen.cases import queries
from shouwen.channels import queries as channels
from shouwen.knowledge import services as knowledge
from shouwen.promises import queries as promises

ONCE = "INSERT INTO cases_measured (message_id, event_id) VALUES (%s, %s) ON CONFLICT (message_id) DO NOTHING"


def _first(message_id: int, event_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(ONCE, [message_id, event_id])
        return bool(cursor.rowcount == 1)


@transaction.atomic
def measure(*, case_id: int, message_id: int, event_id: int, at: datetime) -> bool:
    """Once per message, however often the fact is delivered. False when it was counted before."""
    case = queries.by_pk(case_id)
    if case is None or not message_id:
        return False
    if not _first(message_id, event_id):
        return False
    message = channels.message(message_id)
    if message.meta.get("undone") or message.author_id is None:
        return False
    promised = any(promise.message_id == message_id for promise in promises.all_for(case.subject))
    context = queries.context_after(case, message, promised)
    knowledge.measure_reply(
        text=message.text, staff_id=message.author_id, team_id=case.team_id, at=at, context=context
    )
    knowledge.record_articles(subject=case.subject, text=message.text, at=at)
    knowledge.record_wordings(subject=case.subject, text=message.text, at=at)
    return True
