"""/api/v1/knowledge"""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router, Status

from shouwen.knowledge import policies, queries, services
from shouwen.knowledge.api import schemas as s
from shouwen.platform.access import ensure, now
from shouwen.platform.apikit import api_actor, needs_scope
from shouwen.platform.web import paginate

router = Router(tags=["knowledge"])
Ident = Annotated[int, Path(ge=1, le=2**62)]
MOST_FOUND = 500


@router.get("/articles", response=s.ArticlesOut, summary="List or search articles, the latest change first")
@needs_scope("knowledge:read")
def list_articles(request: HttpRequest, wanted: Query[s.ArticlesWanted]) -> dict[str, Any]:
    by = api_actor(request)
    ids = queries.found(wanted.q, by, limit=MOST_FOUND) if wanted.q.strip() else None
    rows = queries.listed(
        by,
        state=wanted.state or "",
        language=wanted.language or "",
        audience=wanted.audience or "",
        category=wanted.category,
        ids=ids,
    )
    page = paginate(rows, order=queries.ORDER, cursor=wanted.cursor, limit=wanted.limit)
    return {
        "items": [s.article_out(one) for one in page.items],
        "next_cursor": page.next_cursor,
        "previous_cursor": page.previous_cursor,
    }


@router.post("/articles", response={201: s.ArticleOut}, summary="Draft an article")
@needs_scope("knowledge:write")
def draft(request: HttpRequest, payload: s.ArticleIn) -> Status[dict[str, Any]]:
    made = services.draft(**payload.model_dump(), at=now(), by=api_actor(request))
    return Status(201, s.article_out(made))


@router.get("/articles/{article_id}", response=s.ArticleOut, summary="One article")
@needs_scope("knowledge:read")
def one_article(request: HttpRequest, article_id: Ident) -> dict[str, Any]:
    return s.article_out(queries.get(article_id, api_actor(request)))


@router.patch(
    "/articles/{article_id}", response=s.KnowledgeChangeOut, summary="Change an article, or propose to"
)
@needs_scope("knowledge:write")
def change(request: HttpRequest, article_id: Ident, payload: s.ArticleChange) -> dict[str, Any]:
    by = api_actor(request)
    found = queries.get(article_id, by)
    given = {
        name: value for name, value in payload.model_dump(exclude_unset=True).items() if value is not None
    }
    texts = {name: given.pop(name, getattr(found, name)) for name in ("title", "body", "keywords")}
    version, note = given.pop("version"), given.pop("note", "")
    made = services.change(
        article_id=found.pk, version=version, **texts, note=note, keep=given, at=now(), by=by
    )
    return {"article_id": found.pk, "number": made.number, "live": made.state == "kept"}


@router.post("/articles/{article_id}/publication", response=s.ArticleOut, summary="Publish a draft")
@needs_scope("knowledge:write")
def publish(request: HttpRequest, article_id: Ident) -> dict[str, Any]:
    by = api_actor(request)
    queries.get(article_id, by)
    return s.article_out(services.publish(article_id=article_id, at=now(), by=by))


@router.post("/articles/{article_id}/retirement", response=s.ArticleOut, summary="Retire an article")
@needs_scope("knowledge:write")
def retire(request: HttpRequest, article_id: Ident, payload: s.RetireIn) -> dict[str, Any]:
    by = api_actor(request)
    queries.get(article_id, by)
    return s.article_out(services.retire(article_id=article_id, reason=payload.reason, at=now(), by=by))


@router.post("/articles/{article_id}/reviews", response=s.ArticleOut, summary="Say that it is still right")
@needs_scope("knowledge:write")
def review(request: HttpRequest, article_id: Ident, payload: s.ReviewIn) -> dict[str, Any]:
    by = api_actor(request)
    queries.get(article_id, by)
    return s.article_out(services.review(article_id=article_id, review_on=payload.review_on, at=now(), by=by))


@router.post("/articles/{article_id}/votes", response=s.ArticleOut, summary="Say whether it helped")
@needs_scope("knowledge:write")
def vote(request: HttpRequest, article_id: Ident, payload: s.VoteIn) -> dict[str, Any]:
    by = api_actor(request)
    queries.get(article_id, by)
    services.vote(article_id=article_id, **payload.model_dump(), at=now(), by=by)
    return s.article_out(queries.get(article_id, by))


@router.post("/suggestions", response=list[s.SuggestionOut], summary="Articles that may answer a text")
@needs_scope("knowledge:read")
def suggest(request: HttpRequest, payload: s.TextIn) -> list[Any]:
    by = api_actor(request)
    return list(
        queries.suggest_articles(payload.text, payload.limit, actor=by, language=payload.language or "")
    )


@router.get("/templates", response=list[s.TemplateOut], summary="Templates that fit, the most used first")
@needs_scope("knowledge:read")
def templates(request: HttpRequest, wanted: Query[s.TemplatesWanted]) -> list[dict[str, Any]]:
    found = queries.find_templates(
        wanted.q,
        channel=wanted.channel,
        language=wanted.language or "",
        sort=wanted.sort or "",
        limit=wanted.limit,
        actor=api_actor(request),
    )
    return [s.row_out(one, s.TemplateOut) for one in found]


@router.post("/templates", response={201: s.TemplateOut}, summary="Write a template")
@needs_scope("knowledge:write")
def new_template(request: HttpRequest, payload: s.TemplateIn) -> Status[dict[str, Any]]:
    made = services.save_template(**payload.model_dump(), at=now(), by=api_actor(request))
    return Status(201, s.row_out(made, s.TemplateOut))


@router.put("/templates/{template_id}", response=s.TemplateOut, summary="Change a template")
@needs_scope("knowledge:write")
def change_template(request: HttpRequest, template_id: Ident, payload: s.TemplateIn) -> dict[str, Any]:
    by = api_actor(request)
    queries.template(template_id, by)
    made = services.save_template(template_id=template_id, **payload.model_dump(), at=now(), by=by)
    return s.row_out(made, s.TemplateOut)


@router.post("/templates/{template_id}/uses", response=s.FilledOut, summary="Fill a template in")
@needs_scope("knowledge:read")
def use_template(request: HttpRequest, template_id: Ident, payload: s.FillIn) -> dict[str, str]:
    return {
        "text": services.use_template(
            template_id, payload.values, written=payload.written, by=api_actor(request)
        )
    }


@router.get("/wordings", response=list[s.WordingOut], summary="Official wordings in force")
@needs_scope("knowledge:read")
def wordings(request: HttpRequest, wanted: Query[s.WordingsWanted]) -> list[dict[str, Any]]:
    ensure(policies.may_read, api_actor(request))
    found = queries.valid_wordings(wanted.text, on=wanted.on, language=wanted.language or "", limit=20)
    return [s.row_out(one, s.WordingOut) for one in found]


@router.post("/wordings", response={201: s.WordingOut}, summary="State a wording")
@needs_scope("knowledge:write")
def state_wording(request: HttpRequest, payload: s.WordingIn) -> Status[dict[str, Any]]:
    made = services.state_wording(**payload.model_dump(), at=now(), by=api_actor(request))
    return Status(201, s.row_out(made, s.WordingOut))


@router.post("/wordings/{wording_id}/replacements", response={201: s.WordingOut}, summary="Replace a wording")
@needs_scope("knowledge:write")
def replace_wording(
    request: HttpRequest, wording_id: Ident, payload: s.WordingReplacement
) -> Status[dict[str, Any]]:
    made = services.replace_wording(
        wording_id=wording_id, **payload.model_dump(), at=now(), by=api_actor(request)
    )
    return Status(201, s.row_out(made, s.WordingOut))
