"""The list of complaints, one complaint with its path drawn, what waits for a decision, the compensation ledger."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shouwen.complaints import policies, queries
from shouwen.complaints.queries import choices, figures, library, record
from shouwen.kernel.money import Money
from shouwen.platform import frame, live
from shouwen.platform.access import Actor, actor_of, needs, now
from shouwen.platform.web import Input, page, paginate, render
from shouwen.promises import queries as promises

STANDINGS = ("open", "settled", "released")
PERIOD = timedelta(days=90)


def _filter(request: HttpRequest) -> queries.Filter:
    form = Input(request, query=True)
    chosen = queries.Filter(
        state=form.choice(
            "state", ["active", "closed", "withdrawn", "no_complaint", "all"], default="active"
        ),
        stage=form.choice("stage", list(queries.STAGE_LABELS)),
        whose=form.choice("whose", ("all", "mine"), default="all"),
        liability=form.choice("liability", [code for code, _label in choices.LIABILITY]),
        validity=form.choice("validity", [code for code, _label in choices.VALIDITY]),
        overdue=form.flag("overdue"),
        outside=form.flag("outside"),
        heavy=form.flag("heavy"),
        figure=(figure := form.choice("figure", tuple(figures.FIGURES))),
        key=form.choice("key", tuple(figures.KEYS.get(figure, ()))),
        since=now() - timedelta(days=form.integer("days", least=1, most=3660) or 90) if figure else None,
    )
    form.done()
    return chosen


def _chips(request: HttpRequest, chosen: queries.Filter) -> list[tuple[str, str]]:
    """What the list was narrowed to by a figure of the analysis, each with the address without it."""
    if not chosen.figure:
        return []
    wanted = request.GET.copy()
    for name in ("figure", "key", "days", "cursor"):
        wanted.pop(name, None)
    without = f"?{wanted.urlencode()}"
    days = request.GET.get("days") or "90"
    span = _("the last %(num)s days") % {"num": days}
    return [(figures.label(chosen.figure, chosen.key), without), (span, without)]


def _with(wanted: Any, cursor: str | None) -> str | None:
    return f"?{urlencode([*wanted.items(), ('cursor', cursor)])}" if cursor else None


@require_safe
@needs(policies.SEE)
def listed(request: HttpRequest) -> HttpResponse:
    actor, at, chosen = actor_of(request), now(), _filter(request)
    wanted = request.GET.copy()
    cursor = wanted.pop("cursor", [None])[-1]
    rows = queries.listed(actor, chosen, at)
    found = paginate(rows, order=("-opened_at", "-id"), cursor=cursor, limit=50)
    counts = queries.stage_counts(actor)
    context = {
        "rows": found.items,
        "chosen": chosen,
        "at": at,
        "stages": [(code, label, counts.get(code, 0)) for code, label in queries.STAGE_LABELS.items()],
        "states": [
            ("active", _("In work")),
            ("closed", _("Closed")),
            ("withdrawn", _("Withdrawn")),
            ("all", _("All")),
        ],
        "tones": queries.STATE_TONES,
        "liabilities": choices.LIABILITY,
        "validities": choices.VALIDITY,
        "chips": _chips(request, chosen),
        "kept": [(name, request.GET[name]) for name in ("figure", "key", "days") if request.GET.get(name)],
        "previous_url": _with(wanted, found.previous_cursor),
        "next_url": _with(wanted, found.next_cursor),
        "address": request.get_full_path(),
        "tab": "list",
    }
    return page(request, "complaints/list.html", "list", context)


@require_safe
@needs(policies.SEE)
def complaint(request: HttpRequest, ref: str) -> HttpResponse:
    actor, at = actor_of(request), now()
    shown = queries.page(ref, actor, at)
    context = {
        "page": shown,
        "ref": ref,
        "at": at,
        "money": lambda amount: Money(amount).format(),
        "aspects": queries.ASPECTS,
        "hows": queries.HOWS,
        "labels": queries.STAGE_LABELS,
        "file_link": record.file_link,
        "similar": library.similar(shown.complaint, shown.parts),
        "english": (get_language() or "").startswith("en"),
        "live_token": _token(actor, shown),
        "tones": queries.STATE_TONES,
    }
    return page(request, "complaints/complaint.html", "complaint", context)


def _token(actor: Actor, shown: queries.Page) -> str:
    """The page hears of its own complaint too."""
    return live.token(actor, [*frame.live_topics(actor), f"complaint:{shown.complaint.pk}"])


@require_safe
@needs(policies.SEE)
def the_record(request: HttpRequest, ref: str) -> HttpResponse:
    """Everything on record as one file: the page, its data, the evidence, and a list of what is in it."""
    actor, at = actor_of(request), now()
    name, content = record.packed(ref, actor, at)
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@needs(policies.WORK)
def approvals(request: HttpRequest) -> HttpResponse:
    actor, at = actor_of(request), now()
    wanted = request.GET.copy()
    cursor = wanted.pop("cursor", [None])[-1]
    waiting = queries.waiting_for(actor, at)
    found = paginate(waiting, order=queries.WAITING_ORDER, cursor=cursor, limit=50)
    rooms = queries.rooms_of(actor, at)
    context = {
        "rows": found.items,
        "previous_url": _with(wanted, found.previous_cursor),
        "next_url": _with(wanted, found.next_cursor),
        "time": queries.decision_time(at - PERIOD),
        "matrix": [(one, rooms.get(one)) for one, _label in choices.REMEDIES],
        "labels": dict(choices.REMEDIES),
        "money": lambda amount: Money(amount).format(),
        "span": lambda seconds: promises.span_text(int(seconds)),
        "tab": "approvals",
    }
    return render(request, "complaints/approvals.html", context)


@require_safe
@needs(policies.LEDGER)
def ledger(request: HttpRequest) -> HttpResponse:
    at = now()
    form = Input(request, query=True)
    remedy = form.choice("remedy", [code for code, _label in choices.REMEDIES])
    standing = form.choice("standing", STANDINGS)
    month = form.text("month", limit=7)
    chosen = _month(form, month)
    form.done()
    wanted = request.GET.copy()
    cursor = wanted.pop("cursor", [None])[-1]
    rows = queries.ledger(remedy=remedy, month=chosen, standing=standing)
    found = paginate(rows, order=queries.LEDGER_ORDER, cursor=cursor, limit=50)
    labels = dict(choices.REMEDIES)
    context = {
        "rows": found.items,
        "names": queries.names_of(one.granted_by for one in found.items),
        "months": queries.month_sums(at),
        "remedies": choices.REMEDIES,
        "bars": [
            (labels[code], money.amount, f"?remedy={code}", f"{money.format()} · {count}")
            for code, count, money in queries.sums_by_remedy(at - PERIOD)
        ],
        "standings": [("open", _("Not settled")), ("settled", _("Settled")), ("released", _("Released"))],
        "remedy": remedy,
        "standing": standing,
        "month": month,
        "money": lambda amount: Money(amount).format(),
        "previous_url": _with(wanted, found.previous_cursor),
        "next_url": _with(wanted, found.next_cursor),
        "tab": "ledger",
    }
    return render(request, "complaints/ledger.html", context)


def _month(form: Input, text: str) -> date | None:
    """ "2026-03" as its first day."""
    if not text:
        return None
    year, _dash, month = text.partition("-")
    if not (year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12 and 1900 <= int(year) < 2200):
        form.fail("month", _("Enter a month such as 2026-03."))
        return None
    return date(int(year), int(month), 1)
