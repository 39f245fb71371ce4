"""What comes in and goes out at /api/v1/threats and /api/v1/abuse."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from shouwen.platform.apikit import Out, Strict

Amount = Annotated[int, Field(ge=0, lt=10**15)]
Ident = Annotated[int, Field(ge=1, le=2**62)]
Limit = Annotated[int, Field(ge=1, le=200)]


class ThreatsWanted(Strict):
    state: Literal["running", "all", "open", "acknowledged", "ended"] = "running"
    kind: Literal["", "legal", "personal", "media", "detention"] = ""
    cursor: str | None = None
    limit: Limit = 50


class ThreatOut(Out):
    id: int
    case: str
    kind: str
    state: str
    who: str
    held: str
    place: str
    words: str
    happened_at: datetime
    registered_at: datetime
    acknowledged_at: datetime | None
    outcome: str
    ended_at: datetime | None


class ThreatsOut(Out):
    items: list[ThreatOut]
    next_cursor: str | None
    previous_cursor: str | None


class ThreatIn(Strict):
    """`case` is the reference of the case. Files are added on the page."""

    case: str
    kind: str
    who: str
    words: str
    place: str = ""
    held: str = ""
    happened_at: datetime | None = None


class ThreatStepIn(Strict):
    sort: str
    text: str
    done_at: datetime | None = None


class ThreatStepOut(Out):
    id: int
    sort: str
    text: str
    done_at: datetime
    recorded_at: datetime


class ThreatOutcomeIn(Strict):
    outcome: str
    note: str


class AbuseWanted(Strict):
    step: Literal["", "notice", "warning", "ending"] = ""
    hearing: Literal["", "waiting", "objected", "overturned"] = ""
    cursor: str | None = None
    limit: Limit = 50


class AbuseOut(Out):
    id: int
    case: str
    step: str
    way: str
    words: str
    told: str
    ways: str
    given_at: datetime
    expires_at: datetime
    objection: str
    verdict: str
    verdict_why: str


class AbusesOut(Out):
    items: list[AbuseOut]
    next_cursor: str | None
    previous_cursor: str | None


class AbuseIn(Strict):
    """A notice or a warning; ending a contact is refused here: a person does it at the screen."""

    case: str
    step: str
    way: str
    words: str
    told: str
    ways: str = ""
    days: Annotated[int, Field(ge=1, le=366)] = 90


class ObjectionIn(Strict):
    text: str


class AbuseReviewIn(Strict):
    verdict: str
    why: str


class AbuseFiguresOut(Out):
    notices: int
    warnings: int
    endings: int
    objections: int
    overturned: int


class OnSiteIn(Strict):
    """`title`: what is needed there; `amount` in minor units."""

    remedy: str
    amount: Amount
    title: str


class OnSiteOut(Out):
    """The question as it was put to everybody who can decide it now; `hands`: how many have to say yes."""

    id: int
    title: str
    remedy: str
    amount: int
    hands: int
    state: str


THREAT = ("kind", "state", "who", "held", "place", "words", "happened_at", "registered_at")
THREAT_END = ("acknowledged_at", "outcome", "ended_at")
ABUSE = (
    "step",
    "way",
    "words",
    "told",
    "ways",
    "given_at",
    "expires_at",
    "objection",
    "verdict",
    "verdict_why",
)


def threat_out(one: Any) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in (*THREAT, *THREAT_END)}
    return {"id": one.pk, "case": one.case.reference, **values}


def abuse_out(one: Any) -> dict[str, Any]:
    return {"id": one.pk, "case": one.case.reference, **{name: getattr(one, name) for name in ABUSE}}


def on_site_out(one: Any) -> dict[str, Any]:
    plain = ("title", "remedy", "amount", "hands", "state")
    return {"id": one.pk, **{name: getattr(one, name) for name in plain}}
