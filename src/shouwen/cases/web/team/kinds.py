"""Settings: kinds of cases with their own fields."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shouwen.cases import permissions, queries
from shouwen.cases.queries import trying
from shouwen.cases.services import configuring
from shouwen.kernel.errors import NotFound
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.pages import form_page

TYPES = (
    ("text", gettext_lazy("Free text")),
    ("number", gettext_lazy("Number")),
    ("date", gettext_lazy("Date")),
    ("choice", gettext_lazy("One of several")),
    ("flag", gettext_lazy("Yes or no")),
)
ICONS = {
    "circle-question-mark": gettext_lazy("Question mark"),
    "message-circle-question-mark": gettext_lazy("Bubble with a question mark"),
    "life-buoy": gettext_lazy("Life buoy"),
    "lightbulb": gettext_lazy("Light bulb"),
    "megaphone": gettext_lazy("Megaphone"),
    "heart": gettext_lazy("Heart"),
    "wrench": gettext_lazy("Wrench"),
    "truck": gettext_lazy("Truck"),
    "file-text": gettext_lazy("Sheet of paper"),
    "receipt": gettext_lazy("Receipt slip"),
    "package": gettext_lazy("Parcel"),
    "graduation-cap": gettext_lazy("Graduation cap"),
    "shield-check": gettext_lazy("Shield"),
    "calendar": gettext_lazy("Calendar sheet"),
    "star": gettext_lazy("Star"),
}
COLUMNS = ("code", "label", "label_en", "type", "required", "choices")
BLANKS = 2


@require_safe
@needs(permissions.CONFIGURE)
def kinds(request: HttpRequest) -> HttpResponse:
    context = {
        "kinds": trying.all_kinds(),
        "rules": trying.all_rules(),
        "icons": ICONS,
        "kind_label": queries.kind_label,
    }
    return render(request, "cases/settings/kinds.html", context)


def _kind(pk: int | None) -> Any:
    found = trying.kind(pk) if pk is not None else None
    if pk is not None and found is None:
        raise NotFound(_("There is no such kind of case."))
    return found


def _rows(request: HttpRequest, found: Any) -> list[dict[str, Any]]:
    """The editor's rows: what was typed, or what is stored, and two empty ones."""
    if request.method == "POST":
        return _typed(request)
    stored = [
        {**one, "choices": "、".join(one.get("choices", []))} for one in (found.fields if found else [])
    ]
    return [*stored, *({} for _blank in range(BLANKS))]


def _typed(request: HttpRequest) -> list[dict[str, Any]]:
    count = sum(1 for name in request.POST if name.startswith("fields-") and name.endswith("-code"))
    return [
        {column: request.POST.get(f"fields-{number}-{column}", "") for column in COLUMNS}
        for number in range(min(count, 60))
    ]


def _context(request: HttpRequest, pk: int | None = None) -> dict[str, Any]:
    found = _kind(pk)
    more: list[dict[str, Any]] = [{}] * BLANKS if "more" in request.POST else []
    return {
        "kind": found,
        "rows": [*_rows(request, found), *more],
        "types": TYPES,
        "icons": list(ICONS.items()),
    }


@require_http_methods(["GET", "POST"])
@needs(permissions.CONFIGURE)
@form_page("cases/settings/kind.html", _context, refused=True)
def kind(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One kind, or a new one. "More rows" only gives the form back with two more."""
    context = _context(request, pk)
    if request.method == "GET" or "more" in request.POST:
        return render(request, "cases/settings/kind.html", {**context, "values": request.POST.dict()})
    form = Input(request)
    given: dict[str, Any] = {
        "name": form.text("name", limit=40),
        "name_en": form.text("name_en", limit=40),
        "icon": form.choice("icon", ICONS, default="circle-question-mark"),
        "active": form.flag("active"),
        "code": form.text("code", limit=30),
    }
    form.done()
    configuring.save_kind(kind_id=pk, fields=_typed(request), **given, at=now(), by=actor_of(request))
    return done(request, reverse("cases:kinds"), _("Saved."))


@require_POST
@needs(permissions.CONFIGURE)
def kind_place(request: HttpRequest, pk: int) -> HttpResponse:
    up = Input(request).choice("to", ("up", "down"), default="up") == "up"
    configuring.move_kind(kind_id=pk, up=up, at=now(), by=actor_of(request))
    return done(request, reverse("cases:kinds"))
