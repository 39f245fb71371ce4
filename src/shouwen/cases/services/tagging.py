"""One tag more, beside those a case has."""

from datetime import datetime

from django.db import transaction

from shouwen.cases import queries
from shouwen.cases.models import Case
from shouwen.cases.services.changing import set_tags
from shouwen.platform.access import Actor


@transaction.atomic
def add_tag(*, case_id: int, tag: str, at: datetime, by: Actor) -> Case:
    case = queries.locked(case_id, by)
    return set_tags(case_id=case_id, tags=[*case.tags, tag], at=at, by=by)
