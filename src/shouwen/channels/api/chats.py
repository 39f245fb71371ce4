"""/api/v1/chats: talks with visitors, and the chats of our web sites with their settings."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from shouwen.channels import policies, registry, services
from shouwen.channels.api import chat_schemas as s
from shouwen.channels.vendors.chat import queries
from shouwen.platform.access import now, require
from shouwen.platform.apikit import api_actor, needs_scope
from shouwen.platform.web import paginate

router = Router(tags=["chat"])


@router.get("", response=s.ChatsOut, summary="Talks with visitors, the newest first")
@needs_scope("channels:read")
def list_chats(request: HttpRequest, wanted: Query[s.ChatsWanted]) -> dict[str, Any]:
    """Those the token's person answers, and those that wait; all for who tends the channels."""
    by = api_actor(request)
    found = paginate(queries.listed_to(by, wanted.which), cursor=wanted.cursor, limit=wanted.limit)
    return {
        "items": [s.chat_out(one, by) for one in queries.only_seen(found.items, by)],
        "next_cursor": found.next_cursor,
        "previous_cursor": found.previous_cursor,
    }


@router.get("/sites", response=list[s.SiteOut], summary="The chats of our web sites")
@needs_scope("settings:read")
def sites(request: HttpRequest) -> list[dict[str, Any]]:
    require(api_actor(request), policies.SET_UP)
    return [s.site_out(account, staffed, waiting) for account, staffed, waiting in queries.listed(now())]


@router.post("/sites", response={201: s.SiteOut}, summary="Set up a chat")
@needs_scope("settings:write")
def add_site(request: HttpRequest, payload: s.SiteIn) -> Status[dict[str, Any]]:
    made = services.add_account(
        vendor=registry.get("chat"), **payload.as_values(), at=now(), by=api_actor(request)
    )
    return Status(201, s.of(made))


@router.get("/sites/{site_id}", response=s.SiteOut, summary="One chat of ours")
@needs_scope("settings:read")
def one_site(request: HttpRequest, site_id: s.Ident) -> dict[str, Any]:
    require(api_actor(request), policies.SET_UP)
    return s.of(queries.one(site_id))


@router.put("/sites/{site_id}", response=s.SiteOut, summary="Change a chat")
@needs_scope("settings:write")
def change_site(request: HttpRequest, site_id: s.Ident, payload: s.SiteIn) -> dict[str, Any]:
    """All settings as they shall be: what is left out has its usual value again."""
    by = api_actor(request)
    require(by, policies.SET_UP)
    vendor = registry.get(queries.one(site_id).vendor)
    made = services.change_account(account_id=site_id, vendor=vendor, **payload.as_values(), at=now(), by=by)
    return s.of(made)


@router.put("/sites/{site_id}/activity", response=s.SiteOut, summary="Switch a chat on or off")
@needs_scope("settings:write")
def activity(request: HttpRequest, site_id: s.Ident, payload: s.SiteActivityIn) -> dict[str, Any]:
    by = api_actor(request)
    require(by, policies.SET_UP)
    made = services.set_active(account_id=queries.one(site_id).pk, active=payload.active, at=now(), by=by)
    return s.of(made)


@router.get("/{chat_id}", response=s.ChatWhole, summary="One talk with what was said in it")
@needs_scope("channels:read")
def one_chat(request: HttpRequest, chat_id: s.Ident, wanted: Query[s.LinesWanted]) -> dict[str, Any]:
    """At most 200 lines after `after`; ask again from the last one. Answers go by the case's interactions."""
    by = api_actor(request)
    chat = queries.seen_by(chat_id, by)
    return {**s.chat_out(chat, by), "lines": queries.lines_after(chat.pk, wanted.after)}
