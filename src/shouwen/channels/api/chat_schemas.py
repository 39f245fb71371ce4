"""What the chat's API takes and gives."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.conf import settings
from django.urls import reverse
from ninja import Path, Schema
from pydantic import Field

from shouwen.channels.api.about import AboutOut
from shouwen.channels.vendors.chat import queries, rules
from shouwen.customers.rules import masked
from shouwen.platform.access import Actor, now
from shouwen.platform.apikit import Strict

Ident = Annotated[int, Path(ge=1, le=2**62)]
Given = Annotated[int, Field(ge=1, le=2**62)]
Ask = Literal["off", "optional", "required"]
Day = Literal["1", "2", "3", "4", "5", "6", "7"]
Said = Annotated[str, Field(max_length=300)]


class ChatsWanted(Strict):
    which: Literal["open", "waiting", "all"] = "open"
    cursor: str | None = Field(None, max_length=400)
    limit: int = Field(50, ge=1, le=100)


class LinesWanted(Strict):
    after: int = Field(0, ge=0, le=2**62)


class SiteActivityIn(Strict):
    active: bool


class SiteIn(Strict):
    name: str = Field(min_length=1, max_length=80)
    team_id: Given | None = None
    sites: list[Annotated[str, Field(max_length=300)]] = Field(
        default_factory=list, max_length=rules.MOST_SITES, description="Such as https://www.example.com"
    )
    colour: str = Field("", max_length=7, description="Such as #0f6b5c")
    side: Literal["right", "left"] = "right"
    title: Said = ""
    greeting: Said = ""
    away: Said = ""
    hours_from: str = Field("", max_length=5, description="Such as 09:00; both or none")
    hours_to: str = Field("", max_length=5)
    days: list[Day] = Field(default_factory=list, max_length=7, description="1 is Monday; none: every day")
    skill: str = Field("", max_length=40)
    at_once: int = Field(3, ge=1, le=20, description="Chats one colleague has at the same time")
    ask_name: Ask = "off"
    ask_email: Ask = "off"
    ask_phone: Ask = "off"
    ask_matter: Ask = "off"

    def as_values(self) -> dict[str, Any]:
        """As the settings page gives them to the service."""
        values = self.model_dump(exclude={"name", "team_id", "hours_from", "hours_to"})
        values |= {"sites": "\n".join(self.sites), "from": self.hours_from, "to": self.hours_to}
        return {"name": self.name, "team_id": self.team_id, "values": values}


class SiteOut(Schema):
    """`script` is the one a site puts on its pages, `page` the chat on a page of ours."""

    id: int
    name: str
    team_id: int | None
    active: bool
    script: str
    page: str
    staffed: bool
    waiting: int
    settings: dict[str, Any]


class ChatOut(Schema):
    id: int
    site_id: int
    state: str
    name: str
    email: str
    matter: str
    page: str
    customer_id: int | None
    staff_id: int | None
    staff_name: str
    opened_at: datetime
    asked_at: datetime | None
    taken_at: datetime | None
    here: bool
    subject: AboutOut | None


class ChatsOut(Schema):
    items: list[ChatOut]
    next_cursor: str | None
    previous_cursor: str | None


class FileOut(Schema):
    name: str
    size: int
    url: str


class ChatLineOut(Schema):
    id: int
    ours: bool
    by: str
    text: str
    at: datetime
    files: list[FileOut]


class ChatWhole(ChatOut):
    lines: list[ChatLineOut]


def of(account: Any) -> dict[str, Any]:
    return site_out(account, queries.is_staffed(account, now()), len(queries.waiting(account.pk)))


def site_out(account: Any, staffed: bool, waiting: int) -> dict[str, Any]:
    base = settings.PUBLIC_URL
    return {
        "id": account.pk,
        **{name: getattr(account, name) for name in ("name", "team_id", "active", "settings")},
        "script": f"{base}{reverse('channels:chat-script', args=[account.address])}",
        "page": f"{base}{reverse('channels:chat', args=[account.address])}",
        "staffed": staffed,
        "waiting": waiting,
    }


def chat_out(chat: Any, by: Actor) -> dict[str, Any]:
    plain = ("id", "state", "name", "matter", "page", "customer_id", "opened_at", "asked_at", "taken_at")
    email = chat.email if by.can("customers.see_contacts") else masked("email", chat.email)
    return {
        **{name: getattr(chat, name) for name in plain},
        "email": email if chat.email else "",
        "site_id": chat.account_id,
        "staff_id": chat.agent_id,
        "staff_name": chat.agent_name,
        "here": rules.is_here(chat.seen_at, chat.gone_at, now()),
        "subject": {"kind": chat.subject_kind, "id": chat.subject_id} if chat.subject else None,
    }
