"""Restating what was understood, offering options, ticking the five behaviours."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import policies, queries
from shouwen.cases.events import (
    BehaviourMarked,
    CaseUnderstood,
    OptionChosen,
    OptionOffered,
    UnderstandingConfirmed,
)
from shouwen.cases.models import ChecklistMark, SolutionOption, Understanding
from shouwen.cases.models.understanding import BEHAVIOURS
from shouwen.cases.rules import states
from shouwen.cases.services import recording
from shouwen.channels import kinds
from shouwen.kernel.errors import Invalid, NotFound, Refused
from shouwen.platform.access import Actor, ensure

HOWS = kinds.codes() | {"page"}


@transaction.atomic
def restate(*, case_id: int, text: str, at: datetime, by: Actor, confirmed_how: str = "") -> Understanding:
    """Say in our words what the customer wants; `confirmed_how` when the customer agreed on the spot."""
    case = queries.locked(case_id, by)
    ensure(policies.may_work, by, case)
    text = states.text(text, "text", least=1, most=4000)
    how = _how(confirmed_how)
    made = Understanding.objects.create(
        case=case,
        text=text,
        restated_by_id=by.user_id,
        restated_at=at,
        confirmed_at=at if how else None,
        confirmed_how=how,
    )
    recording.announce(case, CaseUnderstood(case.pk, text), by=by, at=at)
    if how:
        recording.announce(case, UnderstandingConfirmed(case.pk, how), by=by, at=at)
    return made


def _how(how: str) -> str:
    if how and how not in HOWS:
        raise Invalid(_("There is no such way of confirming."), field="how")
    return how


@transaction.atomic
def confirm_understanding(*, case_id: int, how: str, at: datetime, by: Actor) -> Understanding:
    """The customer says: yes, that is what I mean."""
    case = queries.locked(case_id, by)
    ensure(policies.may_confirm, by, case)
    newest = Understanding.objects.filter(case=case).first()
    if newest is None:
        raise Refused(_("Nothing has been restated yet."))
    newest.confirmed_at, newest.confirmed_how = at, _how(how) or "page"
    newest.save(update_fields=["confirmed_at", "confirmed_how"])
    recording.announce(case, UnderstandingConfirmed(case.pk, newest.confirmed_how), by=by, at=at)
    return newest


@transaction.atomic
def offer_option(*, case_id: int, text: str, gain: str = "", at: datetime, by: Actor) -> SolutionOption:
    case = queries.locked(case_id, by)
    ensure(policies.may_work, by, case)
    states.must_be_active(case.state)
    made = SolutionOption.objects.create(
        case=case,
        text=states.text(text, "text", least=1, most=1000),
        gain=states.text(gain, "gain", most=400),
        created_by_id=by.user_id,
        created_at=at,
    )
    recording.announce(case, OptionOffered(case.pk, made.pk, made.text), by=by, at=at)
    return made


@transaction.atomic
def choose_option(*, case_id: int, option_id: int, at: datetime, by: Actor) -> SolutionOption:
    """The customer chose this one; an earlier choice is set back."""
    case = queries.locked(case_id, by)
    ensure(policies.may_work, by, case)
    found = SolutionOption.objects.filter(case=case, pk=option_id).first()
    if found is None:
        raise NotFound(_("There is no such option."))
    SolutionOption.objects.filter(case=case).update(chosen_at=None)
    found.chosen_at = at
    found.save(update_fields=["chosen_at"])
    recording.announce(case, OptionChosen(case.pk, found.pk, found.text), by=by, at=at)
    return found


@transaction.atomic
def mark_behaviour(*, case_id: int, behaviour: str, done: bool = True, at: datetime, by: Actor) -> None:
    """Tick (or untick) one of the five behaviours."""
    case = queries.locked(case_id, by)
    ensure(policies.may_work, by, case)
    if behaviour not in BEHAVIOURS:
        raise Invalid(_("There is no such behaviour."), field="behaviour")
    marks = ChecklistMark.objects.filter(case=case, behaviour=behaviour)
    if marks.exists() == done:
        return
    if done:
        ChecklistMark.objects.create(case=case, behaviour=behaviour, marked_by_id=by.user_id, marked_at=at)
    else:
        marks.delete()
    recording.announce(case, BehaviourMarked(case.pk, behaviour, done), by=by, at=at)
