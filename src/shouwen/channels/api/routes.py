"""GET /api/v1/mailboxes: where customers reach us, without any secret."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema

from shouwen.channels import policies, queries
from shouwen.platform.access import require
from shouwen.platform.apikit import api_actor, needs_scope

router = Router(tags=["mailboxes"])


class MailboxOut(Schema):
    """One mailbox. `state` is what its receiver does: "", connecting, waiting, error."""

    id: int
    name: str
    channel: str
    vendor: str
    address: str
    active: bool
    default: bool
    team_id: int | None
    state: str
    last_ok_at: datetime | None
    trouble: str


@router.get("", response=list[MailboxOut], summary="List mailboxes")
@router.get("/", response=list[MailboxOut], include_in_schema=False)
@needs_scope("settings:read")
def mailboxes(request: HttpRequest) -> list[object]:
    require(api_actor(request), policies.SET_UP)
    return list(queries.accounts())
