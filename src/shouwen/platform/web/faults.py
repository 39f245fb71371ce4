"""Turns faults into what the asker can read: a page, an htmx part with a toast, or problem+json (RFC 9457)."""

import re
from collections.abc import Callable
from typing import Any

import structlog
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    DisallowedHost,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_noop, to_locale
from django.utils.translation import gettext as _

from shouwen.kernel.errors import Fault, Forbidden, Invalid, NotFound, TooLarge

log = structlog.get_logger(__name__)
SECRET = re.compile("password|token|secret|code", re.IGNORECASE)
UNREADABLE = (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError)
BROKEN = gettext_noop(
    "Something broke on our side. It has been written down; nothing you sent before is lost."
)


class Malformed(Fault):
    """Not a request that a browser or a program of good will sends."""

    status = 400
    code = "malformed"


class Unauthorised(Fault):
    """Nobody knows who asks."""

    status = 401
    code = "unauthorised"


class NotAllowed(Fault):
    """The address is there, but not for this method."""

    status = 405
    code = "method_not_allowed"


class TooManyRequests(Fault):
    status = 429
    code = "too_many_requests"


def sentence(text: Any) -> str:
    """A fault's sentence in the reader's language; the kernel's own sentences carry their msgid."""
    msgid = getattr(text, "msgid", None)
    if msgid is None:
        return str(text)
    params = getattr(text, "params", None) or {}
    return _(msgid) % {name: sentence(value) for name, value in params.items()} if params else _(msgid)


def problem(fault: Fault) -> JsonResponse:
    """application/problem+json: type, title, status, detail, and errors by field."""
    body: dict[str, Any] = {
        "type": f"urn:shouwen:{fault.code}",
        "title": fault.code,
        "status": fault.status,
        "detail": sentence(fault.sentence),
    }
    if fault.field:
        body["field"] = fault.field
    if isinstance(fault, Invalid) and fault.errors:
        body["errors"] = {name: sentence(text) for name, text in fault.errors.items()}
    return JsonResponse(body, status=fault.status, content_type="application/problem+json")


def _part(fault: Fault) -> HttpResponse:
    from shouwen.platform.web.pages import render_text

    errors = (
        {name: sentence(text) for name, text in fault.errors.items()} if isinstance(fault, Invalid) else {}
    )
    html = render_text("platform/fault_part.html", {"sentence": sentence(fault.sentence), "errors": errors})
    response = HttpResponse(html, status=fault.status)
    response["HX-Retarget"] = "#toasts"
    response["HX-Reswap"] = "beforeend"
    return response


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, to be copied from the page: nothing may be lost but what nobody should see."""
    try:
        typed = request.POST.items()
    except UNREADABLE:  # too large or too broken to be read at all
        return []
    return [
        (name, str(value))
        for name, value in typed
        if value and name not in {"csrfmiddlewaretoken", "next"} and not SECRET.search(name)
    ]


def _page(request: HttpRequest, fault: Fault) -> HttpResponse:
    from shouwen.platform.web.pages import render

    errors = (
        {name: sentence(text) for name, text in fault.errors.items()} if isinstance(fault, Invalid) else {}
    )
    return render(
        request,
        "platform/fault.html",
        {
            "status": fault.status,
            "sentence": sentence(fault.sentence),
            "kept": _kept(request),
            "field_errors": errors,
        },
        status=fault.status,
    )


def wants_json(request: HttpRequest) -> bool:
    if request.path_info.startswith(("/api/", "/hooks/")):
        return True
    wanted = request.headers.get("Accept", "")
    return "application/json" in wanted and "text/html" not in wanted


def answer(request: HttpRequest, fault: Fault) -> HttpResponse:
    if wants_json(request):
        return problem(fault)
    return _part(fault) if request.headers.get("HX-Request") else _page(request, fault)


def as_fault(exception: Exception) -> Fault | None:
    """The fault that stands for one of Django's own refusals; None for a real error."""
    if isinstance(exception, Fault):
        return exception
    if isinstance(exception, Http404):
        return NotFound(_("This page does not exist."))
    if isinstance(exception, PermissionDenied):
        return Forbidden(_("You may not do this."))
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)):
        return TooLarge(_("This is more than can be taken at once."))
    if isinstance(exception, DisallowedHost):
        return Malformed(
            _("This address is not one of ours. The administrator can add it: SHOUWEN_ALLOWED_HOSTS.")
        )
    if isinstance(exception, UNREADABLE):
        return Malformed(_("This request is malformed."))
    return None


class FaultMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # PostgreSQL's texts can't hold NUL, and nobody types it
        if "%00" in request.META.get("QUERY_STRING", "") or "\x00" in request.path_info:
            return answer(request, Malformed(_("This request is malformed.")))
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        fault = as_fault(exception)
        if fault is not None:
            return answer(request, fault)
        if isinstance(exception, (ImmediateHttpResponse, ReauthenticationRequired)):
            return None  # the sign-in package's own way to say "first confirm that it is you"
        log.exception("request failed", path=request.path_info, method=request.method)
        if settings.DEBUG:
            return None
        return answer(request, Fault(_(BROKEN)))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, NotFound(_("This page does not exist.")))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    fault = as_fault(exception) or Malformed(_("This request is malformed."))
    if isinstance(exception, DisallowedHost):
        return bare(request, fault)  # a page asks for its own host's name, and may not
    return answer(request, fault)


def broken(request: HttpRequest) -> HttpResponse:
    """What is left when even the page of a fault can't be drawn: no database, no frame, only the sentence."""
    return bare(request, Fault(_(BROKEN)))


def bare(request: HttpRequest, fault: Fault) -> HttpResponse:
    if wants_json(request):
        return problem(fault)
    html = format_html(
        '<!doctype html><html lang="{}"><meta charset="utf-8"><title>{}</title><p>{}</p></html>',
        to_locale(get_language() or settings.LANGUAGE_CODE).replace("_", "-"),
        fault.status,
        sentence(fault.sentence),
    )
    return HttpResponse(html, status=fault.status)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page's token is not the session's. On a page for staff whose session is gone that only means: sign in."""
    from shouwen.platform.access import gates

    view = getattr(request.resolver_match, "func", None)
    script = bool(request.headers.get("HX-Request")) or wants_json(request)
    if script and not gates.actor_of(request).is_staff and not getattr(view, "public", False):
        return gates.sign_in_first(request)
    refused = answer(
        request,
        Forbidden(_("This page was open for too long or comes from elsewhere. Open it again, then send.")),
    )
    refused["X-Stale-Page"] = "1"  # the page's own scripts keep what was typed and offer to load it again
    return refused
