"""/api/v1/cases: open, list, read. What is done with a case stands in the sub-routers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from shouwen.cases import permissions, queries, services
from shouwen.cases.api import schemas as s
from shouwen.cases.api.assisting import router as assisting
from shouwen.cases.api.closing import router as closing
from shouwen.cases.api.escalating import router as escalating
from shouwen.cases.api.feelings import router as feelings
from shouwen.cases.api.macros import on_cases as macros
from shouwen.cases.api.ownership import router as ownership
from shouwen.cases.api.promising import router as promising
from shouwen.cases.api.shown import case_out, interaction_out, plain_out, whole_out
from shouwen.cases.api.tasks import router as tasks
from shouwen.cases.queries.inbox import Filter
from shouwen.cases.services.opening import caller
from shouwen.channels import kinds
from shouwen.channels import queries as channels
from shouwen.kernel.errors import Invalid
from shouwen.platform.access import now, require
from shouwen.platform.apikit import answer, api_actor, needs_scope
from shouwen.platform.ledger.queries import timeline

router = Router(tags=["cases"])


@router.post("", response={201: s.CaseOut}, summary="Open a case")
@needs_scope("cases:write")
def open_case(request: HttpRequest, payload: s.CaseIn) -> Status[dict[str, Any]]:
    """Who is asked by phone or at the desk owns it: there the token's person becomes the owner."""
    by, at = api_actor(request), now()
    require(by, permissions.WORK)
    who = payload.customer
    customer, new = caller(customer_id=who.id, name=who.name, email=who.email, phone=who.phone, at=at, by=by)
    case = services.open_case(
        subject=payload.subject,
        text=payload.body,
        kind=payload.kind,
        channel=payload.channel,
        customer=customer,
        new_customer=new,
        impact=payload.impact,
        urgency=payload.urgency,
        team_id=payload.team_id,
        fields=payload.fields,
        message={"address": who.email or ""},
        owner_id=by.user_id if kinds.is_spoken(payload.channel) else None,
        at=at,
        by=by,
    )
    return Status(201, case_out(case))


@router.get("", response=s.CasesOut, summary="A view of the inbox, or a search")
@needs_scope("cases:read")
def list_cases(request: HttpRequest, wanted: Query[s.CasesWanted]) -> HttpResponse:
    by, at = api_actor(request), now()
    chosen = Filter(kind=wanted.kind, channel=wanted.channel, tier=wanted.tier, state=wanted.state)
    if wanted.q:
        page = queries.plain_found(wanted.q, by, at, chosen=chosen, cursor=wanted.cursor, limit=wanted.limit)
    else:
        page = queries.plain_page(
            wanted.view, by, at, chosen=chosen, cursor=wanted.cursor, limit=wanted.limit
        )
    return answer(
        {
            "items": [plain_out(case) for case in page.items],
            "next_cursor": page.next_cursor,
            "previous_cursor": page.previous_cursor,
        }
    )


@router.get("/{ref}", response=s.CaseWhole, summary="One case with its newest interactions")
@needs_scope("cases:read")
def one_case(request: HttpRequest, ref: s.Ref) -> HttpResponse:
    return answer(whole_out(queries.plain(ref, api_actor(request))))


@router.get("/{ref}/interactions", response=s.InteractionsOut, summary="Interactions, newest page first")
@needs_scope("cases:read")
def interactions(request: HttpRequest, ref: s.Ref, wanted: Query[s.PageWanted]) -> dict[str, Any]:
    case = queries.get(ref, api_actor(request))
    before = _number(wanted.cursor)
    found = channels.messages_of(case.subject, limit=wanted.limit + 1, before=before)
    more, found = len(found) > wanted.limit, found[-wanted.limit :]
    return {
        "items": [interaction_out(message) for message in found],
        "next_cursor": str(found[0].pk) if more else None,
    }


@router.post(
    "/{ref}/interactions", response={201: s.InteractionOut}, summary="Reply, note, or a spoken contact"
)
@needs_scope("cases:write")
def say(request: HttpRequest, ref: s.Ref, payload: s.InteractionIn) -> Status[dict[str, Any]]:
    by, at = api_actor(request), now()
    case_id = queries.case_id_of(ref)
    if payload.sort == "note":
        made = services.note(case_id=case_id, text=payload.text, at=at, by=by)
    elif payload.sort == "contact":
        channel = payload.channel or "phone"
        made = services.record_contact(
            case_id=case_id, direction=payload.direction, channel=channel, text=payload.text, at=at, by=by
        )
    else:
        given = [services.PromiseGiven(one.text, one.due_at, one.deliver_by) for one in payload.promises]
        made = services.reply(
            case_id=case_id,
            text=payload.text,
            channel=payload.channel or "",
            given=given,
            waiting=payload.waiting,
            at=at,
            by=by,
        )
    return Status(201, {**interaction_out_plain(made)})


def interaction_out_plain(message: Any) -> dict[str, Any]:
    """A message just written by this call has no attachments to ask the database for."""
    return {
        "id": message.pk,
        "direction": message.direction,
        "channel": message.channel,
        "author": message.author_name,
        "text": message.text,
        "at": message.at,
        "delivery": message.delivery,
        "attachments": [],
    }


@router.get("/{ref}/events", response=s.EventsOut, summary="The ledger of the case, oldest first")
@needs_scope("cases:read")
def events(request: HttpRequest, ref: s.Ref, wanted: Query[s.PageWanted]) -> dict[str, Any]:
    case = queries.get(ref, api_actor(request))
    rows = timeline(case.subject, after=_number(wanted.cursor) or 0, limit=wanted.limit + 1)
    more, rows = len(rows) > wanted.limit, rows[: wanted.limit]
    return {"items": rows, "next_cursor": str(rows[-1].id) if more else None}


def _number(cursor: str | None) -> int | None:
    if not cursor:
        return None
    if not cursor.isdecimal() or len(cursor) > 18:
        raise Invalid(_("This cursor is not one of ours."), field="cursor")
    return int(cursor)


for sub in (ownership, tasks, promising, closing, feelings, escalating, assisting, macros):
    router.add_router("", sub)
