"""Notices, warnings and ended contacts: the list with its figures, one of them, and the customer's right to be heard."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shouwen.cases import queries as cases
from shouwen.complaints import policies, services
from shouwen.complaints.queries import abuse
from shouwen.complaints.rules import abuse as rules
from shouwen.complaints.web.forms import FORM, Field, read
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.preferences import get as preference
from shouwen.platform.web import Input, done, paginate, render
from shouwen.platform.web.pages import form_page

RECORD = "complaints/abuse/record.html"
PERIOD = timedelta(days=90)
USUAL_DAYS = 90
HEARINGS = [
    ("waiting", _("Waits for a review")),
    ("objected", _("Objected to")),
    ("overturned", pgettext_lazy("abuse", "Taken back")),
]


def _address(record_id: int) -> str:
    return reverse("complaints:abuse-record", args=[record_id])


@require_safe
@needs(policies.SEE)
def listed(request: HttpRequest) -> HttpResponse:
    form, actor = Input(request, query=True), actor_of(request)
    at, recent = now(), form.flag("recent")
    chosen = abuse.AbuseFilter(
        step=form.choice("step", list(dict(abuse.STEPS))),
        hearing=form.choice("hearing", list(abuse.HEARINGS)),
        since=at - PERIOD if recent else None,
    )
    form.done()
    wanted = request.GET.copy()
    cursor = wanted.pop("cursor", [None])[-1]
    found = paginate(abuse.listed(actor, chosen), order=abuse.ORDER, cursor=cursor, limit=30)

    def link(key: str | None) -> str | None:
        return f"?{urlencode([*wanted.items(), ('cursor', key)])}" if key else None

    context = {
        "rows": [(one, one.stands(at)) for one in found.items],
        "chosen": chosen,
        "steps": abuse.STEPS,
        "hearings": HEARINGS,
        "recent": recent,
        "tones": abuse.TONES,
        "figures": abuse.figures(at - PERIOD) if actor.can(policies.THREATS) else None,
        "previous_url": link(found.previous_cursor),
        "next_url": link(found.next_cursor),
        "tab": "abuse",
    }
    return render(request, "complaints/abuse/list.html", context)


LEADS = {
    "notice": _(
        "Nothing is in force yet: begin with a friendly, firm notice. It is said before it is recorded."
    ),
    "warning": _("A notice is in force. If it goes on, the customer is warned once more."),
    "ending": _("Notice and warning are in force: the contact may be ended. The case stays open and owned."),
}


def _recording(request: HttpRequest, ref: str) -> dict[str, Any]:
    case = cases.get(ref, actor_of(request))
    following = rules.next_step(abuse.standing(case.customer_id, now()))
    step = Input(request, query=True).choice("step", list(dict(abuse.STEPS))) or following
    ways = str(preference("complaints.other_ways"))
    text = abuse.filled(case, get_language() or "", ways)[step]
    fields = [
        Field("step", _("Which step"), "radios", step, True, abuse.STEPS),
        Field("way", _("How"), "radios", "call", True, abuse.WAYS),
        Field("words", _("What the customer said or did"), "area", "", True, limit=4000),
        Field("told", _("What they were told"), "area", text, True, limit=4000, rows=5),
        Field("ways", _("Other ways in that were named"), "area", ways if step == "ending" else "", limit=2000,
              help=_("Needed where a contact is ended; {ways} above is filled in with it.")),
        Field("days", _("Counts for so many days"), "number", USUAL_DAYS, True, least=1, most=rules.LONGEST_DAYS),
    ]  # fmt: skip
    return {
        "deed": {
            "title": _("Mind our colleagues: notice, warning, end of a contact"),
            "button": _("Record"),
            "icon": "hand",
            "lead": LEADS[following],
        },
        "complaint": None,
        "about": f"{case.reference} · {case.customer.name}",
        "fields": fields,
        "trail": [(_("Inbox"), reverse("cases:inbox")), (case.reference, reverse("cases:case", args=[ref]))],
        "back": reverse("cases:case", args=[case.reference]),
        "case": case,
    }


@require_http_methods(["GET", "POST"])
@needs(policies.WORK)
@form_page(FORM, _recording, refused=True)
def new(request: HttpRequest, ref: str) -> HttpResponse:
    known = _recording(request, ref)
    if request.method == "GET":
        return render(request, FORM, known)
    given = read(request, known["fields"])
    made = services.record_abuse(case_id=known["case"].pk, **given, at=now(), by=actor_of(request))
    return done(request, _address(made.pk), _("On record. The customer may object to it."))


def _record(request: HttpRequest, record_id: int) -> dict[str, Any]:
    page = abuse.page(record_id, actor_of(request), now())
    return {"page": page, "record": page.record, "tones": abuse.TONES, "verdicts": abuse.VERDICTS}


@require_safe
@needs(policies.SEE)
def record(request: HttpRequest, record_id: int) -> HttpResponse:
    return render(request, RECORD, _record(request, record_id))


@require_POST
@needs(policies.WORK)
@form_page(RECORD, _record, refused=True)
def objection(request: HttpRequest, record_id: int) -> HttpResponse:
    form = Input(request)
    text = form.text("text", limit=4000, required=True)
    form.done()
    services.object_to_abuse(record_id=record_id, text=text, at=now(), by=actor_of(request))
    return done(request, _address(record_id), _("The objection is on record; a supervisor reviews it."))


@require_POST
@needs(policies.ABUSE_REVIEW)
@form_page(RECORD, _record, refused=True)
def review(request: HttpRequest, record_id: int) -> HttpResponse:
    form = Input(request)
    verdict = form.choice("verdict", list(dict(abuse.VERDICTS)), required=True)
    why = form.text("why", limit=4000, required=True)
    form.done()
    services.review_abuse(record_id=record_id, verdict=verdict, why=why, at=now(), by=actor_of(request))
    return done(request, _address(record_id), _("Reviewed."))


@require_POST
@needs("customers.flag")
@form_page(RECORD, _record, refused=True)
def flag(request: HttpRequest, record_id: int) -> HttpResponse:
    services.flag_for_abuse(record_id=record_id, at=now(), by=actor_of(request))
    return done(request, _address(record_id), _("The next colleague is prepared."))


_ONE = "complaints/abuse/<int:record_id>/"
urlpatterns = [
    path("complaints/abuse/", listed, name="abuse"),
    path("complaints/abuse/new/<str:ref>/", new, name="abuse-new"),
    path(_ONE, record, name="abuse-record"),
    path(f"{_ONE}objection/", objection, name="abuse-objection"),
    path(f"{_ONE}review/", review, name="abuse-review"),
    path(f"{_ONE}flag/", flag, name="abuse-flag"),
]
