"""Answers in JSON for the composer: the reply check, and what "/" puts in."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from shouwen.knowledge import queries, services
from shouwen.knowledge.rules import asked
from shouwen.platform.access import actor_of, needs
from shouwen.platform.web import Input

GAPS = ("customer_name", "agent_name", "case_ref", "promise", "organisation")


@require_POST
@needs("knowledge.read")
def check(request: HttpRequest) -> HttpResponse:
    """Remarks on a reply. Takes a form or JSON: text, channel, customer_name, customer_emotion, is_first_reply,
    has_recorded_promise, language, promise_spans. Offsets count UTF-16 units, as a browser does, both ways.
    """
    json = request.content_type == "application/json"
    values: dict[str, Any] = asked.from_json(request.body) if json else request.POST.dict()
    text = asked.text_of(values)
    context = asked.context_of(values, text=text, utf16=True)
    remarks = queries.check_reply(text, context)
    return JsonResponse({"remarks": [queries.shown(text, remark, utf16=True) for remark in remarks]})


@require_GET
@needs("knowledge.read")
def templates(request: HttpRequest) -> HttpResponse:
    """What fits after "/": templates always; with a `q` also official wordings and public articles."""
    form, by = Input(request, query=True), actor_of(request)
    q, channel = form.text("q", limit=60), form.text("channel", limit=16)
    language = form.choice("language", ["zh-hans", "en"])
    form.done()
    found = queries.find_templates(q, channel=channel, language=language, actor=by, limit=12)
    items = [
        {"kind": "template", "id": one.pk, "name": one.name, "sort": one.sort, "text": one.body}
        for one in found
    ]
    if q:
        items += [
            {"kind": "wording", "id": one.pk, "name": one.topic, "sort": "", "text": one.text}
            for one in queries.valid_wordings(q, language=language, limit=3)
        ]
        items += [
            {"kind": "article", "id": one.pk, "name": one.title, "sort": "", "text": queries.plain(one.body)}
            for one in queries.insertable(q, language=language, limit=3)
        ]
    return JsonResponse({"items": items})


@require_POST
@needs("knowledge.read")
def use_template(request: HttpRequest, template_id: int) -> HttpResponse:
    """The template with its gaps filled from the form's fields of the same names; counted as used."""
    form = Input(request)
    values = {name: form.text(name, limit=400) for name in GAPS}
    form.done()
    return JsonResponse({"text": services.use_template(template_id, values, by=actor_of(request))})
