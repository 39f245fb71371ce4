"""A short way in for programs: a request with a token needs no session, no cookie and no page's headers."""

from collections.abc import Callable

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
        self._view_middleware = []
        self._template_response_middleware = []
        api = ApiMiddleware(convert_exception_to_response(self._get_response))
        faults = FaultMiddleware(convert_exception_to_response(api))
        self._exception_middleware = [faults.process_exception]
        self._middleware_chain = convert_exception_to_response(
            ActorMiddleware(convert_exception_to_response(faults))
        )

    def answer(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = self._middleware_chain(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response


class ProgramsMiddleware:
    """Stands before everything that looks at sessions. Who signs in by cookie, as the API's description does, goes on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.short = Short()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/api/") and request.META.get("HTTP_AUTHORIZATION"):
            return self.short.answer(request)
        return self.get_response(request)
