"""/api/v1/complaints: what is done to one record of a complaint: a move, a recovery, a body, a line of the ledger."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from ninja import Router

from shouwen.complaints import services
from shouwen.complaints.api import schemas as s
from shouwen.complaints.api.acting import WRITE, complaint_now, done_with
from shouwen.platform.apikit import Strict, needs_scope

router = Router(tags=["complaints"])


def _write(
    address: str, record: str, service: Callable[..., Any], schema: type[Strict] | None, summary: str
) -> None:
    """`record`: what the service calls the row that the address names."""

    def act(request: HttpRequest, ref: str, record_id: s.Ident, payload: Any) -> dict[str, Any]:
        given = {record: record_id, **payload.model_dump(exclude_none=True)}
        done_with(request, ref, service, **given)
        return complaint_now(request, ref)

    def act_alone(request: HttpRequest, ref: str, record_id: s.Ident) -> dict[str, Any]:
        done_with(request, ref, service, **{record: record_id})
        return complaint_now(request, ref)

    operation = act if schema else act_alone
    if schema:
        act.__annotations__["payload"] = schema
    operation.__name__ = operation.__qualname__ = f"complaint_{record}_{address.rsplit('/', 1)[-1]}"
    router.post(f"/{{ref}}/{address}", response=s.ComplaintOut, summary=summary)(
        needs_scope(WRITE)(operation)
    )


for _address, _record, _service, _schema, _summary in (
    (
        "deadlock/{record_id}/outcome",
        "move_id",
        services.end_move,
        s.OutcomeIn,
        "What came of a way out of a deadlock",
    ),
    (
        "recovery/{record_id}/follow-up",
        "recovery_id",
        services.follow_recovery,
        s.FollowUpIn,
        "The contact that asks whether the recovery helped",
    ),
    (
        "outside/{record_id}/answer",
        "matter_id",
        services.answer_outside,
        s.OutsideAnswerIn,
        "Our answer to an outside body",
    ),
    (
        "members/{record_id}/removal",
        "member_id",
        services.remove_member,
        None,
        "Take somebody off the complaint",
    ),
    (
        "members/{record_id}/told",
        "member_id",
        services.told_member,
        None,
        "Another complainant was told the decision by word of mouth",
    ),
    (
        "ledger/{record_id}/release",
        "grant_id",
        services.release_grant,
        s.ComplaintReasonIn,
        "Release what was granted and is not needed",
    ),
    (
        "evidence/{record_id}/removal",
        "evidence_id",
        services.remove_evidence,
        s.ComplaintReasonIn,
        "Take evidence off the list, as long as no verdict rests on it",
    ),
):
    _write(_address, _record, _service, _schema, _summary)
