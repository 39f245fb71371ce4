"""Threats: the register, one threat with its course, and what can be done about it."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shouwen.cases import queries as cases
from shouwen.channels import queries as channels
from shouwen.complaints import policies, services
from shouwen.complaints.queries import threat_course, threat_pack, threats
from shouwen.complaints.web.forms import FORM, Field, read
from shouwen.kernel.money import Money, parse
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, paginate, render
from shouwen.platform.web.pages import form_page
from shouwen.promises import queries as promises

THREAT = "complaints/threats/threat.html"
SEE = threats.SEE_CASES
MOST_WORDS = 4000


def _address(threat_id: int, anchor: str = "") -> str:
    return reverse("complaints:threat", args=[threat_id]) + anchor


@require_safe
@needs(SEE)
def listed(request: HttpRequest) -> HttpResponse:
    form = Input(request, query=True)
    chosen = threats.ThreatFilter(
        state=form.choice("state", ["running", "all", *dict(threats.STATES)], default="running"),
        kind=form.choice("kind", list(dict(threats.KINDS))),
    )
    form.done()
    wanted = request.GET.copy()
    cursor = wanted.pop("cursor", [None])[-1]
    found = paginate(threats.listed(actor_of(request), chosen), order=threats.ORDER, cursor=cursor, limit=30)

    def link(key: str | None) -> str | None:
        return f"?{urlencode([*wanted.items(), ('cursor', key)])}" if key else None

    context = {
        "rows": found.items,
        "chosen": chosen,
        "kinds": threats.KINDS,
        "states": [("running", _("Not ended")), ("all", _("All")), *threats.STATES],
        "tones": threats.TONES,
        "at": now(),
        "span": lambda seconds: promises.span_text(int(seconds)),
        "previous_url": link(found.previous_cursor),
        "next_url": link(found.next_cursor),
        "tab": "threats",
    }
    return render(request, "complaints/threats/list.html", context)


@require_safe
@needs(SEE)
def guidance(request: HttpRequest) -> HttpResponse:
    """What to do for safety, by kind, for everybody who may be there."""
    language = get_language() or ""
    rows = [(one, one.guidance(language)) for one in threats.settings()]
    return render(request, "complaints/threats/guidance.html", {"rows": rows, "tab": "threats"})


def _proposed(request: HttpRequest, case: Any) -> dict[str, Any]:
    """The customer's newest words, where a sign in them led here."""
    wanted = Input(request, query=True).ident("escalation")
    known = next((one for one in cases.escalations_of(case.pk) if one.pk == wanted), None) if wanted else None
    if known is None or known.trigger != "threat":
        return {"id": None, "words": ""}
    heard = channels.latest_inbound(case.subject)
    return {"id": known.pk, "words": heard.text[:MOST_WORDS] if heard else known.reason}


def _registering(request: HttpRequest, ref: str) -> dict[str, Any]:
    case = cases.get(ref, actor_of(request))
    sign = _proposed(request, case)
    fields = [
        Field("kind", _("What kind of threat"), "radios", "", True, threats.KINDS),
        Field("who", _("Who is threatened"), required=True),
        Field("words", _("The exact words"), "area", sign["words"], True, limit=MOST_WORDS, rows=4),
        Field("held", _("Who or what is held (people, vehicle, equipment)")),
        Field("place", _("Where it happened")),
        Field("happened_at", _("When it happened"), "moment", help=_("Empty: now.")),
        Field("file", _("Photo, recording or letter"), "file"),
    ]
    said = _(
        "Named persons are told the moment you save, by day and night. Your work for the customer goes on."
    )
    return {
        "deed": {
            "title": _("Register a threat"),
            "button": _("Register and tell at once"),
            "icon": "triangle-alert",
            "lead": said,
        },
        "complaint": None,
        "about": f"{case.reference} · {case.subject_line}",
        "fields": fields,
        "trail": [(_("Inbox"), reverse("cases:inbox")), (case.reference, reverse("cases:case", args=[ref]))],
        "back": reverse("cases:case", args=[case.reference]),
        "case": case,
        "escalation": sign["id"],
    }


@require_http_methods(["GET", "POST"])
@needs(SEE)
@form_page(FORM, _registering, refused=True)
def register(request: HttpRequest, ref: str) -> HttpResponse:
    known = _registering(request, ref)
    if request.method == "GET":
        return render(request, FORM, known)
    given = read(request, known["fields"])
    file = given.pop("file")
    made = services.register_threat(
        case_id=known["case"].pk,
        **given,
        escalation_id=known["escalation"],
        evidence=[file] if file else [],
        at=now(),
        by=actor_of(request),
    )
    return done(request, _address(made.pk), _("Registered. The named persons have been told."))


def _threat(request: HttpRequest, threat_id: int) -> dict[str, Any]:
    form = Input(request, query=True)
    remedy = form.choice("remedy", [code for code, _label in threats.REMEDIES], default="compensation")
    form.done()
    at, actor = now(), actor_of(request)
    page = threats.page(threat_id, actor, at, remedy=remedy, language=get_language() or "")
    return {
        "page": page,
        "threat": page.threat,
        "course": threat_course.course(page),
        "steps": threats.STEPS,
        "outcomes": threats.OUTCOMES,
        "remedies": threats.REMEDIES,
        "remedy": remedy,
        "tones": threats.TONES,
        "at": at,
        "span": lambda seconds: promises.span_text(int(seconds)),
        "money": lambda amount: Money(amount).format(),
        "address": request.path if request.method == "GET" else _address(threat_id),
    }


@require_safe
@needs(SEE)
def threat(request: HttpRequest, threat_id: int) -> HttpResponse:
    return render(request, THREAT, _threat(request, threat_id))


@require_POST
@needs(SEE)
@form_page(THREAT, _threat, refused=True)
def acknowledgement(request: HttpRequest, threat_id: int) -> HttpResponse:
    services.acknowledge_threat(threat_id=threat_id, at=now(), by=actor_of(request))
    return done(request, _address(threat_id), _("Acknowledged. You see to it."))


@require_POST
@needs(SEE)
@form_page(THREAT, _threat, refused=True)
def steps(request: HttpRequest, threat_id: int) -> HttpResponse:
    form = Input(request)
    given: dict[str, Any] = {
        "sort": form.choice("sort", [code for code, _label in threats.STEPS], required=True),
        "text": form.text("text", limit=MOST_WORDS, required=True),
        "done_at": form.moment("done_at"),
    }
    form.done()
    services.add_threat_step(threat_id=threat_id, **given, at=now(), by=actor_of(request))
    return done(request, _address(threat_id, "#course"), _("Recorded."))


@require_POST
@needs(SEE)
@form_page(THREAT, _threat, refused=True)
def evidence(request: HttpRequest, threat_id: int) -> HttpResponse:
    form = Input(request)
    title = form.text("caption", limit=200)
    given = form.files("file")
    form.done()
    file = (given[0].name or "file", given[0]) if given else None
    services.add_threat_evidence(threat_id=threat_id, file=file, title=title, at=now(), by=actor_of(request))
    return done(request, _address(threat_id, "#evidence"), _("Added."))


@require_POST
@needs(SEE)
@form_page(THREAT, _threat, refused=True)
def question(request: HttpRequest, threat_id: int) -> HttpResponse:
    form = Input(request)
    amount = form.text("amount", limit=40, required=True)
    given = {
        "remedy": form.choice("remedy", [code for code, _label in threats.REMEDIES], required=True),
        "title": form.text("title", limit=200, required=True),
    }
    form.done()
    yuan = parse(amount, field="amount").amount
    services.ask_on_site(threat_id=threat_id, amount=yuan, **given, at=now(), by=actor_of(request))
    return done(request, _address(threat_id, "#authority"), _("Everybody who can decide now has been asked."))


@require_POST
@needs(SEE)
@form_page(THREAT, _threat, refused=True)
def outcome(request: HttpRequest, threat_id: int) -> HttpResponse:
    form = Input(request)
    given = {
        "outcome": form.choice("outcome", [code for code, _label in threats.OUTCOMES], required=True),
        "note": form.text("note", limit=MOST_WORDS, required=True),
    }
    form.done()
    services.end_threat(threat_id=threat_id, **given, at=now(), by=actor_of(request))
    return done(request, _address(threat_id), _("The outcome is on record."))


@require_POST
@needs("customers.flag")
@form_page(THREAT, _threat, refused=True)
def flag(request: HttpRequest, threat_id: int) -> HttpResponse:
    services.flag_for_threat(threat_id=threat_id, at=now(), by=actor_of(request))
    return done(request, _address(threat_id), _("The next colleague is prepared."))


@require_POST
@needs(policies.THREAT_PACK)
def evidence_pack(request: HttpRequest, threat_id: int) -> StreamingHttpResponse:
    """The ledger says who takes it before the first byte leaves."""
    at, actor = now(), actor_of(request)
    made = threat_pack.pack(threat_id, actor, at)
    services.take_threat_pack(threat_id=threat_id, count=made.count, at=at, by=actor)
    response = StreamingHttpResponse(threat_pack.chunks(made), content_type="application/zip")
    response["Content-Disposition"] = content_disposition_header(True, made.name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


_ONE = "complaints/threats/<int:threat_id>/"
urlpatterns = [
    path("complaints/threats/", listed, name="threats"),
    path("complaints/threats/guidance/", guidance, name="threat-guidance"),
    path("complaints/threats/new/<str:ref>/", register, name="threat-new"),
    path(_ONE, threat, name="threat"),
    path(f"{_ONE}acknowledgement/", acknowledgement, name="threat-acknowledgement"),
    path(f"{_ONE}steps/", steps, name="threat-steps"),
    path(f"{_ONE}evidence/", evidence, name="threat-evidence"),
    path(f"{_ONE}question/", question, name="threat-question"),
    path(f"{_ONE}outcome/", outcome, name="threat-outcome"),
    path(f"{_ONE}pack/", evidence_pack, name="threat-pack"),
    path(f"{_ONE}flag/", flag, name="threat-flag"),
]
