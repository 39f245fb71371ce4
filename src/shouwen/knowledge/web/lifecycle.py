"""What happens to an article beside its text: published, decided, reviewed, voted on, retired."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwen.knowledge import queries, services
from shouwen.knowledge.web.articles import compared
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done
from shouwen.platform.web.pages import form_page


def _page(article_id: int) -> str:
    return reverse("knowledge:article", args=[article_id])


@require_POST
@needs("knowledge.publish")
def publication(request: HttpRequest, article_id: int) -> HttpResponse:
    services.publish(article_id=article_id, at=now(), by=actor_of(request))
    return done(request, _page(article_id), _("Published."))


@require_POST
@needs("knowledge.publish")
@form_page("knowledge/versions.html", compared)
def decision(request: HttpRequest, article_id: int, number: int) -> HttpResponse:
    by, form = actor_of(request), Input(request)
    accepted = form.choice("decision", ["accept", "decline"], required=True) == "accept"
    reason = form.text("reason", limit=200, required=not accepted)
    form.done()
    if accepted:
        services.accept_change(article_id=article_id, number=number, at=now(), by=by)
        return done(request, _page(article_id), _("The change is live."))
    services.decline_change(article_id=article_id, number=number, reason=reason, at=now(), by=by)
    return done(request, _page(article_id), _("The change was declined."))


@require_POST
@needs("knowledge.publish")
def retirement(request: HttpRequest, article_id: int) -> HttpResponse:
    form = Input(request)
    reason = form.text("reason", limit=200, required=True)
    form.done()
    services.retire(article_id=article_id, reason=reason, at=now(), by=actor_of(request))
    return done(request, _page(article_id), _("Retired. It is found no more."))


@require_POST
@needs("knowledge.publish")
def merging(request: HttpRequest, article_id: int) -> HttpResponse:
    form = Input(request)
    other_id = form.ident("other", required=True)
    form.done()
    services.merge_articles(article_id=article_id, other_id=other_id or 0, at=now(), by=actor_of(request))
    return done(request, _page(article_id), _("Merged. It can be undone on this page."))


@require_POST
@needs("knowledge.publish")
def undo_merge(request: HttpRequest, merge_id: int) -> HttpResponse:
    made = services.undo_merge(merge_id=merge_id, at=now(), by=actor_of(request))
    return done(request, _page(made.goes_id), _("The two articles are apart again."))


@require_POST
@needs("knowledge.publish")
def bringing_back(request: HttpRequest, article_id: int) -> HttpResponse:
    services.bring_back(article_id=article_id, at=now(), by=actor_of(request))
    return done(request, _page(article_id), _("It is a draft again."))


@require_POST
@needs("knowledge.read")
def review(request: HttpRequest, article_id: int) -> HttpResponse:
    by, form = actor_of(request), Input(request)
    review_on = form.day("review_on", required=True)
    form.done()
    queries.get(article_id, by)
    services.review(article_id=article_id, review_on=review_on, at=now(), by=by)
    return done(
        request, _page(article_id), _("Thank you. It counts as right until %(day)s.") % {"day": review_on}
    )


@require_POST
@needs("knowledge.read")
def vote(request: HttpRequest, article_id: int) -> HttpResponse:
    by, form = actor_of(request), Input(request)
    helpful = form.choice("helpful", ["yes", "no"], required=True) == "yes"
    missing = form.text("missing", limit=300)
    form.done()
    queries.get(article_id, by)
    services.vote(article_id=article_id, helpful=helpful, missing=missing, at=now(), by=by)
    return done(request, _page(article_id), _("Thank you for telling us."))


@require_POST
@needs("knowledge.read")
def drop_miss(request: HttpRequest, miss_id: int) -> HttpResponse:
    services.drop_miss(miss_id=miss_id, at=now(), by=actor_of(request))
    return done(request, reverse("knowledge:articles"), _("Off the list."))
