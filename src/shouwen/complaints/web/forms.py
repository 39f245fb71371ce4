"""Forms of the room: each deed says its fields once, and the same few lines show and read them all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from shouwen.complaints import policies, queries
from shouwen.kernel.money import parse
from shouwen.platform.access import Actor, actor_of, needs, now
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.pages import form_page

FORM = "complaints/form.html"


@dataclass(frozen=True)
class Field:
    """One field: how it is called, shown and read. `kind` is text, area, money, number, ident, select, radios,
    checks, idents, level, yes, flag, day, moment or file; several of `choices` under checks and idents."""

    name: str
    label: Any
    kind: str = "text"
    value: Any = ""
    required: bool = False
    choices: Sequence[tuple[Any, Any]] = ()
    help: Any = ""
    limit: int = 200
    rows: int = 3
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class Ask:
    """What a form is asked for: whose complaint, by whom, when, and the row its address names."""

    complaint: Any
    actor: Actor
    at: datetime
    ids: dict[str, int]
    parts: queries.Parts


@dataclass(frozen=True)
class Deed:
    """One thing that can be done with a complaint: its address, its words, its fields, its service."""

    name: str
    address: str
    title: Any
    button: Any
    said: Any
    act: Callable[..., Any]
    fields: Callable[[Ask], list[Field]] = lambda ask: []
    lead: Any = ""
    icon: str = "check"
    anchor: str = ""
    permission: str = policies.WORK


def read(request: HttpRequest, fields: Sequence[Field]) -> dict[str, Any]:
    """Everything that was typed, by the kind of its field; Invalid names every field that is wrong."""
    form = Input(request)
    given = {field.name: _read(form, request, field) for field in fields}
    form.done()
    return given


def _read(form: Input, request: HttpRequest, field: Field) -> Any:
    name, required = field.name, field.required
    if field.kind in {"select", "radios"}:
        return form.choice(name, [str(code) for code, _label in field.choices], required=required)
    if field.kind == "checks":
        return form.many(name)
    if field.kind == "idents":
        return form.idents(name)
    if field.kind == "ident":
        return form.ident(name, required=required)
    if field.kind == "level":
        return form.integer(name, least=1, most=len(field.choices), required=required)
    if field.kind == "yes":
        return form.choice(name, ("yes", "no"), required=required) == "yes"
    if field.kind == "number":
        return form.integer(name, least=field.least, most=field.most, required=required)
    if field.kind == "flag":
        return form.flag(name)
    if field.kind == "day":
        return form.day(name, required=required)
    if field.kind == "moment":
        return form.moment(name, required=required)
    if field.kind == "money":
        text = form.text(name, limit=40, required=required)
        return parse(text, field=name).amount if text else None
    if field.kind == "file":
        files = form.files(name)
        return (files[0].name or "file", files[0]) if files else None
    return form.text(name, limit=field.limit, required=required)


def _context(deed: Deed, request: HttpRequest, ref: str, **ids: int) -> dict[str, Any]:
    actor, at = actor_of(request), now()
    complaint = queries.get(ref, actor)
    ask = Ask(complaint, actor, at, ids, queries.parts(complaint))
    return {
        "deed": deed,
        "complaint": complaint,
        "ref": complaint.reference,
        "fields": deed.fields(ask),
        "back": reverse("complaints:complaint", args=[complaint.reference]) + deed.anchor,
        "crumbs_of": "complaint",
    }


def _show(deed: Deed, request: HttpRequest, ref: str, **ids: int) -> HttpResponse:
    known = _context(deed, request, ref, **ids)
    if request.method == "GET":
        return render(request, FORM, known)
    given = {name: value for name, value in read(request, known["fields"]).items() if value is not None}
    deed.act(complaint_id=known["complaint"].pk, **ids, **given, at=now(), by=actor_of(request))
    return done(request, known["back"], deed.said)


def pattern(deed: Deed) -> URLPattern:
    """The address of a deed: a form on GET, the deed on POST."""
    shown = form_page(FORM, partial(_context, deed), refused=True)(partial(_show, deed))
    gated = needs(deed.permission)(shown)
    view = require_http_methods(["GET", "POST"])(gated)
    return path(f"complaints/<str:ref>/{deed.address}", view, name=deed.name)
