"""We say what was done; the customer says whether that solved it. Silence closes, but never confirms."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from shouwen.cases import policies, queries
from shouwen.cases.events import (
    CaseClosedUnconfirmed,
    CaseConfirmed,
    CaseNotYet,
    CaseReopened,
    CaseResolved,
)
from shouwen.cases.models import (
    OPEN_TASKS,
    Awaiting,
    Case,
    Confirmation,
    Handoff,
    HandoffState,
    Resolution,
    State,
    Task,
)
from shouwen.cases.rules import states
from shouwen.cases.rules.closing import longest_day
from shouwen.cases.services import recording
from shouwen.cases.services.noticing import notify
from shouwen.channels import queries as channels
from shouwen.kernel.errors import Refused
from shouwen.platform import preferences
from shouwen.platform.access import SYSTEM, Actor, ensure
from shouwen.promises import queries as promise_reads
from shouwen.promises import services as promises
from shouwen.promises.rules.satisfaction import check_levels


@transaction.atomic
def resolve(*, case_id: int, summary: str, at: datetime, by: Actor, heard: int | None = None) -> Resolution:
    """Our side is done. The customer is asked (see handlers); only their answer confirms.

    `heard`: the customer's newest message that was known when this was said to be the end (0: none); a newer one
    has to be read first.
    """
    case = queries.locked(case_id, by)
    ensure(policies.may_answer_for, by, case)
    states.must_be_active(case.state)
    summary = states.text(summary, "summary", least=5, most=8000)
    last = channels.latest_inbound(case.subject) if heard is not None else None
    if last is not None and last.pk > (heard or 0):
        words = _("The customer has just written: “%(words)s”. Read it; then answer, or resolve.")
        raise Refused(words % {"words": Truncator(last.text).chars(200)})
    if case.owner_id is None:
        raise Refused(_("Take the case first: somebody must answer for what is said to be solved."))
    if Task.objects.filter(case=case, state__in=OPEN_TASKS).exists():
        raise Refused(_("Tasks are still open; judge or cancel them first."))
    seconds = preferences.get("cases.confirm_days") * longest_day(promise_reads.working(None))
    close = promise_reads.due_for(None, at, seconds)
    made = Resolution.objects.create(
        case=case,
        summary=summary,
        resolved_by_id=by.user_id,
        resolved_at=at,
        close_at=close.due,
        provisional=close.provisional,
    )
    case.set_state(State.RESOLVED)
    case.resolved_at, case.snoozed_until = at, None
    case.now_awaits(Awaiting.CUSTOMER, at)
    promises.meet(subject=case.subject, sort="solution", at=at)
    promises.stop_all(subject=case.subject, at=at)
    recording.look_at_deadlines(case)
    case.save()
    Handoff.objects.filter(case=case, state=HandoffState.ASKED).update(
        state=HandoffState.WITHDRAWN, decided_at=at
    )
    fact = CaseResolved(case.pk, made.pk, summary, close.due.isoformat())
    recording.announce(case, fact, by=by, at=at)
    return made


@transaction.atomic
def answer_confirmation(
    *,
    case_id: int,
    solved: bool,
    at: datetime,
    by: Actor,
    levels: Mapping[str, int] | None = None,
    word: str = "",
) -> Confirmation:
    """The customer's word: solved, or not yet. `levels` are perceptions 1–5 per dimension."""
    case = queries.locked(case_id, None if by.kind == "customer" else by)
    ensure(policies.may_confirm, by, case)
    states.must_await_confirmation(case.state)
    word = states.text(word, "word", most=2000)
    check_levels(levels or {})
    resolution = queries.open_resolution(case.pk)
    made = Confirmation.objects.create(
        case=case,
        resolution=resolution,
        solved=solved,
        levels=dict(levels or {}),
        word=word,
        given_by="customer" if by.kind == "customer" else "staff",
        recorded_by_id=by.user_id,
        at=at,
    )
    Resolution.objects.filter(case=case, ended_at=None).update(ended_at=at)
    if solved:
        _confirm(case, made, at, by)
    else:
        _not_yet(case, made, at, by)
    return made


def _confirm(case: Case, made: Confirmation, at: datetime, by: Actor) -> None:
    case.set_state(State.CONFIRMED)
    case.closed_at = at
    case.now_awaits(Awaiting.NOBODY, at)
    case.save(update_fields=["state", "active", "closed_at", "awaiting", "awaiting_since"])
    notify(user_id=case.owner_id, kind="confirmed", case=case, at=at, params={"word": made.word[:200]})
    recording.announce(case, CaseConfirmed(case.pk, made.pk, made.levels), by=by, at=at)


def _not_yet(case: Case, made: Confirmation, at: datetime, by: Actor) -> None:
    _open_again(case, at)
    notify(user_id=case.owner_id, kind="not_yet", case=case, at=at, params={"word": made.word[:200]})
    recording.announce(case, CaseNotYet(case.pk, made.pk, made.word), by=by, at=at)


def _open_again(case: Case, at: datetime) -> None:
    """The same owner goes on; a reply is due."""
    case.set_state(State.OPEN if case.owner_id else State.NEW)
    case.resolved_at = case.closed_at = None
    case.now_awaits(Awaiting.US, at)
    case.reopen_count += 1
    case.last_at = max(case.last_at, at)
    promises.start_next_reply(
        subject=case.subject,
        case_kind=case.kind,
        tier=case.tier,
        channel=case.channel,
        item_id=case.service_item_id,
        team_id=case.team_id,
        at=at,
    )
    recording.look_at_deadlines(case)
    case.save()


@transaction.atomic
def reopen(*, case_id: int, reason: str, at: datetime, by: Actor) -> Case:
    """Open a resolved or closed case again, by hand or by the customer."""
    case = queries.locked(case_id, None if by.kind == "customer" else by)
    ensure(policies.may_confirm, by, case)
    if not states.may_reopen(case.state):
        raise Refused(_("Only a resolved or closed case can be reopened."))
    reason = states.text(reason, "reason", least=1, most=1000)
    Resolution.objects.filter(case=case, ended_at=None).update(ended_at=at)
    _open_again(case, at)
    notify(user_id=case.owner_id, kind="reopened", case=case, at=at, params={"reason": reason[:200]})
    recording.announce(case, CaseReopened(case.pk, reason), by=by, at=at)
    return case


@transaction.atomic
def close_one_silent(*, resolution_id: int, at: datetime) -> bool:
    """Close one case whose customer has not answered in time: as unconfirmed, never as confirmed."""
    found = Resolution.objects.select_for_update(of=("self",)).filter(pk=resolution_id, ended_at=None).first()
    if found is None or found.close_at > at:
        return False
    case = queries.locked(found.case_id)
    found.ended_at = at
    found.save(update_fields=["ended_at"])
    if case.state != State.RESOLVED:
        return False
    case.set_state(State.CLOSED_UNCONFIRMED)
    case.closed_at = at
    case.now_awaits(Awaiting.NOBODY, at)
    case.save(update_fields=["state", "active", "closed_at", "awaiting", "awaiting_since"])
    recording.announce(case, CaseClosedUnconfirmed(case.pk), by=SYSTEM, at=at)
    return True


def close_silent(*, at: datetime, limit: int = 200) -> int:
    """Close what waited long enough; each in its own transaction. Returns how many."""
    due = Resolution.objects.filter(ended_at=None, close_at__lte=at).order_by("close_at")
    ids = list(due.values_list("pk", flat=True)[:limit])
    return sum(close_one_silent(resolution_id=pk, at=at) for pk in ids)
