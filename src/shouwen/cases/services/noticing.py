"""Notices: what waits for one person."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from shouwen.cases.models import Case, Notice
from shouwen.platform import db, live


def notify(
    *,
    user_id: int | None,
    kind: str,
    case: Case | None,
    at: datetime,
    cause_key: str | None = None,
    params: dict[str, Any] | None = None,
) -> None:
    """Leave a notice in the running transaction; with `cause_key` at most one for the same cause."""
    if user_id is None:
        return
    row = Notice(user_id=user_id, kind=kind, case=case, params=params or {}, at=at, cause_key=cause_key)
    db.insert_missing([row])  # a notice without a cause is never one too many
    tell_live([user_id])


def leave(row: Notice) -> bool:
    """Leave a notice that has a cause; False when this person has one of the same cause. One statement."""
    is_new = db.insert_missing([row]) == 1
    if is_new:
        tell_live([row.user_id])
    return is_new


def tell_live(user_ids: Sequence[int]) -> None:
    """The fact behind a notice was told before the notice was there to be seen."""
    topics = [f"user:{pk}" for pk in user_ids]
    transaction.on_commit(lambda: live.publish_row(topics, "notice"))


def notify_all(
    *, user_ids: Sequence[int], kind: str, case: Case | None, at: datetime, cause_key: str, params: Any = None
) -> None:
    """The same notice for several people, in one insert."""
    rows = [
        Notice(user_id=pk, kind=kind, case=case, params=params or {}, at=at, cause_key=cause_key)
        for pk in dict.fromkeys(user_ids)
    ]
    if not rows:
        return
    db.insert_missing(rows)
    tell_live([row.user_id for row in rows])


@transaction.atomic
def read_notices(*, user_id: int, at: datetime, notice_id: int | None = None) -> int:
    """Mark one, or all, of a person's notices as read."""
    rows = Notice.objects.filter(user_id=user_id, read_at=None)
    if notice_id is not None:
        rows = rows.filter(pk=notice_id)
    return rows.update(read_at=at)
