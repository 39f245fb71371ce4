"""Asking others for help, raising a case, giving one's word: task, escalation, promise, expectation."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from shouwen.cases import permissions, policies, queries, services
from shouwen.cases.web.workbench.forms import about, form
from shouwen.cases.web.workbench.showing import after
from shouwen.cases.web.workbench.words import DIMENSIONS, LEVELS, SPANS
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input
from shouwen.platform.web.pages import form_page

TASK = "cases/forms/task.html"
ESCALATION = "cases/forms/escalation.html"
HELP = "cases/forms/help.html"
PROMISE = "cases/forms/promise.html"
EXPECTATION = "cases/forms/expectation.html"


def _task(request: HttpRequest, ref: str) -> dict[str, Any]:
    return {**about(request, ref), "addressees": queries.addressee_choices(), "spans": SPANS}


@require_http_methods(["GET", "POST"])
@needs(permissions.WORK)
@form_page(TASK, _task, "form", refused=True)
def tasks(request: HttpRequest, ref: str) -> HttpResponse:
    if request.method == "GET":
        return form(request, TASK, _task(request, ref))
    actor = actor_of(request)
    case = queries.get(ref, actor)
    given = Input(request)
    whom, pk = queries.addressee(given.text("whom", limit=40, required=True))
    title = given.text("title", limit=200, required=True)
    ask = given.text("ask", limit=8000, required=True)
    standard = given.text("standard", limit=4000)
    minutes = given.integer("minutes", least=5, most=129_600, required=True)
    given.done()
    services.ask_task(
        case_id=case.pk, title=title, ask=ask, standard=standard, minutes=minutes or 0,
        at=now(), by=actor, **({whom: pk} if whom else {}),
    )  # fmt: skip
    return after(request, case.reference, _("Asked. You stay the face to the customer."))


REASONS = {
    "by_hand": gettext_lazy("I need a decision or help from above"),
    "no_guideline": gettext_lazy("No guideline covers this"),
    "asks_superior": gettext_lazy("The customer asks for a superior"),
    "threat": gettext_lazy("The customer threatens"),
    "limit": gettext_lazy("I have reached my limit: please take over"),
}


def _escalation(request: HttpRequest, ref: str) -> dict[str, Any]:
    known = about(request, ref)
    mine = known["case"].owner_id is not None and policies.may_answer_for(actor_of(request), known["case"])
    wanted = request.GET.get("trigger", "by_hand")
    return {
        **known,
        "triggers": [(code, label) for code, label in REASONS.items() if mine or code != "limit"],
        "chosen": wanted if wanted in REASONS else "by_hand",
    }


@require_http_methods(["GET", "POST"])
@needs(permissions.WORK)
@form_page(ESCALATION, _escalation, "form", refused=True)
def escalation(request: HttpRequest, ref: str) -> HttpResponse:
    if request.method == "GET":
        return form(request, ESCALATION, _escalation(request, ref))
    actor = actor_of(request)
    case = queries.get(ref, actor)
    given = Input(request)
    reason = given.text("reason", limit=1000, required=True)
    trigger = given.choice("trigger", REASONS, default="by_hand")
    given.done()
    if trigger == "limit":
        services.reach_limit(case_id=case.pk, reason=reason, at=now(), by=actor)
        return after(request, case.reference, _("Colleagues and supervisors have been asked to take over."))
    services.escalate(case_id=case.pk, reason=reason, trigger=trigger, at=now(), by=actor)
    return after(request, case.reference, _("Raised. Whom it concerns has been told."))


@require_POST
@needs(permissions.WORK)
def takeover(request: HttpRequest, ref: str) -> HttpResponse:
    actor = actor_of(request)
    case = queries.get(ref, actor)
    services.take_over(case_id=case.pk, at=now(), by=actor)
    return after(request, case.reference, _("You own it now. The customer is being told."))


def _help(request: HttpRequest, ref: str) -> dict[str, Any]:
    known = about(request, ref)
    mine = known["case"].owner_id is not None and policies.may_answer_for(actor_of(request), known["case"])
    wishes = [
        (
            "join",
            _("Somebody joins me"),
            _("A colleague or supervisor comes beside you; you stay the owner."),
        ),
        (
            "takeover",
            _("Somebody takes it over"),
            _("You have reached a limit. Whoever comes first owns it."),
        ),
    ]
    return {**known, "wishes": wishes if mine else wishes[:1]}


@require_http_methods(["GET", "POST"])
@needs(permissions.WORK)
@form_page(HELP, _help, "form", refused=True)
def help_call(request: HttpRequest, ref: str) -> HttpResponse:
    if request.method == "GET":
        return form(request, HELP, _help(request, ref))
    actor = actor_of(request)
    case = queries.get(ref, actor)
    given = Input(request)
    words = given.text("words", limit=200, required=True)
    wish = given.choice("wish", ("join", "takeover"), default="join")
    given.done()
    if wish == "takeover":
        services.reach_limit(case_id=case.pk, reason=words, at=now(), by=actor)
        return after(request, case.reference, _("Colleagues and supervisors have been asked to take over."))
    services.ask_for_help(case_id=case.pk, words=words, at=now(), by=actor)
    return after(request, case.reference, _("Your colleagues have been told. Take a breath."))


@require_POST
@needs(permissions.WORK)
def joining(request: HttpRequest, ref: str) -> HttpResponse:
    actor = actor_of(request)
    case = queries.get(ref, actor)
    services.join_in(case_id=case.pk, at=now(), by=actor)
    return after(request, case.reference, _("You stepped in. Your colleague knows."))


def _promise(request: HttpRequest, ref: str) -> dict[str, Any]:
    return {**about(request, ref), "people": queries.colleague_choices(), "doubts": None}


@require_http_methods(["GET", "POST"])
@needs(permissions.WORK)
@form_page(PROMISE, _promise, "form", refused=True)
def promises(request: HttpRequest, ref: str) -> HttpResponse:
    if request.method == "GET":
        return form(request, PROMISE, _promise(request, ref))
    actor = actor_of(request)
    case = queries.get(ref, actor)
    given = Input(request)
    text = given.text("text", limit=400, required=True)
    due = given.moment("due_at", required=True)
    who, sure, at = given.ident("deliver_by"), given.flag("sure"), now()
    given.done()
    doubts = None if sure or due is None else queries.doubts_about(case, text, due, who, at, actor)
    if doubts is not None:
        return form(request, PROMISE, {**_promise(request, ref), "doubts": doubts, "values": request.POST})
    services.promise(case_id=case.pk, text=text, due_at=due, deliver_by=who, at=at, by=actor)
    return after(request, case.reference, _("Promised. It stands in the ledger."))


def _expectation(request: HttpRequest, ref: str) -> dict[str, Any]:
    known = about(request, ref)
    sorts = queries.expectation_sorts()
    newest = queries.expectation_of(known["case"])
    return {**known, "sorts": sorts, "dimensions": DIMENSIONS, "levels": LEVELS, "newest": newest}


@require_http_methods(["GET", "POST"])
@needs(permissions.WORK)
@form_page(EXPECTATION, _expectation, "form", refused=True)
def expectation(request: HttpRequest, ref: str) -> HttpResponse:
    if request.method == "GET":
        return form(request, EXPECTATION, _expectation(request, ref))
    actor = actor_of(request)
    case = queries.get(ref, actor)
    given = Input(request)
    text = given.text("text", limit=4000, required=True)
    sort = given.text("sort", limit=20, required=True)
    managed, agreed = given.text("managed", limit=4000), given.text("agreed", limit=4000)
    asked = {code: given.integer(f"level_{code}", least=1, most=5) for code, _label in DIMENSIONS}
    given.done()
    levels = {code: level for code, level in asked.items() if level is not None}
    services.expect(
        case_id=case.pk,
        text=text,
        sort=sort,
        managed=managed,
        agreed=agreed,
        levels=levels,
        at=now(),
        by=actor,
    )
    return after(request, case.reference, _("The expectation is written down."))
