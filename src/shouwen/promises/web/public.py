"""The catalogue that everybody may read: what we offer, how fast, what is covered and what is not."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from shouwen.platform import ways
from shouwen.platform.access import now, public
from shouwen.platform.web import render
from shouwen.promises import queries


@require_safe
@public
def catalogue(request: HttpRequest) -> HttpResponse:
    return render(request, "promises/public/catalogue.html", {"items": queries.public_items()})


@require_safe
@public
def item(request: HttpRequest, code: str) -> HttpResponse:
    at, found = now(), queries.public_item(code)
    context = {
        "item": found,
        "standards": [one for one in queries.standards(at, item_id=found.pk) if one.valid_from <= at],
        "rules": queries.coverage_rules(found.pk),
        "notice": found.said("expectation_notice"),
        "span_text": queries.span_text,
        "kinds": queries.KINDS,
        "channels": ways.labels(),
        "general": queries.targets_of(case_kind="", tier="", channel="", item_id=found.pk, at=at),
        "sort_label": queries.sort_label,
    }
    return render(request, "promises/public/item.html", context)
