"""Which subjects have promises of a sort: for lists of a room above, as a part of its own question."""

from datetime import datetime

from django.db.models import Q, QuerySet

from shouwen.promises.models import Promise


def subjects_with(kind: str, sort: str, *, at: datetime, until: datetime) -> "QuerySet[Promise, int]":
    """Ids of the subjects of one kind with a promise that is overdue at `at`, due by `until` ("today"), owed, broken
    or kept; "any" for one at all. Not read yet."""
    fits = {
        "any": Q(),
        "owed": Q(owed=True),
        "overdue": Q(owed=True, due_at__lte=at),
        "today": Q(owed=True, due_at__gt=at, due_at__lt=until),
        "broken": Q(state="broken"),
        "kept": Q(state="kept"),
    }[sort]
    return Promise.objects.filter(fits, subject_kind=kind).order_by().values_list("subject_id", flat=True)
