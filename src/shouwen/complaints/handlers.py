"""What complaints do about facts from below. Every handler may run twice."""

from shouwen.cases.events import (
    CaseChanged,
    CaseConfirmed,
    CaseNotYet,
    CaseOpened,
    CaseReceived,
    CaseReopened,
    CaseReplied,
)
from shouwen.cases.services import merging_customers
from shouwen.complaints import services
from shouwen.customers.events import CustomersMerged, MergeUndone
from shouwen.platform.access import SYSTEM
from shouwen.platform.ledger.bus import Context, on
from shouwen.promises.events import StatutoryBreached, StatutoryWarned


@on(CaseOpened)
def a_case_of_this_kind_opens_a_complaint(fact: CaseOpened, ctx: Context) -> None:
    if fact.kind == "complaint":
        services.open_for(case_id=fact.case_id, at=ctx.at, by=SYSTEM)


@on(CaseChanged)
def a_complaint_follows_the_kind_of_its_case(fact: CaseChanged, ctx: Context) -> None:
    if "kind" in fact.what:
        services.follow_kind(case_id=fact.case_id, at=ctx.at, by=SYSTEM)


@on(CaseReplied)
def our_first_words_acknowledge_it(fact: CaseReplied, ctx: Context) -> None:
    if fact.first:
        services.follow_reply(case_id=fact.case_id, channel=fact.channel, at=ctx.at)


@on(CaseConfirmed)
def the_customers_solved_is_the_word_we_wait_for(fact: CaseConfirmed, ctx: Context) -> None:
    services.follow_confirmation(case_id=fact.case_id, at=ctx.at)


@on(CaseNotYet)
def not_yet_opens_it_again(fact: CaseNotYet, ctx: Context) -> None:
    services.follow_reopening(case_id=fact.case_id, reason=fact.word, at=ctx.at)


@on(CaseReopened)
def a_reopened_case_opens_it_again(fact: CaseReopened, ctx: Context) -> None:
    services.follow_reopening(case_id=fact.case_id, reason=fact.reason, at=ctx.at)


@on(CaseReceived)
def who_comes_again_opens_it_again(fact: CaseReceived, ctx: Context) -> None:
    if fact.reopened:
        services.follow_reopening(case_id=fact.case_id, reason="", at=ctx.at)


@on(CustomersMerged, MergeUndone)
def figures_follow_a_merged_customer(fact: CustomersMerged | MergeUndone, ctx: Context) -> None:
    """The cases go first: whichever of the two rooms hears of it sooner, they are moved once."""
    if isinstance(fact, CustomersMerged):
        merging_customers.follow(winner_id=fact.winner_id, loser_id=fact.loser_id, merge_id=fact.merge_id)
    else:
        merging_customers.go_back(merge_id=fact.merge_id)
    services.follow_merge(customers=(fact.winner_id, fact.loser_id))


@on(StatutoryWarned, StatutoryBreached)
def who_answers_hears_of_a_time_limit_by_law(fact: StatutoryWarned, ctx: Context) -> None:
    if fact.subject_kind == "complaint":
        services.tell_of_limit(complaint_id=fact.subject_id, cause_key=f"statutory:{ctx.event_id}", at=ctx.at)
