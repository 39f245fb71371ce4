"""/api/v1/complaints: the path, its records, options and who grants them. The same services as the pages.

What is done to one of the records (the outcome of a move, a follow-up, files of evidence) stands in the sub-routers.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from shouwen.complaints import queries, services
from shouwen.complaints.api import schemas as s
from shouwen.complaints.api.acting import WRITE, complaint_now, done_with
from shouwen.complaints.api.evidence import router as evidence
from shouwen.complaints.api.hard import router as hard
from shouwen.complaints.queries import as_data, figures
from shouwen.platform.access import now
from shouwen.platform.apikit import Strict, api_actor, needs_scope, page_out
from shouwen.platform.web import paginate

router = Router(tags=["complaints"])


@router.get("", response=s.ComplaintsOut, summary="Complaints, newest first")
@needs_scope("complaints:read")
def list_complaints(request: HttpRequest, wanted: Query[s.Wanted]) -> dict[str, Any]:
    by = api_actor(request)
    chosen = queries.Filter(
        state="" if wanted.state == "all" else wanted.state,
        stage=wanted.stage,
        liability=wanted.liability,
        overdue=wanted.overdue,
        figure=figures.known(wanted.figure, wanted.key),
        key=wanted.key,
        since=now() - timedelta(days=wanted.days),
    )
    rows = queries.listed(by, chosen, now())
    page = paginate(rows, order=("-opened_at", "-id"), cursor=wanted.cursor, limit=wanted.limit)
    return page_out(page, s.complaint_out)


@router.get("/{ref}", response=s.ComplaintOut, summary="One complaint and what its stage still needs")
@needs_scope("complaints:read")
def one(request: HttpRequest, ref: str) -> dict[str, Any]:
    return complaint_now(request, ref)


@router.get("/{ref}/record", summary="Everything on record of a complaint")
@needs_scope("complaints:read")
def record(request: HttpRequest, ref: str) -> dict[str, Any]:
    return as_data.as_data(queries.page(ref, api_actor(request), now()), {}, [])


def _write(address: str, service: Callable[..., Any], schema: type[Strict], summary: str) -> None:
    """A record of the complaint: what comes in is what the service takes; out goes the complaint as it is now."""

    def act(request: HttpRequest, ref: str, payload: Any) -> dict[str, Any]:
        done_with(request, ref, service, **payload.model_dump(exclude_none=True))
        return complaint_now(request, ref)

    act.__annotations__["payload"] = schema
    act.__name__ = act.__qualname__ = f"complaint_{address.replace('-', '_')}"
    router.post(f"/{{ref}}/{address}", response=s.ComplaintOut, summary=summary)(needs_scope(WRITE)(act))


for _address, _service, _schema, _summary in (
    ("receipt", services.record_receipt, s.ReceiptIn, "What the customer asks for"),
    ("acknowledgement", services.acknowledge, s.AcknowledgementIn, "The customer knows that we have it"),
    ("assessment", services.assess, s.AssessmentIn, "How much it weighs"),
    ("investigator", services.name_investigator, s.InvestigatorIn, "Who looks into it"),
    ("accounts", services.add_account, s.AccountIn, "What one side says"),
    ("urgent", services.settle_urgent, s.NoteNeededIn, "The urgent part is dealt with"),
    ("evidence", services.add_evidence, s.EvidenceIn, "What shows it, described where it lies"),
    ("no-evidence", services.state_no_evidence, s.ComplaintReasonIn, "Why there can be no evidence"),
    ("customers-answer", services.record_customers_answer, s.AnswerIn, "What the customer confirms"),
    ("nature", services.decide_nature, s.NatureIn, "Validity, demand, liability"),
    ("explanation", services.explain, s.ExplanationIn, "Explain the decision to the customer"),
    ("performance", services.carry_out, s.PerformanceIn, "What was agreed is done"),
    ("deadlock", services.make_move, s.MoveIn, "A way out of a deadlock"),
    ("recovery", services.plan_recovery, s.RecoveryIn, "Service recovery"),
    ("customers-word", services.record_customers_word, s.EndIn, "The customer's word at the end"),
    ("review", services.review, s.ComplaintReviewIn, "Cause and lesson"),
    ("outside", services.record_outside, s.OutsideIn, "An outside body deals with it too"),
    ("members", services.add_member, s.MemberIn, "Somebody else complains of the same"),
    (
        "members/telling",
        services.tell_members,
        s.MembersToldIn,
        "Tell the decision to the other complainants",
    ),
    ("return", services.go_back, s.StageReturnIn, "Back to an earlier stage"),
    ("passing", services.pass_stage, s.ComplaintNoteIn, "Pass the present stage"),
    ("withdrawal", services.withdraw, s.ComplaintReasonIn, "The customer withdraws it"),
    ("reopening", services.reopen, s.ComplaintReasonIn, "Open it again"),
):
    _write(_address, _service, _schema, _summary)


@router.post("/{ref}/options", response={201: s.Made}, summary="One more way out")
@needs_scope(WRITE)
def add_option(request: HttpRequest, ref: str, payload: s.OptionIn) -> Status[Any]:
    return Status(201, {"id": done_with(request, ref, services.add_option, **payload.model_dump()).pk})


@router.post("/{ref}/options/{option_id}/acceptance", response=s.Made, summary="Would the customer take it?")
@needs_scope(WRITE)
def acceptance(request: HttpRequest, ref: str, option_id: s.Ident, payload: s.AcceptanceIn) -> dict[str, Any]:
    made = done_with(request, ref, services.set_acceptance, option_id=option_id, **payload.model_dump())
    return {"id": made.pk}


@router.post("/{ref}/options/{option_id}/choice", response=s.Made, summary="The customer chose this")
@needs_scope(WRITE)
def choice(request: HttpRequest, ref: str, option_id: s.Ident) -> dict[str, Any]:
    return {"id": done_with(request, ref, services.choose_option, option_id=option_id).pk}


@router.post("/{ref}/library-entry", response={201: s.Made}, summary="A draft for the case library, masked")
@needs_scope(WRITE)
def library_entry(request: HttpRequest, ref: str) -> Status[Any]:
    return Status(201, {"id": done_with(request, ref, services.make_entry).pk})


@router.post("/{ref}/approvals", response={201: s.Made}, summary="Ask everybody who may grant an option")
@needs_scope(WRITE)
def ask(request: HttpRequest, ref: str, payload: s.ApprovalIn) -> Status[Any]:
    return Status(201, {"id": done_with(request, ref, services.ask_approval, **payload.model_dump()).pk})


@router.post(
    "/{ref}/options/{option_id}/grant", response={201: s.Made}, summary="Grant by one's own authority"
)
@needs_scope(WRITE)
def grant(request: HttpRequest, ref: str, option_id: s.Ident, payload: s.GrantIn) -> Status[Any]:
    made = done_with(request, ref, services.grant_at_once, option_id=option_id, **payload.model_dump())
    return Status(201, {"id": made.pk})


@router.post("/{ref}/approvals/{approval_id}/word", response=s.Made, summary="One person's yes or no")
@needs_scope(WRITE)
def word(request: HttpRequest, ref: str, approval_id: s.Ident, payload: s.WordIn) -> dict[str, Any]:
    by = api_actor(request)
    queries.approval_of(queries.get(ref, by), approval_id)
    given = payload.model_dump()
    return {"id": services.sign(approval_id=approval_id, **given, at=now(), by=by).pk}


@router.post("/{ref}/approvals/{approval_id}/withdrawal", response=s.Made, summary="Take the question back")
@needs_scope(WRITE)
def withdrawal(request: HttpRequest, ref: str, approval_id: s.Ident) -> dict[str, Any]:
    by = api_actor(request)
    queries.approval_of(queries.get(ref, by), approval_id)
    return {"id": services.withdraw_approval(approval_id=approval_id, at=now(), by=by).pk}


for sub in (evidence, hard):
    router.add_router("", sub)
