"""Writing: replies and notes, their drafts, the check while typing, what "/" offers, undo."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.cases import permissions, queries, services
from shouwen.cases.web.workbench.forms import about, form
from shouwen.cases.web.workbench.showing import WORKBENCH, after, whole
from shouwen.cases.web.workbench.words import CHANNELS, SPOKEN
from shouwen.channels import lines
from shouwen.platform import preferences
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.files import services as files
from shouwen.platform.web import Input
from shouwen.platform.web.pages import form_page

MOST_TEXT = 50_000


def _page(request: HttpRequest, ref: str, **_args: Any) -> dict[str, Any]:
    """The case's page again, with what was typed."""
    return whole(request, ref, actor_of(request), now())


def kept_files(posted: Input, at: datetime) -> list[int]:
    """Attachments into the store, before the case is locked."""
    return [files.store(name=file.name or "file", content=file, at=at).pk for file in posted.files()]


def given_promises(posted: Input) -> list[services.PromiseGiven]:
    """The chips that stood under the reply: as many texts as times."""
    texts = posted.many("promise_text", most=20)
    dues = posted.moments("promise_due", most=20)
    if len(texts) != len(dues):
        posted.fail("promise_due", _("Each promise needs its time."))
    return [services.PromiseGiven(text[:400], due) for text, due in zip(texts, dues, strict=False)]


@require_POST
@needs(permissions.WORK)
@form_page(WORKBENCH, _page, "detail", refused=True)
def replies(request: HttpRequest, ref: str) -> HttpResponse:
    actor, at = actor_of(request), now()
    case = queries.get(ref, actor)
    posted = Input(request)
    text = posted.text("text", limit=MOST_TEXT, required=True)
    channel = posted.choice("channel", dict(CHANNELS))
    given = given_promises(posted)
    posted.done()
    message = services.reply(
        case_id=case.pk,
        text=text,
        channel=channel,
        given=given,
        attachments=kept_files(posted, at),
        waiting=posted.flag("waiting"),
        undo_seconds=preferences.get("cases.undo_seconds"),
        at=at,
        by=actor,
    )
    carried = message.delivery == "queued" or lines.is_live(message.channel)
    sentence = _("Sent.") if carried else _("Written down.")
    return after(request, case.reference, sentence, undo=message.pk if message.undo_until else None)


@require_POST
@needs(permissions.WORK)
def undoing(request: HttpRequest, ref: str, message_id: int) -> HttpResponse:
    actor = actor_of(request)
    case = queries.get(ref, actor)
    services.undo_reply(case_id=case.pk, message_id=message_id, at=now(), by=actor)
    return after(request, case.reference, _("Not sent. Your text is back in the field."))


@require_POST
@needs(permissions.SEE)
@form_page(WORKBENCH, _page, "detail", refused=True)
def notes(request: HttpRequest, ref: str) -> HttpResponse:
    actor, at = actor_of(request), now()
    case = queries.get(ref, actor)
    posted = Input(request)
    text = posted.text("text", limit=MOST_TEXT, required=True)
    posted.done()
    services.note(case_id=case.pk, text=text, attachments=kept_files(posted, at), at=at, by=actor)
    return after(request, case.reference, _("Note written."))


def _contact(request: HttpRequest, ref: str) -> dict[str, Any]:
    return {**about(request, ref), "spoken": SPOKEN}


@require_http_methods(["GET", "POST"])
@needs(permissions.WORK)
@form_page("cases/forms/contact.html", _contact, "form", refused=True)
def contacts(request: HttpRequest, ref: str) -> HttpResponse:
    """Write down what was said on the phone or at the desk about this case."""
    if request.method == "GET":
        return form(request, "cases/forms/contact.html", _contact(request, ref))
    actor = actor_of(request)
    case = queries.get(ref, actor)
    given = Input(request)
    text = given.text("text", limit=MOST_TEXT, required=True)
    channel = given.choice("channel", dict(SPOKEN), required=True)
    direction = given.choice("direction", ("inbound", "outbound"), required=True)
    given.done()
    services.record_contact(
        case_id=case.pk, direction=direction, channel=channel, text=text, at=now(), by=actor
    )
    return after(request, case.reference, _("Written down."))


@require_http_methods(["POST", "PUT"])
@needs(permissions.SEE)
def drafts(request: HttpRequest, ref: str, sort: str) -> HttpResponse:
    """Keep what is being written; the browser sends it every few seconds."""
    actor = actor_of(request)
    case = queries.get(ref, actor)
    text = request.POST.get("text", "")
    services.save_draft(case_id=case.pk, text=text, sort=sort, at=now(), by=actor)
    return HttpResponse(status=204)


@require_POST
@needs(permissions.WORK)
def check(request: HttpRequest, ref: str) -> HttpResponse:
    """Remarks and promises in a text, as JSON."""
    actor = actor_of(request)
    case = queries.get(ref, actor)
    posted = Input(request)
    changed = dict(
        zip(posted.many("changed_text", most=20), posted.moments("changed_due", most=20), strict=False)
    )
    posted.done()
    return JsonResponse(queries.look_over(case, request.POST.get("text", ""), now(), actor, changed))


@require_GET
@needs(permissions.WORK)
def inserts(request: HttpRequest, ref: str) -> HttpResponse:
    """Templates and articles that fit what was typed after "/", as JSON."""
    actor = actor_of(request)
    case = queries.get(ref, actor)
    q = Input(request, query=True).text("q", limit=60)
    return JsonResponse({"inserts": queries.inserts(case, q, actor)})


@require_POST
@needs(permissions.WORK)
def insert(request: HttpRequest, ref: str) -> HttpResponse:
    """A template with its gaps filled for this case, counted as used."""
    actor, at = actor_of(request), now()
    case = queries.get(ref, actor)
    posted = Input(request)
    template_id = posted.ident("template", required=True)
    posted.done()
    written = request.POST.get("text", "")
    text = services.use_template(case=case, template_id=template_id or 0, written=written, at=at, by=actor)
    return JsonResponse({"text": text})
