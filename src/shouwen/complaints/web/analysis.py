"""Complaints in figures, and lists from elsewhere beside them."""

from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shouwen.complaints import policies, services
from shouwen.complaints.queries import analysis
from shouwen.complaints.rules.lists import FIELDS, beside, shape
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.faults import sentence
from shouwen.platform.web.pages import form_page

SPANS = (30, 90, 365)
LABELS = {
    "issue": gettext_lazy("What was complained of"),
    "company": gettext_lazy("Company or branch"),
    "product": gettext_lazy("Product or service"),
    "day": gettext_lazy("Day"),
    "outcome": gettext_lazy("Outcome"),
}
UPLOAD, MAPPING = "complaints/lists.html", "complaints/mapping.html"


@require_safe
@needs(policies.ANALYSE)
def overview(request: HttpRequest) -> HttpResponse:
    form = Input(request, query=True)
    days = form.integer("days", least=1, most=3660) or 90
    wanted, other = form.ident("list"), form.ident("against")
    form.done()
    at = now()
    figures = analysis.figures(at - timedelta(days=days), at, actor_of(request))
    context = {
        "figures": figures,
        "days": days,
        "behind": partial(_behind, days),
        "spans": [(str(count), _("%(num)s days") % {"num": count}) for count in SPANS],
        "lists": analysis.complaint_lists()[:50],
        **_compared(figures, wanted, other),
        "tab": "analysis",
    }
    return render(request, "complaints/analysis.html", context)


def _compared(figures: analysis.Figures, wanted: int | None, other: int | None) -> dict[str, Any]:
    """A list from elsewhere beside our own complaints, and kind by kind against another list."""
    if not wanted:
        return {"listed": None, "against": None}
    listed = analysis.complaint_list(wanted)
    parts = {part: analysis.list_pareto(listed.pk, part) for part in analysis.PARTS}
    against = analysis.complaint_list(other) if other and other != wanted else None
    theirs = analysis.list_pareto(against.pk) if against else []
    shapes = [(_("Ours, by main cause"), shape(figures.causes)), (listed.name, shape(parts["issue"]))]
    return {
        "listed": listed,
        "against": against,
        "bars_of": [(LABELS[part], bars) for part, bars in parts.items() if bars],
        "shapes": [*shapes, (against.name, shape(theirs))] if against else shapes,
        "pairs": beside(parts["issue"], theirs) if against else [],
    }


def _behind(days: int, figure: str, key: str = "") -> str:
    """The list of the complaints that a figure counts."""
    wanted = {"state": "all", "figure": figure, **({"key": key} if key else {}), "days": days}
    return f"{reverse('complaints:list')}?{urlencode(wanted)}"


def _uploading(request: HttpRequest) -> dict[str, Any]:
    return {"lists": analysis.complaint_lists()[:50], "tab": "analysis", "say": _reason}


def _reason(entry: dict[str, Any]) -> str:
    return sentence(analysis.reason(entry))


@require_http_methods(["GET", "POST"])
@needs(policies.ANALYSE)
@form_page(UPLOAD, _uploading)
def uploading(request: HttpRequest) -> HttpResponse:
    """First the file; then its columns are looked at."""
    if request.method == "GET":
        return render(request, UPLOAD, _uploading(request))
    form = Input(request)
    files = form.files("file")
    if not files:
        form.fail("file", _("Choose a file."))
    form.done()
    kept = services.keep_upload(
        name=files[0].name or "list.csv", content=files[0].read(), at=now(), by=actor_of(request)
    )
    return done(request, reverse("complaints:list-mapping", args=[analysis.upload_token(kept)]))


def _mapping(request: HttpRequest, token: str) -> dict[str, Any]:
    return {"preview": analysis.preview(token), "labels": LABELS, "fields": FIELDS}


@require_http_methods(["GET", "POST"])
@needs(policies.ANALYSE)
@form_page(MAPPING, _mapping)
def mapping(request: HttpRequest, token: str) -> HttpResponse:
    """Which column means what, with the first rows to look at; then everything is taken in."""
    known = _mapping(request, token)
    if request.method == "GET":
        return render(request, MAPPING, known)
    form = Input(request)
    name = form.text("name", limit=120, required=True)
    chosen = {field: form.text(field, limit=200) for field in FIELDS}
    form.done()
    made = services.import_list(
        name=name, content=known["preview"].content, mapping=chosen, at=now(), by=actor_of(request)
    )
    said = _("%(rows)s rows were taken in, %(refused)s refused.")
    counts = {"rows": made.rows, "refused": made.refused_rows}
    return done(request, f"{reverse('complaints:analysis')}?list={made.pk}", said % counts)


@require_POST
@needs(policies.ANALYSE)
def removal(request: HttpRequest, list_id: int) -> HttpResponse:
    services.remove_list(list_id=list_id, at=now(), by=actor_of(request))
    return done(request, reverse("complaints:lists"), _("Removed."))
