"""The question bank: looking for an answer, reading it, writing it."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.knowledge import policies, queries, services
from shouwen.knowledge.web.sections import tabs
from shouwen.platform.access import actor_of, ensure, needs, now
from shouwen.platform.preferences import get as preference
from shouwen.platform.web import Input, Page, done, page, paginate, render, render_part
from shouwen.platform.web.pages import form_page, wants_part

FORM = "knowledge/edit.html"
FILTERS = ("state", "category", "language", "audience")


@require_GET
@needs("knowledge.read")
def listing(request: HttpRequest) -> HttpResponse:
    by, form = actor_of(request), Input(request, query=True)
    q = form.text("q", limit=100)
    chosen: dict[str, Any] = {name: form.text(name, limit=60) for name in FILTERS}
    mine, due = form.flag("mine"), form.flag("due")
    cursor = form.text("cursor", limit=400) or None
    form.done()
    today = timezone.localdate(now())
    rows = queries.listed(by, **chosen, owner_id=by.user_id if mine else None, due_on=today if due else None)
    found = queries.found(q, by) if q else None
    if found is None:
        here = paginate(rows, order=queries.ORDER, cursor=cursor, limit=30)
    else:
        here = Page(sorted(rows.filter(pk__in=found), key=lambda one: found.index(one.pk))[:50], None, None)
    if q and not found and not wants_part(request):
        services.note_miss(words=q, at=now(), by=by)
    given = {"q": q, **chosen, "mine": "1" if mine else "", "due": "1" if due else ""}
    context = {
        "tabs": tabs("articles"),
        "page": here,
        "rows": queries.rows(here.items, on=today, q=q),
        "q": q,
        "chosen": {**chosen, "mine": mine, "due": due},
        "query": urlencode({name: value for name, value in given.items() if value}),
        "nearest": queries.suggest_articles(q, actor=by) if q and not here.items else [],
        "wordings": queries.valid_wordings(q, limit=3) if q else [],
        **_around(by, today),
    }
    return page(request, "knowledge/articles.html", "results", context)


def _around(by: Any, today: Any) -> dict[str, Any]:
    """The filters' choices and what waits, beside the list."""
    return {
        "categories": [(name, name) for name in queries.categories()],
        "languages": queries.language_choices(),
        "audiences": queries.audience_choices(),
        "states": queries.state_choices(),
        "may_write": policies.may_write(by),
        "due": queries.due_of(by.user_id, today).number if by.user_id else 0,
        "proposals": queries.proposals(limit=6) if policies.may_publish(by) else [],
        "misses": queries.misses(limit=6) if policies.may_write(by) else [],
    }


@require_GET
@needs("knowledge.read")
def article(request: HttpRequest, article_id: int) -> HttpResponse:
    by, today = actor_of(request), timezone.localdate(now())
    found = queries.get(article_id, by)
    services.note_view(article_id=found.pk, by=by)
    may_write, may_publish = policies.may_write(by), policies.may_publish(by)
    context = {
        "article": found,
        "body": queries.rendered(found.body, found.pk),
        "overdue": found.overdue(today),
        "next_review": today + timedelta(days=int(preference("knowledge.review_days"))),
        "translations": queries.translations_of(found, by),
        "vote": queries.vote_of(found.pk, by.user_id),
        "complaints": queries.complaints_of(found.pk) if may_write else [],
        "proposals": queries.proposals_of(found.pk) if may_write else [],
        "history": queries.history(found.subject) if may_write else [],
        "merges": queries.merges_of(found.pk) if may_write else [],
        "duplicates": queries.duplicates_of(found, by) if may_publish and found.state != "retired" else [],
        "languages": dict(queries.language_choices()),
        "may": {"write": may_write, "publish": may_publish, "review": policies.may_review(by, found)},
    }
    return render(request, "knowledge/article.html", context)


def compared(request: HttpRequest, article_id: int, number: int | None = None) -> dict[str, Any]:
    """All versions, and what the chosen one changed in the one before it that was live."""
    by = actor_of(request)
    found = queries.get(article_id, by)
    all_of_it = queries.versions_of(found.pk)
    chosen = queries.version(found.pk, number or found.version)
    waiting = chosen.state == "proposed"
    earlier = [one for one in all_of_it if one.number < chosen.number and one.state == "kept"]
    base = queries.version(found.pk, found.version) if waiting else (earlier[0] if earlier else None)
    return {
        "article": found,
        "versions": all_of_it,
        "chosen": chosen,
        "base": base,
        "title_change": queries.changes(base.title if base else chosen.title, chosen.title),
        "body_change": queries.changes(base.body if base else chosen.body, chosen.body),
        "may_publish": policies.may_publish(by),
        "may_write": policies.may_write(by),
    }


@require_GET
@needs("knowledge.read")
def versions(request: HttpRequest, article_id: int) -> HttpResponse:
    form = Input(request, query=True)
    number = form.integer("number", least=1, most=2**31 - 1)
    form.done()
    return render(request, "knowledge/versions.html", compared(request, article_id, number))


def _form_context(request: HttpRequest, article_id: int | None = None) -> dict[str, Any]:
    by, today = actor_of(request), timezone.localdate(now())
    ensure(policies.may_write, by)
    found = queries.get(article_id, by) if article_id else None
    asked = Input(request, query=True)
    original_id, miss_id = asked.ident("original"), asked.ident("search")
    restored = asked.integer("version", least=1, most=2**31 - 1)
    text = queries.version(found.pk, restored) if found and restored else found
    miss = queries.miss(miss_id) if miss_id else None
    return {
        "article": found,
        "text": text,
        "original": queries.get(original_id, by) if original_id else None,
        "miss": miss,
        "title": text.title if text else miss.words if miss else asked.text("title"),
        "restored": restored if found else None,
        "live": found is None or policies.changes_live(by, found),
        "files": queries.files_of(found.pk) if found else [],
        "owners": queries.owner_choices(),
        "me": by.user_id,
        "categories": queries.categories(),
        "languages": queries.language_choices(),
        "audiences": queries.audience_choices(),
        "next_review": today + timedelta(days=int(preference("knowledge.review_days"))),
        "preview": queries.rendered(text.body, found.pk) if text and found else "",
    }


def _values(request: HttpRequest) -> tuple[dict[str, Any], dict[str, Any], Input]:
    """The article's text and what belongs to it, and who keeps it for whom."""
    form = Input(request)
    text = {
        "title": form.text("title", limit=200, required=True),
        "body": form.text("body", limit=60_000),
        "keywords": form.text("keywords", limit=300),
        "uploads": [(file.name or "", file.file) for file in form.files()],
    }
    keep = {
        "category": form.text("category", limit=60),
        "language": form.choice("language", ["zh-hans", "en"], default="zh-hans"),
        "audience": form.choice("audience", ["staff", "public"], default="staff"),
        "owner_id": form.ident("owner"),
        "review_on": form.day("review_on"),
    }
    return text, keep, form


@require_http_methods(["GET", "POST"])
@needs("knowledge.read")
@form_page(FORM, _form_context)
def new(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, FORM, _form_context(request))
    text, keep, form = _values(request)
    links: dict[str, Any] = {"original_id": form.ident("original"), "miss_id": form.ident("search")}
    form.done()
    made = services.draft(**text, **keep, **links, at=now(), by=actor_of(request))
    return done(request, reverse("knowledge:article", args=[made.pk]), _("Saved as a draft."))


@require_http_methods(["GET", "POST"])
@needs("knowledge.read")
@form_page(FORM, _form_context)
def edit(request: HttpRequest, article_id: int) -> HttpResponse:
    if request.method == "GET":
        return render(request, FORM, _form_context(request, article_id))
    by = actor_of(request)
    queries.get(article_id, by)
    text, keep, form = _values(request)
    version = form.integer("version", least=1, most=2**31 - 1, required=True) or 0
    note = form.text("note", limit=200)
    form.done()
    made = services.change(
        article_id=article_id, version=version, **text, note=note, keep=keep, at=now(), by=by
    )
    waits = made.state == "proposed"
    sentence = _("Proposed. Somebody who may publish decides.") if waits else _("Saved.")
    return done(request, reverse("knowledge:article", args=[article_id]), sentence)


@require_POST
@needs("knowledge.read")
def preview(request: HttpRequest) -> HttpResponse:
    form = Input(request)
    body, article_id = form.text("body", limit=60_000), form.ident("article")
    form.done()
    held = queries.get(article_id, actor_of(request)).pk if article_id else None
    return render_part(
        request, "knowledge/preview.html", "preview", {"preview": queries.rendered(body, held)}
    )
