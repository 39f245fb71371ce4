"""Facts of the room: ids and plain values."""

from collections.abc import Sequence
from typing import Any

from shouwen.kernel.events import Fact, fact


@fact("cases.opened")
class CaseOpened(Fact):
    case_id: int
    kind: str
    channel: str
    customer_id: int
    message_id: int | None = None
    new_customer: bool = False
    automatic: bool = False
    rules: list[int] | None = None
    signs: list[list[str]] | None = None


@fact("cases.offered")
class CaseOffered(Fact):
    """`why` has the reasons for each of `staff_ids`, in their order; `passed` counts why others were not chosen."""

    case_id: int
    staff_ids: list[int]
    names: list[str] | None = None
    why: list[list[list[str | int]]] | None = None
    passed: dict[str, int] | None = None


@fact("cases.passed_on")
class CasePassedOn(Fact):
    """Nobody took it in time: it went back to the whole team, or up to the supervisors."""

    case_id: int
    to: str
    names: list[str] | None = None


@fact("cases.taken")
class CaseTaken(Fact):
    case_id: int
    owner_id: int
    owner_name: str


@fact("cases.replied")
class CaseReplied(Fact):
    case_id: int
    message_id: int
    channel: str
    first: bool = False
    hard: bool = False


@fact("cases.reply_undone")
class ReplyUndone(Fact):
    case_id: int
    message_id: int


@fact("cases.noted")
class CaseNoted(Fact):
    case_id: int
    message_id: int


@fact("cases.received")
class CaseReceived(Fact):
    """The customer said more. `reopened`: it was resolved or closed before."""

    case_id: int
    channel: str
    automatic: bool = False
    reopened: bool = False
    emotion: str = ""
    emotion_was: str = ""
    signs: list[list[str]] | None = None


@fact("cases.handoff_asked")
class HandoffAsked(Fact):
    case_id: int
    handoff_id: int
    to_id: int
    to_name: str
    reason: str


@fact("cases.handoff_accepted")
class HandoffAccepted(Fact):
    case_id: int
    handoff_id: int
    from_id: int | None
    to_id: int
    to_name: str
    count: int


@fact("cases.handoff_declined")
class HandoffDeclined(Fact):
    case_id: int
    handoff_id: int
    to_id: int
    to_name: str
    answer: str


@fact("cases.handoff_withdrawn")
class HandoffWithdrawn(Fact):
    case_id: int
    handoff_id: int


@fact("cases.customer_told_of_handoff")
class CustomerToldOfHandoff(Fact):
    case_id: int
    handoff_id: int
    message_id: int | None


@fact("cases.task_asked")
class TaskAsked(Fact):
    case_id: int
    task_id: int
    title: str
    department_id: int | None
    provider_id: int | None
    assignee_id: int | None


@fact("cases.task_moved")
class TaskMoved(Fact):
    """A task was accepted, rejected, delivered, returned, approved or cancelled (`state`)."""

    case_id: int
    task_id: int
    title: str
    state: str
    answer: str = ""


@fact("cases.machine_asked")
class MachineAsked(Fact):
    """A colleague had a language model read the conversation: what for, and whether anything came of it."""

    case_id: int
    task: str
    masked: bool


@fact("cases.feeling_marked")
class FeelingMarked(Fact):
    case_id: int
    level: str
    style: str
    emotion_was: str = ""


@fact("cases.understood")
class CaseUnderstood(Fact):
    case_id: int
    text: str


@fact("cases.understanding_confirmed")
class UnderstandingConfirmed(Fact):
    case_id: int
    how: str


@fact("cases.option_offered")
class OptionOffered(Fact):
    case_id: int
    option_id: int
    text: str


@fact("cases.option_chosen")
class OptionChosen(Fact):
    case_id: int
    option_id: int
    text: str


@fact("cases.behaviour_marked")
class BehaviourMarked(Fact):
    case_id: int
    behaviour: str
    done: bool = True


@fact("cases.escalated")
class CaseEscalated(Fact):
    case_id: int
    escalation_id: int
    level: int
    trigger: str
    reason: str
    said: Sequence[Any] = ()


@fact("cases.escalation_settled")
class EscalationSettled(Fact):
    case_id: int
    escalation_id: int
    ruling: str


@fact("cases.resolved")
class CaseResolved(Fact):
    case_id: int
    resolution_id: int
    summary: str
    close_at: str


@fact("cases.confirmed")
class CaseConfirmed(Fact):
    case_id: int
    confirmation_id: int
    levels: dict[str, int] | None = None


@fact("cases.not_yet")
class CaseNotYet(Fact):
    """The customer says: not solved yet. The same owner goes on."""

    case_id: int
    confirmation_id: int
    word: str = ""


@fact("cases.reopened")
class CaseReopened(Fact):
    case_id: int
    reason: str


@fact("cases.closed_unconfirmed")
class CaseClosedUnconfirmed(Fact):
    case_id: int


@fact("cases.changed")
class CaseChanged(Fact):
    """Kind, priority, tags, fields, asset, item, subject or team changed; before and after say how."""

    case_id: int
    what: list[str]


@fact("cases.waiting")
class CaseWaiting(Fact):
    case_id: int
    waiting: bool
    reason: str = ""


@fact("cases.snoozed")
class CaseSnoozed(Fact):
    case_id: int
    until: str | None


@fact("cases.linked")
class CaseLinked(Fact):
    case_id: int
    other_id: int
    sort: str


@fact("cases.merged")
class CaseMerged(Fact):
    case_id: int
    into_id: int
    merge_id: int


@fact("cases.merge_undone")
class CaseMergeUndone(Fact):
    case_id: int
    out_of_id: int
    merge_id: int


@fact("cases.split")
class CaseSplit(Fact):
    case_id: int
    new_id: int


@fact("cases.watched")
class CaseWatched(Fact):
    case_id: int
    staff_id: int
    watching: bool


@fact("cases.kind_changed")
class KindChanged(Fact):
    """A kind of case was made or changed; before and after say how."""

    kind_id: int
    code: str


@fact("cases.intake_rule_changed")
class IntakeRuleChanged(Fact):
    rule_id: int
    name: str
    version: int


@fact("cases.routing_changed")
class RoutingChanged(Fact):
    team_id: int
    name: str
    version: int


@fact("cases.rule_ran")
class RuleRan(Fact):
    """A rule acted on a case by itself, or was stopped (own, depth, limit). Which version did what stands here."""

    case_id: int
    rule_id: int
    name: str
    version: int
    run_id: int
    did: list[dict[str, str]]
    refused: list[dict[str, str]]
    stopped: str = ""


@fact("cases.rule_changed")
class RuleChanged(Fact):
    rule_id: int
    name: str
    version: int


@fact("cases.macro_changed")
class MacroChanged(Fact):
    macro_id: int
    name: str
    version: int


@fact("cases.macro_applied")
class MacroApplied(Fact):
    case_id: int
    macro_id: int
    name: str
    version: int
    did: list[dict[str, str]]


@fact("cases.ladder_changed")
class LadderChanged(Fact):
    version: int


@fact("cases.dispute_raised")
class DisputeRaised(Fact):
    case_id: int
    dispute_id: int
    one: str
    other: str
    question: str


@fact("cases.dispute_ruled")
class DisputeRuled(Fact):
    """The chief service manager ruled: `answerable` is the department that answers, and may not refuse."""

    case_id: int
    dispute_id: int
    answerable: str
    ruling: str
    task_id: int | None = None
