"""What incidents do about facts from below. Every handler may run twice."""

from shouwen.cases.events import CaseConfirmed, CaseNotYet, CaseReceived, CaseReopened
from shouwen.incidents import services
from shouwen.platform.ledger.bus import Context, on


@on(CaseConfirmed)
def a_confirmed_case_is_one_that_works_again(fact: CaseConfirmed, ctx: Context) -> None:
    services.hear_answer(case_id=fact.case_id, working=True, word="", at=ctx.at)


@on(CaseNotYet)
def still_not_working_opens_the_incident_again(fact: CaseNotYet, ctx: Context) -> None:
    services.hear_answer(case_id=fact.case_id, working=False, word=fact.word, at=ctx.at)


@on(CaseReopened)
def a_case_reopened_after_restoring_does_not_work(fact: CaseReopened, ctx: Context) -> None:
    services.hear_answer(case_id=fact.case_id, working=False, word=fact.reason, at=ctx.at)


@on(CaseReceived)
def what_the_asked_customer_writes_is_an_answer(fact: CaseReceived, ctx: Context) -> None:
    if not fact.automatic:
        services.hear_words(case_id=fact.case_id, at=ctx.at)
