"""Watching, putting aside for a while, drafts, saved views: what one person does for themselves."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import policies, queries
from shouwen.cases.events import CaseSnoozed, CaseWatched
from shouwen.cases.models import Case, Draft, SavedView, Watch
from shouwen.cases.rules import states
from shouwen.cases.services import recording
from shouwen.cases.services.noticing import notify
from shouwen.cases.services.persons import known_staff
from shouwen.channels import queries as channels
from shouwen.kernel.errors import Invalid, NotFound, Refused
from shouwen.platform.access import SYSTEM, Actor, ensure
from shouwen.promises import queries as promises

JUST_SAID = timedelta(minutes=2)
DRAFT_SORTS = frozenset({"reply", "note", "task", "promise"})
LEAST_SNOOZE = timedelta(minutes=5)  # where a warning comes sooner, putting aside would only hide it
LONGEST_SNOOZE = timedelta(days=90)
MOST_VIEWS = 30
BEFORE_WARNING = timedelta(minutes=2)  # the waking job runs twice a minute


@transaction.atomic
def watch(
    *, case_id: int, watching: bool = True, staff_id: int | None = None, at: datetime, by: Actor
) -> None:
    """Have it among what one watches, or no longer; with `staff_id` for a colleague, who sees it as far as they may."""
    case = queries.locked(case_id, by)
    who = by.user_id
    if staff_id is not None and staff_id != by.user_id:
        ensure(policies.may_work, by, case)
        who = known_staff(staff_id, "staff").id
    rows = Watch.objects.filter(case=case, staff_id=who)
    if who is None or rows.exists() == watching:
        return
    if watching:
        Watch.objects.create(case=case, staff_id=who, since=at)
    else:
        rows.delete()
    recording.announce(case, CaseWatched(case.pk, who, watching), by=by, at=at)


@transaction.atomic
def snooze(*, case_id: int, until: datetime | None, at: datetime, by: Actor) -> Case:
    """Put a case aside until a time, or take it back (None). It returns by itself when the customer writes, and
    before the next warning about a promise or a running clock of it, if that is earlier."""
    case = queries.locked(case_id, by)
    ensure(policies.may_answer_for, by, case)
    states.must_be_active(case.state)
    if until is not None:
        if not at < until <= at + LONGEST_SNOOZE:
            raise Invalid(_("Choose a time from now to ninety days ahead."), field="until")
        look = promises.next_look(case.subject)
        if look is not None and look - BEFORE_WARNING < until:
            until = look - BEFORE_WARNING
            if until < at + LEAST_SNOOZE:
                raise Refused(_("Something falls due now; it can't be put aside."), field="until")
    case.snoozed_until = until
    case.save(update_fields=["snoozed_until"])
    recording.announce(case, CaseSnoozed(case.pk, until.isoformat() if until else None), by=by, at=at)
    return case


def wake_snoozed(*, at: datetime, limit: int = 500) -> int:
    """Bring back what was put aside until now, and what would be warned of next while it sleeps. How many."""
    ids = list(Case.objects.filter(snoozed_until__lte=at).values_list("pk", flat=True)[:limit])
    asleep = Case.objects.filter(snoozed_until__gt=at)
    if asleep.exists():
        warned = promises.looked_at_by("case", at + BEFORE_WARNING)
        ids += asleep.filter(pk__in=list(warned)[:limit]).values_list("pk", flat=True)
    for pk in ids:
        with transaction.atomic():
            case = queries.locked(pk)
            if case.snoozed_until is None:
                continue
            case.snoozed_until = None
            case.save(update_fields=["snoozed_until"])
            notify(user_id=case.owner_id, kind="awake", case=case, at=at)
            recording.announce(case, CaseSnoozed(case.pk, None), by=SYSTEM, at=at)
    return len(ids)


@transaction.atomic
def save_draft(*, case_id: int, text: str, sort: str = "reply", at: datetime, by: Actor) -> None:
    """Keep what is being written. An empty text forgets it. The case is locked, as it is while something is said."""
    if sort not in DRAFT_SORTS:
        raise Invalid(_("There is no such sort of draft."), field="sort")
    case = queries.locked(case_id, by)
    text = text.replace("\x00", "")
    if len(text) > 50_000:
        raise Invalid(_("At most %(most)s characters.") % {"most": 50_000}, field="text")
    if text.strip() and channels.said_lately(case.subject, by.user_id or 0, text.strip(), at - JUST_SAID):
        return  # saving and sending crossed on their way: what has been said is no draft any more
    rows = Draft.objects.filter(case_id=case_id, staff_id=by.user_id, sort=sort)
    if not text.strip():
        rows.delete()
    else:
        Draft.objects.update_or_create(
            case_id=case_id, staff_id=by.user_id, sort=sort, defaults={"text": text, "saved_at": at}
        )


@transaction.atomic
def save_view(
    *, name: str, query: Mapping[str, Any], shared: bool = False, at: datetime, by: Actor
) -> SavedView:
    name = states.text(name, "name", least=1, most=60)
    if SavedView.objects.filter(staff_id=by.user_id).count() >= MOST_VIEWS:
        raise Refused(_("At most %(most)s saved views; remove one first.") % {"most": MOST_VIEWS})
    return SavedView.objects.create(staff_id=by.user_id or 0, name=name, query=dict(query), shared=shared)


@transaction.atomic
def remove_view(*, view_id: int, at: datetime, by: Actor) -> None:
    deleted, _rows = SavedView.objects.filter(pk=view_id, staff_id=by.user_id).delete()
    if not deleted:
        raise NotFound(_("There is no such view."))
