"""Two records side by side; which values win; undo."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shouwen.customers import queries, rules, services
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.pages import form_page


def _context(request: HttpRequest, customer_id: int) -> dict[str, Any]:
    actor, asked = actor_of(request), Input(request, query=request.method == "GET")
    winner, q, other = queries.get(customer_id, actor), asked.text("q", limit=100), asked.ident("with")
    loser = queries.get(other, actor) if other else None
    found = queries.lookup(q, limit=20) if q else queries.possible_duplicates(winner)
    return {
        "winner": winner,
        "loser": loser,
        "q": q,
        "candidates": [one for one in found if one.pk != winner.pk and one.kind == winner.kind],
        "fields": queries.merge_preview(winner, loser) if loser else [],
        "sides": [(one, queries.contents_of(one)) for one in (winner, loser) if one],
    }


@require_http_methods(["GET", "POST"])
@needs("customers.merge")
@form_page("customers/merge.html", _context)
def merge(request: HttpRequest, customer_id: int) -> HttpResponse:
    if request.method == "GET":
        return render(request, "customers/merge.html", _context(request, customer_id))
    form = Input(request)
    loser_id = form.ident("with", required=True)
    choice = {field: form.choice(f"pick_{field}", ("winner", "loser")) for field in rules.MERGE_FIELDS}
    form.done()
    services.merge(
        winner_id=customer_id,
        loser_id=loser_id or 0,
        choice={field: side for field, side in choice.items() if side},
        at=now(),
        by=actor_of(request),
    )
    to = reverse("customers:customer", args=[customer_id])
    return done(request, to, _("Merged. It can be undone on this page."))


@require_POST
@needs("customers.merge")
def undo(request: HttpRequest, merge_id: int) -> HttpResponse:
    made = services.undo_merge(merge_id=merge_id, at=now(), by=actor_of(request))
    return done(request, reverse("customers:customer", args=[made.loser_id]), _("The two are apart again."))
