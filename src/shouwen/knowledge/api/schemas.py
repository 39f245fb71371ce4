"""What goes in and out of the knowledge API."""

from datetime import date, datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from shouwen.knowledge import queries
from shouwen.platform.apikit import Strict

Language = Literal["zh-hans", "en"]
Audience = Literal["staff", "public"]
TemplateSort = Literal["greeting", "reply", "closing", "thanks", "note"]


class ArticlesWanted(Strict):
    q: str = Field("", max_length=100)
    state: Literal["draft", "published", "retired"] | None = None
    language: Language | None = None
    audience: Audience | None = None
    category: str = Field("", max_length=60)
    cursor: str | None = Field(None, max_length=400)
    limit: int = Field(50, ge=1, le=100)


class ArticleIn(Strict):
    title: str = Field(min_length=1, max_length=200)
    body: str = Field("", max_length=60_000)
    keywords: str = Field("", max_length=300)
    category: str = Field("", max_length=60)
    language: Language = "zh-hans"
    audience: Audience = "staff"
    owner_id: int | None = Field(None, ge=1, le=2**62)
    review_on: date | None = None
    original_id: int | None = Field(None, ge=1, le=2**62)


class ArticleChange(Strict):
    """What is not given stays. `version` is the one you read: another one meanwhile is a conflict."""

    version: int = Field(ge=1)
    title: str | None = Field(None, min_length=1, max_length=200)
    body: str | None = Field(None, max_length=60_000)
    keywords: str | None = Field(None, max_length=300)
    note: str = Field("", max_length=200)
    category: str | None = Field(None, max_length=60)
    language: Language | None = None
    audience: Audience | None = None
    owner_id: int | None = Field(None, ge=1, le=2**62)
    review_on: date | None = None


class RetireIn(Strict):
    reason: str = Field(min_length=1, max_length=200)


class ReviewIn(Strict):
    review_on: date


class VoteIn(Strict):
    helpful: bool
    missing: str = Field("", max_length=300)


class TextIn(Strict):
    text: str = Field(min_length=1, max_length=20_000)
    language: Language | None = None
    limit: int = Field(5, ge=1, le=20)


class ArticleOut(Schema):
    id: int
    title: str
    body: str
    html: str
    keywords: str
    category: str
    language: str
    audience: str
    state: str
    owner_id: int | None
    review_on: date | None
    version: int
    original_id: int | None
    views: int
    helpful: int
    unhelpful: int
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None


class ArticlesOut(Schema):
    items: list[ArticleOut]
    next_cursor: str | None
    previous_cursor: str | None


class KnowledgeChangeOut(Schema):
    article_id: int
    number: int
    live: bool = Field(description="False: it waits for somebody who may publish")


class SuggestionOut(Schema):
    id: int
    title: str
    excerpt: str
    language: str
    audience: str
    score: float


class TemplatesWanted(Strict):
    q: str = Field("", max_length=60)
    channel: str = Field("", max_length=16)
    language: Language | None = None
    sort: TemplateSort | None = None
    limit: int = Field(20, ge=1, le=100)


class TemplateIn(Strict):
    name: str = Field(min_length=1, max_length=80)
    body: str = Field(min_length=1, max_length=4000)
    sort: TemplateSort = "reply"
    language: Language = "zh-hans"
    channel: str = Field("", max_length=16)
    team_id: int | None = Field(None, ge=1, le=2**62)
    active: bool = True


class FillIn(Strict):
    values: dict[str, str] = Field(default_factory=dict, description="Gap name → what stands there")
    written: str = Field(
        "", max_length=20_000, description="What the message says so far: it names the customer once"
    )


class TemplateOut(Schema):
    id: int
    name: str
    sort: str
    body: str
    language: str
    channel: str
    team_id: int | None
    active: bool
    uses: int


class FilledOut(Schema):
    text: str


class WordingsWanted(Strict):
    text: str = Field("", max_length=4000, description="Empty: all in force")
    language: Language | None = None
    on: date | None = None


class WordingIn(Strict):
    topic: str = Field(min_length=1, max_length=120)
    text: str = Field(min_length=1, max_length=4000)
    keywords: str = Field("", max_length=300)
    language: Language = "zh-hans"
    valid_from: date
    valid_to: date | None = None
    basis: str = Field("", max_length=300)


class WordingReplacement(Strict):
    text: str = Field(min_length=1, max_length=4000)
    keywords: str = Field("", max_length=300)
    valid_from: date
    valid_to: date | None = None
    basis: str = Field("", max_length=300)


class WordingOut(Schema):
    id: int
    topic: str
    text: str
    keywords: str
    language: str
    valid_from: date
    valid_to: date | None
    basis: str
    replaces_id: int | None


class CheckIn(Strict):
    text: str = Field(max_length=20_000)
    channel: str = Field("email", max_length=20)
    customer_name: str = Field("", max_length=120)
    customer_emotion: Literal["calm", "anxious", "upset", "angry", "hostile"] = "calm"
    is_first_reply: bool = False
    has_recorded_promise: bool = False
    language: Literal["zh", "en", "auto"] = "auto"
    promise_spans: list[tuple[int, int]] = Field(default_factory=list, max_length=200)


class RemarkOut(Schema):
    sort: str
    label: str
    severity: str
    matched: str
    reason: str
    better: str | None
    start: int
    end: int
    insert_at: int | None = Field(description="Where `better` goes when the remark is about the whole text")


class RemarksOut(Schema):
    remarks: list[RemarkOut]


class TeamFigureOut(Schema):
    team_id: int | None
    team: str
    replies: int
    remarks: int
    per_reply: float | None = Field(description="Remarks a reply, 0 upwards")
    per_reply_month_before: float | None
    by_sort: dict[str, int]


class FiguresOut(Schema):
    month: str
    teams: list[TeamFigureOut]


def article_out(article: Any) -> dict[str, Any]:
    same = set(ArticleOut.model_fields) - {"id", "html"}
    return {
        "id": article.pk,
        "html": str(queries.rendered(article.body, article.pk)),
        **{name: getattr(article, name) for name in same},
    }


def row_out(row: Any, schema: type[Schema]) -> dict[str, Any]:
    return {name: row.pk if name == "id" else getattr(row, name) for name in schema.model_fields}
