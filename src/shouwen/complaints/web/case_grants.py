"""Authority in any case: who can decide now, asking, answering, settling, releasing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shouwen.cases import queries as cases
from shouwen.complaints import policies, services
from shouwen.complaints.queries import case_grants
from shouwen.kernel.money import Money, parse
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, render, render_part
from shouwen.platform.web.pages import form_page, wants_part
from shouwen.promises import queries as promises

PAGE = "complaints/authority.html"


def _page(request: HttpRequest, ref: str, **_ids: int) -> dict[str, Any]:
    actor, at = actor_of(request), now()
    return {
        "shown": case_grants.case_grants(cases.get(ref, actor), actor, at),
        "ref": ref,
        "remedies": case_grants.WITH_AMOUNT,
        "money": lambda amount: Money(amount).format(),
        "span": lambda seconds: promises.span_text(int(seconds)),
    }


@require_http_methods(["GET", "POST"])
@needs(policies.WORK)
@form_page(PAGE, _page, refused=True)
def authority(request: HttpRequest, ref: str) -> HttpResponse:
    """The card beside the case (htmx) or the whole page; asking is one action on it."""
    if request.method == "GET":
        known = _page(request, ref)
        return (
            render_part(request, PAGE, "card", known) if wants_part(request) else render(request, PAGE, known)
        )
    actor = actor_of(request)
    form = Input(request)
    remedy = form.choice("remedy", [code for code, _label in case_grants.WITH_AMOUNT], required=True)
    amount = form.text("amount", limit=40, required=True)
    title, why = form.text("title", limit=200, required=True), form.text("why", limit=1000)
    own = form.flag("own")
    form.done()
    deed = services.grant_in_case if own else services.ask_for_case
    deed(
        case_id=cases.get(ref, actor).pk,
        remedy=remedy,
        amount=parse(amount, field="amount").amount,
        title=title,
        why=why,
        at=now(),
        by=actor,
    )
    said = _("Granted.") if own else _("Asked. Everybody who can decide it now was told.")
    return done(request, reverse("complaints:case-authority", args=[ref]), said)


@require_POST
@needs(policies.WORK)
@form_page(PAGE, _page, refused=True)
def word(request: HttpRequest, ref: str, approval_id: int) -> HttpResponse:
    """Yes, no, or the question is taken back."""
    actor = actor_of(request)
    asked = case_grants.question_in(cases.get(ref, actor), approval_id)
    form = Input(request)
    said = form.choice("yes", ("yes", "no", "back"), required=True)
    text = form.text("word", limit=1000)
    form.done()
    if said == "back":
        services.withdraw_approval(approval_id=asked.pk, at=now(), by=actor)
    else:
        services.sign(approval_id=asked.pk, yes=said == "yes", word=text, at=now(), by=actor)
    return done(request, reverse("complaints:case-authority", args=[ref]), _("On record."))


@require_POST
@needs(policies.WORK)
@form_page(PAGE, _page, refused=True)
def grant(request: HttpRequest, ref: str, grant_id: int) -> HttpResponse:
    """Settled with its voucher, or released with a reason."""
    actor = actor_of(request)
    form = Input(request)
    deed = form.choice("deed", ("settle", "release"), required=True)
    text = form.text("text", limit=400)
    form.done()
    one: dict[str, Any] = {
        "case_id": cases.get(ref, actor).pk,
        "grant_id": grant_id,
        "at": now(),
        "by": actor,
    }
    if deed == "settle":
        services.settle_in_case(settled_ref=text, **one)
    else:
        services.release_in_case(reason=text, **one)
    return done(request, reverse("complaints:case-authority", args=[ref]), _("On record."))
