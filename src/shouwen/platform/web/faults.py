"""Turns faults into what the asker can read: a page, an htmx part with a toast, or problem+json (RFC 9457)."""

from collections.abc import Callable
from typing import Any

import structlog
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from shouwen.kernel.errors import Fault, Forbidden, Invalid, NotFound, TooLarge

log = structlog.get_logger(__name__)


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


def _page(request: HttpRequest, fault: Fault) -> HttpResponse:
    from shouwen.platform.web.pages import render

    kept = [
        (name, value)
        for name, value in request.POST.items()
        if value and name not in {"csrfmiddlewaretoken", "next"} and "password" not in name
    ]
    errors = (
        {name: sentence(text) for name, text in fault.errors.items()} if isinstance(fault, Invalid) else {}
    )
    return render(
        request,
        "platform/fault.html",
        {"status": fault.status, "sentence": sentence(fault.sentence), "kept": kept, "field_errors": errors},
        status=fault.status,
    )


def answer(request: HttpRequest, fault: Fault) -> HttpResponse:
    wants_json = request.path_info.startswith("/api/") or "application/json" in request.headers.get(
        "Accept", ""
    )
    if wants_json:
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
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent)):
        return TooLarge(_("This is more than can be taken at once."))
    if isinstance(exception, SuspiciousOperation):
        return Invalid(_("This request is malformed."))
    return None


class FaultMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, (ImmediateHttpResponse, ReauthenticationRequired)):
            return None  # the sign-in package's own way to say "first confirm that it is you"
        fault = as_fault(exception)
        if fault is not None:
            return answer(request, fault)
        log.exception("request failed", path=request.path_info, method=request.method)
        if settings.DEBUG:
            return None
        broken = Fault(
            _("Something broke on our side. It has been written down; nothing you sent before is lost.")
        )
        return answer(request, broken)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, NotFound(_("This page does not exist.")))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    fault = Fault(_("This request is malformed."))
    fault.status = 400
    return problem(fault)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer(
        request,
        Forbidden(_("This page was open for too long or comes from elsewhere. Open it again, then send.")),
    )
