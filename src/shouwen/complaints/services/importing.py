"""Lists of complaints from elsewhere come in, and go again (CMP-9)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from shouwen.complaints import policies, queries
from shouwen.complaints.events import ComplaintListImported, ComplaintListRemoved
from shouwen.complaints.models import ComplaintList, ListedComplaint
from shouwen.complaints.rules import facts, lists
from shouwen.platform.access import Actor, require
from shouwen.platform.files import services as files
from shouwen.platform.ledger import bus

SHOWN_REFUSALS = 500
BATCH = 2000


@transaction.atomic
def import_list(
    *, name: str, content: bytes, mapping: Mapping[str, str], at: datetime, by: Actor
) -> ComplaintList:
    """Take in a CSV by `mapping` (our field → its column). What cannot be taken is reported row by row."""
    require(by, policies.ANALYSE)
    rows, refused = lists.read(lists.decoded(content), mapping)
    made = ComplaintList.objects.create(
        name=facts.text(name, "name", most=120),
        mapping=dict(mapping),
        rows=len(rows),
        refused_rows=len(refused),
        refused=[
            {"line": one.line, "reason": one.reason.msgid, "params": dict(one.reason.params)}
            for one in refused[:SHOWN_REFUSALS]
        ],
        imported_by=by.user_id,
        imported_at=at,
    )
    ListedComplaint.objects.bulk_create(
        [
            ListedComplaint(
                of=made,
                issue=one.issue,
                company=one.company,
                product=one.product,
                day=one.day,
                outcome=one.outcome,
            )
            for one in rows
        ],
        batch_size=BATCH,
    )
    fact = ComplaintListImported(made.pk, made.name, made.rows, made.refused_rows)
    bus.announce(fact, subjects=[made.subject], by=by, at=at)
    return made


@transaction.atomic
def keep_upload(*, name: str, content: bytes, at: datetime, by: Actor) -> int:
    """Hold a file until its columns were looked at; Invalid when it is no table."""
    require(by, policies.ANALYSE)
    lists.headers(lists.decoded(content))
    return files.store(name=name, content=content, at=at).pk


@transaction.atomic
def remove_list(*, list_id: int, at: datetime, by: Actor) -> None:
    require(by, policies.ANALYSE)
    found = queries.complaint_list(list_id)
    fact = ComplaintListRemoved(found.pk, found.name)
    bus.announce(fact, subjects=[found.subject], by=by, at=at)
    found.entries.all().delete()
    found.delete()
