"""Two cases turn out to be one, one turns out to be two, some belong together. Each step can be taken back."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import policies, queries
from shouwen.cases.events import CaseLinked, CaseMerged, CaseMergeUndone
from shouwen.cases.models import (
    Awaiting,
    Case,
    CaseLink,
    CaseMerge,
    Handoff,
    HandoffState,
    Offer,
    Resolution,
    State,
    Task,
)
from shouwen.cases.rules import states
from shouwen.cases.services import recording
from shouwen.channels import queries as channels
from shouwen.channels.services import moving as messages
from shouwen.kernel.errors import Invalid, NotFound, Refused
from shouwen.platform.access import Actor, ensure
from shouwen.platform.search import services as search
from shouwen.promises import services as promises
from shouwen.promises.services import between_subjects

CLOCKS = ("first_reply", "next_reply", "solution")
SORTS = frozenset({"related", "follows"})
MOST_MESSAGES = 2_000
# What a merge changes of the losing case, so that undoing gives it back.
KEPT = ("state", "awaiting", "message_count", "last_words", "last_direction", "last_author")
KEPT_TIMES = ("last_at", "awaiting_since", "resolved_at", "closed_at", "snoozed_until")


def _two(first_id: int, second_id: int, by: Actor) -> tuple[Case, Case]:
    """Both cases, locked in the order of their numbers, so that two colleagues never wait for each other."""
    locked = {pk: queries.locked(pk, by) for pk in sorted({first_id, second_id})}
    for case in locked.values():
        ensure(policies.may_work, by, case)
    return locked[first_id], locked[second_id]


@transaction.atomic
def merge(*, case_id: int, into_id: int, at: datetime, by: Actor) -> CaseMerge:
    """Put a case into another of the same customer: words, promises and tasks go along, its clocks stand."""
    if case_id == into_id:
        raise Invalid(_("Choose another case."), field="into")
    loser, winner = _two(case_id, into_id, by)
    ensure(policies.may_answer_for, by, loser)
    states.must_be_active(winner.state)
    if loser.state == State.MERGED:
        raise Refused(_("This case was merged into another; work there."))
    if loser.customer_id != winner.customer_id:
        raise Refused(
            _("They are of different customers: link them, or merge the customers first."), field="into"
        )
    if Resolution.objects.filter(case=loser, ended_at=None).exists():
        raise Refused(_("The customer has just been asked whether this is solved; reopen it first."))
    made = CaseMerge.objects.create(
        winner=winner,
        loser=loser,
        moved=_move(loser, winner, at),
        merged_by_id=by.user_id,
        merged_at=at,
    )
    _close_loser(loser, winner, at)
    fact = CaseMerged(loser.pk, winner.pk, made.pk)
    recording.announce(loser, fact, by=by, at=at, more=[winner.subject])
    _index(loser, winner)
    return made


def _move(loser: Case, winner: Case, at: datetime) -> dict[str, Any]:
    """Everything said, promised and asked for goes to the winner; what it was before comes back."""
    before = {name: getattr(loser, name) for name in KEPT}
    times = {name: value.isoformat() for name in KEPT_TIMES if (value := getattr(loser, name)) is not None}
    said = channels.messages_of(loser.subject, limit=MOST_MESSAGES)
    came_from = messages.move_messages(
        message_ids=[message.pk for message in said],
        from_subject=loser.subject,
        to_subject=winner.subject,
        customer_id=winner.customer_id,
        at=at,
    )
    tasks = list(Task.objects.filter(case=loser).values_list("pk", flat=True))
    Task.objects.filter(pk__in=tasks).update(case=winner)
    owed = between_subjects.move_between(from_subject=loser.subject, to_subject=winner.subject)
    winner.message_count += len(came_from)
    if loser.last_at > winner.last_at:
        for name in ("last_at", "last_words", "last_direction", "last_author"):
            setattr(winner, name, getattr(loser, name))
    if loser.awaiting == Awaiting.US:
        winner.now_awaits(Awaiting.US, loser.awaiting_since or at)
    recording.look_at_deadlines(winner)
    winner.save()
    return {
        "before": before,
        "times": times,
        "messages": {str(pk): conversation for pk, conversation in came_from.items()},
        "tasks": tasks,
        **owed,
    }


def _close_loser(loser: Case, winner: Case, at: datetime) -> None:
    if loser.state != State.WAITING:
        promises.pause(subject=loser.subject, reason="merged", at=at, sorts=CLOCKS)
    Offer.objects.filter(case=loser, ended_at=None).update(ended_at=at)
    Handoff.objects.filter(case=loser, state=HandoffState.ASKED).update(
        state=HandoffState.WITHDRAWN, decided_at=at
    )
    loser.set_state(State.MERGED)
    loser.merged_into, loser.closed_at = winner, at
    loser.message_count = 0
    loser.now_awaits(Awaiting.NOBODY, at)
    loser.due_at, loser.due_sort, loser.snoozed_until = None, "", None
    loser.save()


@transaction.atomic
def undo_merge(*, merge_id: int, at: datetime, by: Actor) -> CaseMerge:
    """They were two after all: everything that went along comes back, the clocks go on where they stood."""
    found = CaseMerge.objects.select_for_update(of=("self",)).filter(pk=merge_id).first()
    if found is None:
        raise NotFound(_("There is no such merge."))
    loser, winner = _two(found.loser_id, found.winner_id, by)
    if found.undone_at is not None or loser.merged_into_id != winner.pk:
        raise Refused(_("This merge has been undone already."))
    if winner.state == State.MERGED:
        raise Refused(_("The other case was merged on; undo that first."))
    back = _move_back(found.moved, loser, winner)
    _reopen_loser(found.moved, loser, at)
    winner.message_count = max(0, winner.message_count - back)
    recording.look_at_deadlines(winner)
    winner.save()
    found.undone_at = at
    found.save(update_fields=["undone_at"])
    fact = CaseMergeUndone(loser.pk, winner.pk, found.pk)
    recording.announce(loser, fact, by=by, at=at, more=[winner.subject])
    _index(loser, winner)
    return found


def _move_back(moved: dict[str, Any], loser: Case, winner: Case) -> int:
    Task.objects.filter(pk__in=moved["tasks"], case=winner).update(case=loser)
    between_subjects.put_back(moved=moved, from_subject=winner.subject, to_subject=loser.subject)
    return messages.put_back(
        came_from={int(pk): conversation for pk, conversation in moved["messages"].items()},
        from_subject=winner.subject,
        to_subject=loser.subject,
    )


def _reopen_loser(moved: dict[str, Any], loser: Case, at: datetime) -> None:
    for name, value in moved["before"].items():
        setattr(loser, name, value)
    for name in KEPT_TIMES:
        given = moved["times"].get(name)
        setattr(loser, name, datetime.fromisoformat(given) if given else None)
    loser.set_state(moved["before"]["state"])
    loser.merged_into = None
    if loser.state != State.WAITING:
        promises.resume(subject=loser.subject, at=at, sorts=CLOCKS)
    recording.look_at_deadlines(loser)
    loser.save()


def _index(*cases: Case) -> None:
    for case in cases:
        search.index("case", case.pk)


@transaction.atomic
def link(*, case_id: int, other_id: int, sort: str = "related", at: datetime, by: Actor) -> CaseLink:
    """Two cases that belong together. Twice changes nothing."""
    if case_id == other_id:
        raise Invalid(_("Choose another case."), field="other")
    if sort not in SORTS:
        raise Invalid(_("There is no such sort of link."), field="sort")
    case, other = _two(case_id, other_id, by)
    known = CaseLink.objects.filter(case__in=(case, other), other__in=(case, other)).first()
    if known is not None:
        return known
    made = CaseLink.objects.create(case=case, other=other, sort=sort, made_by_id=by.user_id, made_at=at)
    recording.announce(case, CaseLinked(case.pk, other.pk, sort), by=by, at=at, more=[other.subject])
    return made


@transaction.atomic
def unlink(*, case_id: int, other_id: int, at: datetime, by: Actor) -> None:
    case, other = _two(case_id, other_id, by)
    deleted, _rows = CaseLink.objects.filter(case__in=(case, other), other__in=(case, other)).delete()
    if not deleted:
        raise NotFound(_("These cases are not linked."))
    recording.announce(case, CaseLinked(case.pk, other.pk, "none"), by=by, at=at, more=[other.subject])
