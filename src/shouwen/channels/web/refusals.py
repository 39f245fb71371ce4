"""Settings: mails that opened no request."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwen.channels import policies, queries, rules, subjects
from shouwen.channels.vendors import opening_again
from shouwen.channels.web import choices
from shouwen.channels.web.downloads import raw_mail
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, page, paginate

HERE = "channels:refusals"
SHOWN = (rules.REFUSED, rules.AUTO_REPLY, rules.BOUNCE, rules.DUPLICATE)


@require_GET
@needs(policies.REGISTER)
def index(request: HttpRequest) -> HttpResponse:
    asked = Input(request, query=True)
    result = asked.choice("result", SHOWN)
    found = paginate(queries.registered(result), cursor=asked.text("cursor", limit=400) or None, limit=50)
    rows = [
        (
            record,
            subjects.name(record.message.subject) if record.message else "",
            subjects.url(record.message.subject) if record.message else "",
        )
        for record in found.items
    ]
    shown = {
        "rows": rows,
        "tabs": choices.tabs(HERE, "result", result, choices.RESULTS, SHOWN),
        **choices.pages(HERE, "result", result, found.previous_cursor, found.next_cursor),
    }
    return page(request, "channels/refusals.html", "list", shown)


@require_GET
@needs(policies.REGISTER)
def raw(request: HttpRequest, record_id: int) -> HttpResponse:
    return raw_mail(queries.record(record_id).raw_file_id, f"mail-{record_id}.eml")


@require_POST
@needs(policies.REGISTER)
def opening(request: HttpRequest, record_id: int) -> HttpResponse:
    subject = opening_again.open_refused(record_id=record_id, at=now(), by=actor_of(request))
    return done(
        request,
        subjects.url(subject) or reverse(HERE),
        _("Opened as %(name)s.") % {"name": subjects.name(subject)},
    )
