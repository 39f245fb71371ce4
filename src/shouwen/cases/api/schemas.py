"""What goes into the API of cases and what comes out."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Path
from pydantic import AwareDatetime, Field

from shouwen.platform.apikit import Channel, Out, Strict

Ref = Annotated[str, Path(min_length=3, max_length=40, description="Reference such as SW0000427")]
Ident = Annotated[int, Path(ge=1, le=2**62)]
Level = Annotated[int, Field(ge=1, le=5)]
Given = Annotated[int, Field(ge=1, le=2**62)]
Dimension = Literal["appearance", "attitude", "timeliness", "expertise", "integrity"]
Sentence = Annotated[str, Field(max_length=400)]


class CustomerIn(Strict):
    name: str = Field("", max_length=120)
    email: str | None = Field(None, max_length=254)
    phone: str | None = Field(None, max_length=40)
    id: Given | None = None


class CaseIn(Strict):
    subject: str = Field(min_length=1, max_length=300)
    body: str = Field("", max_length=100_000)
    kind: str = Field("", max_length=30)
    channel: Channel = "web"
    customer: CustomerIn
    impact: Literal[1, 2, 3] | None = None
    urgency: Literal[1, 2, 3] | None = None
    team_id: Given | None = None
    fields: dict[str, Any] = Field(default_factory=dict, max_length=100)


class CasesWanted(Strict):
    view: str = Field("active", max_length=20)
    q: str = Field(
        "",
        max_length=300,
        description="Words, a reference, and filters as people type them, in Chinese or English: `state:open`, "
        '`-channel:phone`, `owner:me`, `promise:overdue`, `客户:"张 伟"`, `opened:>2026-11-01`, `has:attachment` … '
        "A filter that is not known is refused. With `q` all cases are looked at, whatever the view.",
    )
    kind: str = Field("", max_length=30)
    channel: str = Field("", max_length=20)
    tier: Literal["", "A", "B", "C", "D"] = ""
    state: str = Field("", max_length=12)
    cursor: str | None = Field(None, max_length=400)
    limit: int = Field(50, ge=1, le=100)


class PageWanted(Strict):
    cursor: str | None = Field(None, max_length=400)
    limit: int = Field(50, ge=1, le=100)


class PromiseIn(Strict):
    text: str = Field(min_length=1, max_length=400)
    due_at: AwareDatetime
    deliver_by: Given | None = None


class InteractionIn(Strict):
    """`reply` goes to the customer, `note` stays among us, `contact` writes down what was said by phone or at the desk."""

    sort: Literal["reply", "note", "contact"] = "reply"
    text: str = Field(min_length=1, max_length=50_000)
    channel: Channel | None = None
    direction: Literal["inbound", "outbound"] = "outbound"
    promises: list[PromiseIn] = Field(default_factory=list, max_length=10)
    waiting: bool = False


class HandoffIn(Strict):
    to: Given
    reason: str = Field(min_length=1, max_length=400)
    summary: str = Field(min_length=10, max_length=4000)


class HandoffAnswer(Strict):
    accepted: bool = True
    answer: str = Field("", max_length=400)


class TaskIn(Strict):
    title: str = Field(min_length=1, max_length=200)
    ask: str = Field(min_length=1, max_length=8000)
    standard: str = Field("", max_length=4000)
    minutes: int = Field(ge=5, le=129_600, description="Working time until it is due")
    department_id: Given | None = None
    provider_id: Given | None = None
    assignee_id: Given | None = None


class TaskMove(Strict):
    to: Literal["accepted", "rejected", "delivered", "returned", "approved", "cancelled"]
    text: str = Field("", max_length=20_000)


class NoteIn(Strict):
    note: str = Field("", max_length=400)


class RenegotiationIn(Strict):
    due_at: AwareDatetime
    reason: str = Field(min_length=1, max_length=400)
    text: str | None = Field(None, max_length=400)
    customer_words: str = Field("", max_length=2000)
    customer_told: bool = False


class ExpectationIn(Strict):
    text: str = Field(min_length=1, max_length=2000)
    sort: Literal["reasonable", "too_high", "mistaken", "unreasonable"]
    managed: str = Field("", max_length=2000)
    agreed: str = Field("", max_length=2000)
    levels: dict[Dimension, Level] = Field(default_factory=dict)


class MachineIn(Strict):
    task: Literal["draft", "summary", "classify"]


class MachineOut(Out):
    task: str
    text: str
    kind: str | None
    machine_made: bool


class FeelingIn(Strict):
    level: Literal["calm", "anxious", "upset", "angry", "hostile"]
    style: Literal["", "expressive", "exacting", "forceful"] = ""
    note: str = Field("", max_length=200)


class FeelingStepOut(Out):
    at: datetime
    level: str
    by: str = Field(description="Who marked it; empty when it was read from the words")
    evidence: list[str]


class FeelingsOut(Out):
    level: str
    style: str
    steps: list[FeelingStepOut]
    helps: list[str]
    avoid: list[str]


class ResolutionIn(Strict):
    summary: str = Field(min_length=5, max_length=8000)


class ConfirmationIn(Strict):
    solved: bool
    levels: dict[Dimension, Level] = Field(default_factory=dict)
    word: str = Field("", max_length=2000)


class ReasonIn(Strict):
    reason: str = Field(min_length=1, max_length=1000)


class PersonOut(Out):
    id: int
    name: str


class CaseOut(Out):
    ref: str
    subject: str
    kind: str
    channel: str
    state: str
    awaiting: str
    priority: int
    tier: str
    customer: PersonOut
    owner: PersonOut | None
    first_asked_id: int | None
    team_id: int | None
    opened_at: datetime
    last_at: datetime
    last_words: str
    due_at: datetime | None
    due_sort: str
    handoff_count: int
    escalation_level: int
    emotion: str
    tags: list[str]
    resolved_at: datetime | None
    closed_at: datetime | None


class CasesOut(Out):
    items: list[CaseOut]
    next_cursor: str | None
    previous_cursor: str | None = None


class InteractionOut(Out):
    id: int
    direction: str
    channel: str
    author: str
    text: str
    at: datetime
    delivery: str
    attachments: list[str]


class PromiseOut(Out):
    id: int
    text: str
    due_at: datetime
    state: str
    deliver_by: int | None
    previous_id: int | None


class ClockOut(Out):
    id: int
    sort: str
    state: str
    due_at: datetime
    provisional: bool


class CaseWhole(CaseOut):
    interactions: list[InteractionOut]
    promises: list[PromiseOut]
    clocks: list[ClockOut]


class InteractionsOut(Out):
    items: list[InteractionOut]
    next_cursor: str | None


class HandoffOut(Out):
    id: int
    state: str
    to_id: int
    reason: str
    summary: str
    asked_at: datetime
    decided_at: datetime | None
    customer_told_at: datetime | None


class TaskOut(Out):
    id: int
    title: str
    state: str
    due_at: datetime
    department_id: int | None
    provider_id: int | None
    assignee_id: int | None
    delivery: str
    answer: str


class ExpectationOut(Out):
    id: int
    text: str
    sort: str
    managed: str
    agreed: str
    levels: dict[str, int]
    recorded_at: datetime


class ResolutionOut(Out):
    id: int
    summary: str
    resolved_at: datetime
    close_at: datetime


class ConfirmationOut(Out):
    id: int
    solved: bool
    levels: dict[str, int]
    word: str
    at: datetime


class EventOut(Out):
    id: int
    name: str
    at: datetime
    by_kind: str
    by_name: str
    data: dict[str, Any]
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class EventsOut(Out):
    items: list[EventOut]
    next_cursor: str | None


class OfferOut(Out):
    """`step`: first, team (it went back) or supervisor (it went up)."""

    staff_id: int
    name: str
    step: str
    offered_at: datetime
    ended_at: datetime | None
    why: list[list[str | int]]
    words: str


class HelpCallIn(Strict):
    words: Annotated[str, Field(min_length=1, max_length=200)]


class HelpCallOut(Out):
    id: int


class EscalationIn(Strict):
    reason: str = Field(min_length=1, max_length=1000)
    trigger: Literal["by_hand", "no_guideline", "asks_superior", "threat", "limit"] = "by_hand"


class EscalationOut(Out):
    id: int
    level: int
    trigger: str
    reason: str
    urgent: bool
    raised_at: datetime
    settled_at: datetime | None
    ruling: str


class DisputeIn(Strict):
    one: Given
    other: Given
    question: str = Field(min_length=1, max_length=1000)
    task_id: Given | None = None


class DisputeOut(Out):
    id: int
    case_id: int
    one_id: int
    other_id: int
    task_id: int | None
    question: str
    answerable_id: int | None
    ruling: str
    raised_at: datetime
    ruled_at: datetime | None
