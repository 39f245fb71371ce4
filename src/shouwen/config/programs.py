"""A short way in for programs: a request with a token needs no session, no cookie and no page's headers."""

from collections.abc import Callable
from typing import Any

from django.core.handlers.base import BaseHandler
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse

from shouwen.platform.access.middleware import ActorMiddleware
from shouwen.platform.apikit.api import ApiMiddleware
from shouwen.platform.web.faults import FaultMiddleware

POLICY = "default-src 'none'; frame-ancestors 'none'"  # what comes back is data and shows nothing


class Short(BaseHandler):
    """Django's own handler with what the API needs of the settings' MIDDLEWARE, in the same order."""

    def __init__(self) -> None:
        own: Any = self
        own._view_middleware = own._template_response_middleware = ()
        api: Any = convert_exception_to_response(
            ApiMiddleware(convert_exception_to_response(own._get_response))
        )
        faults = FaultMiddleware(api)
        own._exception_middleware = (faults.process_exception,)
        around: Any = convert_exception_to_response(faults)
        self.chain: Any = convert_exception_to_response(ActorMiddleware(around))

    def answer(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = self.chain(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response


class ProgramsMiddleware:
    """Stands before everything that looks at sessions. Who signs in by cookie, as the API's description does, goes on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.short = Short()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        shown = request.META.get("HTTP_AUTHORIZATION", "")[:7]
        if shown.lower() == "bearer " and request.path_info.startswith("/api/"):
            return self.short.answer(request)
        return self.get_response(request)
