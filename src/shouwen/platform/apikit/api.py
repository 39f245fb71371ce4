"""The API itself: /api/v1/, made of every room's router."""

from functools import lru_cache
from importlib import import_module
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser
from ninja.renderers import BaseRenderer
from ninja.security import HttpBearer

from shouwen import __version__
from shouwen.kernel.errors import Fault, Invalid, NotFound
from shouwen.platform.apikit import idempotency, kit, limits
from shouwen.platform.web.faults import as_fault, problem


class Bearer(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> Any:
        known = kit.known_token(token)
        if known is None:
            return None
        request.actor = known.actor  # type: ignore[attr-defined]
        request.token_id = known.token_id  # type: ignore[attr-defined]
        return known.actor


class OrjsonRenderer(BaseRenderer):
    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return orjson.dumps(data)


class OrjsonParser(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        try:
            return orjson.loads(request.body)
        except orjson.JSONDecodeError as error:
            raise Invalid(_("The body is not JSON: %(why)s") % {"why": str(error)}, field="body") from None


class Api(NinjaAPI):
    def create_temporal_response(self, request: HttpRequest) -> HttpResponse:
        return super().create_temporal_response(request)


def _too_fast(wait: float) -> HttpResponse:
    fault = Fault(_("Too many requests; wait a little."))
    fault.status, fault.code = 429, "too_many_requests"
    response = problem(fault)
    response["Retry-After"] = str(max(1, round(wait + 0.5)))
    return response


def _field(where: tuple[Any, ...]) -> str:
    """("body", "payload", "customer", "email") → customer.email"""
    parts = [str(part) for part in where]
    if parts and parts[0] in {"body", "query", "path", "header", "form"}:
        parts = parts[2:] if parts[0] == "body" and len(parts) > 2 else parts[1:]
    return ".".join(parts) or "body"


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = {_field(tuple(one.get("loc", ()))): str(one.get("msg", "")) for one in error.errors}
    first = next(iter(errors.items()), ("body", ""))
    return problem(Invalid(f"{first[0]}: {first[1]}", field=first[0], errors=errors))


def _unauthorised(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    fault = Fault(_("Send a token: Authorization: Bearer …"))
    fault.status, fault.code = 401, "unauthorised"
    response = problem(fault)
    response["WWW-Authenticate"] = "Bearer"
    return response


def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    fault: Fault = Invalid(str(error), field="body") if error.status_code == 400 else Fault(str(error))
    fault.status = 422 if error.status_code == 400 else error.status_code
    return problem(fault)


def _any(request: HttpRequest, error: Exception) -> HttpResponse:
    fault = as_fault(error)
    if fault is None:
        raise error
    return problem(fault)


@lru_cache(maxsize=1)
def build() -> NinjaAPI:
    """The API with every router that rooms have added."""
    api = Api(
        title="Shouwen 首问",
        version=__version__,
        auth=Bearer(),
        renderer=OrjsonRenderer(),
        parser=OrjsonParser(),
        docs_url=None,
        openapi_url="/openapi.json",
        urls_namespace="api",
    )
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(AuthenticationError, _unauthorised)
    api.add_exception_handler(HttpError, _http)
    api.add_exception_handler(Fault, _any)
    for prefix, module in sorted(kit.routers().items()):
        api.add_router(prefix, import_module(module).router)
    return api


class ApiMiddleware:
    """Idempotency and rate limits around API operations."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith("/api/"):
            return self.get_response(request)  # type: ignore[no-any-return]
        scheme, _blank, secret = request.headers.get("Authorization", "").partition(" ")
        known = kit.known_token(secret.strip()) if scheme.lower() == "bearer" and secret else None
        if known is None:
            return self.get_response(request)  # type: ignore[no-any-return]
        wait = limits.allow(known.token_id)
        if wait:
            return _too_fast(wait)
        key = request.headers.get("Idempotency-Key", "")
        if not key or request.method in {"GET", "HEAD", "OPTIONS"}:
            return self.get_response(request)  # type: ignore[no-any-return]
        try:
            return idempotency.once(request, known.token_id, key, lambda: self.get_response(request))
        except Fault as fault:
            return problem(fault)


def unknown(request: HttpRequest, rest: str = "") -> JsonResponse:
    return problem(NotFound(_("There is no such address in the API.")))
