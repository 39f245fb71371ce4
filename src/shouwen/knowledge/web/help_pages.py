"""The public knowledge base: what is published for customers, found by words or by subject. No account."""

from typing import Any
from zlib import crc32

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shouwen.knowledge import queries, services
from shouwen.platform.access import ANONYMOUS, now, public
from shouwen.platform.web import Input, done, render, render_part

HOME, ARTICLE = "knowledge/help/home.html", "knowledge/help/article.html"


def _reader(request: HttpRequest) -> str:
    """Tells readers apart for a day's counting, without a name: nothing of it is stored."""
    browser = crc32(request.headers.get("User-Agent", "").encode())
    return f"{request.META.get('REMOTE_ADDR', '')}:{browser:x}"


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh-hans"


@require_safe
@public
def home(request: HttpRequest) -> HttpResponse:
    """All by subject, or what holds the words looked for. Staff see here what a customer sees."""
    form = Input(request, query=True)
    q = form.text("q", limit=100)
    form.done()
    found = queries.found_in_help(q, _language()) if q else []
    if q and not found:
        services.note_miss_of_a_stranger(words=q, reader=_reader(request), at=now())
    context: dict[str, Any] = {
        "q": q,
        "rows": queries.rows(found, on=timezone.localdate(now()), q=q),
        "nearest": queries.suggest_articles(q, actor=ANONYMOUS, language=_language())
        if q and not found
        else [],
        "subjects": [] if q else queries.help_by_subject(_language()),
    }
    return render(request, HOME, context)


@require_safe
@public
def article(request: HttpRequest, article_id: int) -> HttpResponse:
    found = queries.get(article_id, ANONYMOUS)
    services.note_view(article_id=found.pk, by=ANONYMOUS, reader=_reader(request))
    context = {
        "article": found,
        "body": queries.rendered(found.body, found.pk),
        "translations": queries.translations_of(found, ANONYMOUS),
        "languages": dict(queries.language_choices()),
        "others": queries.beside(found),
    }
    return render(request, ARTICLE, context)


@require_POST
@public
def vote(request: HttpRequest, article_id: int) -> HttpResponse:
    form = Input(request)
    helpful = form.choice("helpful", ["yes", "no"], required=True) == "yes"
    form.done()
    services.count_vote(
        article_id=article_id, helpful=helpful, reader=_reader(request), at=now(), by=ANONYMOUS
    )
    page = reverse("knowledge:help-article", args=[article_id])
    if helpful:
        return done(request, page, _("Thank you for telling us."))
    return done(request, page, _("Thank you for telling us. Write to us, and a person answers."))


@require_safe
@public
def near(request: HttpRequest) -> HttpResponse:
    """What may answer the words that are being written on the request form."""
    form = Input(request, query=True)
    text = form.text("text", limit=20_000)
    form.done()
    found = (
        queries.suggest_articles(text[:2000], 3, actor=ANONYMOUS, language=_language())
        if len(text) > 3
        else []
    )
    return render_part(request, "knowledge/help/near.html", "near", {"nearest": found})
