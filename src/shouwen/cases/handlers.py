"""What the room does because something happened. Every handler may run twice and changes nothing the second time."""

from shouwen.cases import queries, services
from shouwen.cases.events import (
    CaseChanged,
    CaseConfirmed,
    CaseEscalated,
    CaseNoted,
    CaseNotYet,
    CaseOpened,
    CaseReceived,
    CaseReopened,
    CaseReplied,
    CaseResolved,
    CaseTaken,
    FeelingMarked,
    HandoffAccepted,
    TaskMoved,
)
from shouwen.cases.queries.because import CLOCK, PROMISE
from shouwen.cases.services import (
    automatic,
    escalating,
    helping,
    listening,
    measuring,
    merging_customers,
    refreshing,
    warning,
)
from shouwen.cases.services.automation import hearing
from shouwen.channels.events import ContactWaits, DeliveryFailed
from shouwen.customers.events import CustomersMerged, MergeUndone
from shouwen.knowledge.events import WordingChanged
from shouwen.people.events import HelpAsked, HelpGiven, HelpWithdrawn
from shouwen.platform.access import SYSTEM
from shouwen.platform.ledger.bus import Context, on
from shouwen.platform.search import services as search
from shouwen.promises import services as promises
from shouwen.promises.events import (
    ClockBreached,
    ClockWarned,
    PromiseBroken,
    PromiseKept,
    PromiseMade,
    PromiseRenegotiated,
    PromiseWarned,
    PromiseWithdrawn,
)


@on(
    CaseOpened,
    CaseReceived,
    CaseReplied,
    CaseTaken,
    HandoffAccepted,
    CaseChanged,
    FeelingMarked,
    PromiseWarned,
    PromiseBroken,
    CaseEscalated,
    TaskMoved,
    CaseResolved,
    CaseConfirmed,
    CaseReopened,
    CaseNotYet,
)
def rules_hear_of_it(fact: CaseOpened, ctx: Context) -> None:
    """First of all, so that a new case is offered to the team a rule gave it to."""
    hearing.hear(fact, ctx)


@on(CaseOpened)
def a_new_case_is_offered(fact: CaseOpened, ctx: Context) -> None:
    services.offer(case_id=fact.case_id, at=ctx.at, by=SYSTEM)


@on(ContactWaits)
def who_waits_on_the_line_is_offered_again(fact: ContactWaits, ctx: Context) -> None:
    if fact.subject_kind == "case":
        services.offer(case_id=fact.subject_id, at=ctx.at, by=SYSTEM)


@on(CaseOpened)
def a_new_contact_is_acknowledged(fact: CaseOpened, ctx: Context) -> None:
    if not fact.automatic:
        automatic.acknowledge(case_id=fact.case_id, at=ctx.at)


@on(CaseOpened, CaseReceived)
def what_a_customer_says_may_raise_the_case(fact: CaseOpened | CaseReceived, ctx: Context) -> None:
    if fact.signs:
        listening.listen(case_id=fact.case_id, signs=fact.signs, at=ctx.at)


@on(CaseOpened)
def who_comes_again_about_the_same_is_heard(fact: CaseOpened, ctx: Context) -> None:
    if not (fact.new_customer or fact.automatic):
        listening.opened_again(case_id=fact.case_id, customer_id=fact.customer_id, kind=fact.kind, at=ctx.at)


@on(CaseReplied)
def after_a_hard_contact_a_break_is_offered(fact: CaseReplied, ctx: Context) -> None:
    if fact.hard and ctx.by_kind == "staff":
        automatic.offer_break(case_id=fact.case_id, user_id=ctx.by_id, at=ctx.at)
        helping.look_at_limit(case_id=fact.case_id, user_id=ctx.by_id, at=ctx.at)


@on(HelpAsked)
def colleagues_hear_that_somebody_asks_for_help(fact: HelpAsked, ctx: Context) -> None:
    helping.tell_colleagues(call_id=fact.call_id, at=ctx.at)


@on(HelpGiven)
def who_asked_hears_who_steps_in(fact: HelpGiven, ctx: Context) -> None:
    helping.tell_who_asked(call_id=fact.call_id, at=ctx.at)


@on(HelpGiven, HelpWithdrawn)
def a_case_shows_no_call_that_has_its_end(fact: HelpGiven | HelpWithdrawn, ctx: Context) -> None:
    if fact.subject_kind == "case" and fact.subject_id is not None:
        helping.forget(case_id=fact.subject_id, call_id=fact.call_id)


@on(CaseOpened, CaseReceived, CaseReplied, CaseNoted, CaseChanged)
def what_was_said_can_be_found(fact: CaseOpened, ctx: Context) -> None:
    search.index("case", fact.case_id)


@on(CaseReplied)
def a_sent_reply_is_measured_and_its_wordings_remembered(fact: CaseReplied, ctx: Context) -> None:
    measuring.measure(case_id=fact.case_id, message_id=fact.message_id, event_id=ctx.event_id, at=ctx.at)


@on(WordingChanged)
def open_cases_hear_that_a_wording_changed(fact: WordingChanged, ctx: Context) -> None:
    automatic.warn_of_wording(old_id=fact.old_id, topic=fact.topic, at=ctx.at)


@on(HandoffAccepted)
def the_customer_is_told_who_answers_now(fact: HandoffAccepted, ctx: Context) -> None:
    automatic.tell_of_handoff(handoff_id=fact.handoff_id, at=ctx.at)


@on(CaseResolved)
def the_customer_is_asked_whether_it_is_solved(fact: CaseResolved, ctx: Context) -> None:
    automatic.ask_whether_solved(resolution_id=fact.resolution_id, at=ctx.at)


@on(CaseConfirmed)
def what_was_perceived_is_held_against_the_expectation(fact: CaseConfirmed, ctx: Context) -> None:
    case = queries.by_pk(fact.case_id)
    if case is not None and fact.levels:
        promises.record_perception(
            subject=case.subject,
            answer_id=fact.confirmation_id,
            perceived=fact.levels,
            customer_id=case.customer_id,
            item_id=case.service_item_id,
            team_id=case.team_id,
            at=ctx.at,
        )


@on(PromiseRenegotiated)
def the_customer_hears_of_a_new_time_first(fact: PromiseRenegotiated, ctx: Context) -> None:
    if fact.subject_kind == "case":
        automatic.tell_of_new_time(promise_id=fact.new_id, reason=fact.words or fact.reason, at=ctx.at)


@on(PromiseWarned)
def who_promised_is_warned(fact: PromiseWarned, ctx: Context) -> None:
    if fact.subject_kind == "case":
        warning.warn_of_promise(fact, ctx.at)


@on(PromiseBroken)
def a_broken_promise_escalates(fact: PromiseBroken, ctx: Context) -> None:
    if fact.subject_kind != "case":
        return
    case = queries.locked(fact.subject_id)
    automatic.say_broken(case, fact, ctx.at)
    if case.active:
        key = f"promise:{fact.promise_id}"
        escalating.raise_level(
            case,
            trigger="broken_promise",
            reason=[(PROMISE, {"text": fact.text})],
            cause_key=key,
            at=ctx.at,
            by=SYSTEM,
        )


@on(ClockBreached)
def a_breached_clock_escalates(fact: ClockBreached, ctx: Context) -> None:
    if fact.subject_kind != "case":
        automatic.say_task_late(fact, ctx.at)
        return
    case = queries.locked(fact.subject_id)
    if case.active:
        said = [(CLOCK, {"sort": fact.sort})]
        key = f"clock:{fact.clock_id}"
        escalating.raise_level(case, trigger="time", reason=said, cause_key=key, at=ctx.at, by=SYSTEM)


@on(ClockWarned)
def the_owner_is_warned_of_a_clock(fact: ClockWarned, ctx: Context) -> None:
    if fact.subject_kind == "case":
        automatic.warn_of_clock(fact, ctx.at)


@on(PromiseMade, PromiseKept, PromiseRenegotiated, PromiseBroken, PromiseWithdrawn, ClockBreached)
def the_nearest_deadline_is_shown(fact: PromiseMade, ctx: Context) -> None:
    for kind, pk in ctx.subjects:
        if kind == "case":
            refreshing.refresh_deadline(case_id=pk)


@on(PromiseMade, PromiseRenegotiated)
def rules_look_at_a_new_deadline(fact: PromiseMade, ctx: Context) -> None:
    """Behind the handler that shows it."""
    hearing.hear(fact, ctx)


@on(DeliveryFailed)
def a_failed_delivery_is_somebodys_to_mend(fact: DeliveryFailed, ctx: Context) -> None:
    if fact.subject_kind == "case":
        automatic.say_undelivered(fact, ctx.at)


@on(CustomersMerged)
def cases_follow_a_merged_customer(fact: CustomersMerged, ctx: Context) -> None:
    merging_customers.follow(winner_id=fact.winner_id, loser_id=fact.loser_id, merge_id=fact.merge_id)


@on(MergeUndone)
def cases_go_back_when_a_merge_is_undone(fact: MergeUndone, ctx: Context) -> None:
    merging_customers.go_back(merge_id=fact.merge_id)
