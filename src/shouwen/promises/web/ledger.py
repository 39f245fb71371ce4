"""The promise ledger: board, table, keeping rate, one promise."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from shouwen.platform.access import Actor, actor_of, needs, now
from shouwen.platform.web import Input, page, paginate, render
from shouwen.promises import policies, queries

DAYS = (7, 30, 90, 365)
NARROWING = ("staff", "team", "department", "provider", "without", "cause", "days", "due", "owed")
BY = (
    ("staff", gettext_lazy("Person")),
    ("team", gettext_lazy("Team")),
    ("department", gettext_lazy("Department")),
    ("provider", gettext_lazy("Provider")),
    ("work", gettext_lazy("Kind of promise")),
)


def whose_choices(actor: Actor) -> list[tuple[str, str]]:
    known = [("mine", _("Mine")), ("team", _("My team"))]
    return [*known, ("all", _("All"))] if actor.can(policies.SEE_ALL) else known


def asked(request: HttpRequest) -> queries.Filter:
    """The filter in the address; Invalid when it was made up."""
    form = Input(request, query=True)
    days = form.integer("days", least=1, most=3660)
    chosen = queries.Filter(
        whose=form.choice("whose", ("mine", "team", "all"), default="mine"),
        state=form.choice("state", [code for code, _label in queries.state_choices()]),
        staff_id=form.ident("staff"),
        team_id=form.ident("team"),
        settled_since=now() - timedelta(days=days) if days else None,
        due_at=form.moment("due"),
        owed=form.flag("owed"),
        department_id=form.ident("department"),
        provider_id=form.ident("provider"),
        work=form.choice("work", tuple(queries.WORK_LABELS)),
        cause=form.choice("cause", (*queries.CAUSE_LABELS, "none")),
        without=form.choice("without", ("staff", "team", "department", "provider")),
    )
    form.done()
    return chosen


def _midnight(at: datetime) -> datetime:
    here = timezone.localtime(at)
    return here.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


@require_safe
@needs(policies.SEE)
def board(request: HttpRequest) -> HttpResponse:
    actor, at, chosen = actor_of(request), now(), asked(request)
    if "whose" not in request.GET:
        chosen = replace(chosen, whose=queries.first_whose(actor))
    found = queries.board(actor, chosen, at, _midnight(at))
    columns = [
        ("overdue", _("Overdue"), found.overdue, _("Nothing is overdue.")),
        ("near", _("Within the hour"), found.near, _("Nothing in the next hour.")),
        ("today", _("Today"), found.today, _("Nothing more today.")),
        ("later", _("Later"), found.later, _("Nothing later.")),
    ]
    context = {
        "columns": [
            (code, label, queries.shown(rows, actor, at), empty, found.number(rows))
            for code, label, rows, empty in columns
        ],
        "full": found.full,
        "alike": found.alike,
        "whose": chosen.whose,
        "choices": whose_choices(actor),
        "live": _topics(actor, chosen.whose),
        "address": _staying(request, chosen.whose),
    }
    return page(request, "promises/board.html", "board", context)


def _staying(request: HttpRequest, whose: str) -> str:
    """The board's address with whose promises it opened on: a refresh never turns to somebody else's."""
    wanted = request.GET.copy()
    wanted["whose"] = whose
    return f"{request.path}?{wanted.urlencode()}"


def _topics(actor: Actor, whose: str) -> str:
    """The live topics on which the shown promises change."""
    if whose == "all":
        return "promises"
    return f"user:{actor.user_id}" if whose == "mine" else " ".join(f"team:{pk}" for pk in actor.team_ids)


@require_safe
@needs(policies.SEE)
def table(request: HttpRequest) -> HttpResponse:
    actor, at, chosen = actor_of(request), now(), asked(request)
    wanted = request.GET.copy()
    if "whose" not in wanted:
        chosen = replace(chosen, whose=queries.first_whose(actor))
        wanted["whose"] = chosen.whose
    cursor = wanted.pop("cursor", [None])[-1]
    rows = paginate(queries.ledger(actor, chosen), order=("-due_at", "-id"), cursor=cursor, limit=50)
    context = {
        "rows": queries.shown(rows.items, actor, at),
        "chosen": chosen,
        "choices": whose_choices(actor),
        "states": queries.state_choices(),
        "works": list(queries.WORK_LABELS.items()),
        "kept_filters": [(name, request.GET[name]) for name in NARROWING if request.GET.get(name)],
        "tones": queries.STATE_TONES,
        "causes": queries.CAUSE_LABELS,
        "narrowed": _narrowed(chosen, wanted),
        "previous_url": _with(wanted, rows.previous_cursor),
        "next_url": _with(wanted, rows.next_cursor),
        "address": request.get_full_path(),
    }
    return page(request, "promises/ledger.html", "ledger", context)


def _with(wanted: Any, cursor: str | None) -> str | None:
    return f"?{urlencode([*wanted.items(), ('cursor', cursor)])}" if cursor else None


def _narrowed(chosen: queries.Filter, wanted: Any) -> list[tuple[str, str]]:
    """What narrows the list beside whose and state, with the address without it."""
    names = queries.filter_names(chosen)
    found = []
    for key, label in names:
        rest = [(name, value) for name, value in wanted.items() if name != key]
        found.append((label, f"?{urlencode(rest)}"))
    return found


@require_safe
@needs(policies.SEE)
def rates(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = Input(request, query=True)
    by = form.choice("by", [code for code, _label in BY], default="staff")
    days = form.integer("days", least=1, most=3660) or 30
    form.done()
    at = now()
    since, rows = at - timedelta(days=days), queries.settled_in(days, at, actor)
    context = {
        "rates": queries.keep_rate(by=by, since=since, actor=actor, rows=rows),
        "overall": queries.overall(since, actor, rows),
        "by": by,
        "bys": BY,
        "days": days,
        "spans": [(str(count), _("%(num)s days") % {"num": count}) for count in DAYS],
        "causes": queries.causes(since=since, actor=actor, rows=rows),
        "whose": "all" if actor.can(policies.SEE_ALL) else "team",
    }
    return page(request, "promises/rates.html", "rates", context)


@require_safe
@needs(policies.SEE)
def one(request: HttpRequest, promise_id: int) -> HttpResponse:
    actor, at = actor_of(request), now()
    promise = queries.get(promise_id, actor)
    line = queries.shown([promise], actor, at)[0]
    context = {
        "line": line,
        "promise": promise,
        "chain": queries.chain(promise),
        "tones": queries.STATE_TONES,
        "cause": queries.CAUSE_LABELS.get(promise.cause, ""),
        "work": queries.WORK_LABELS.get(promise.work, ""),
        "may_settle": policies.may_settle(actor, promise),
        "address": reverse("promises:one", args=[promise_id]),
    }
    return render(request, "promises/one.html", context)
