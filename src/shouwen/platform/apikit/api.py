"""The API itself: /api/v1/, made of every room's router."""

import math
from functools import lru_cache
from importlib import import_module
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser
from ninja.renderers import BaseRenderer
from ninja.security import HttpBearer

from shouwen import __version__
from shouwen.kernel.errors import Fault, Invalid, NotFound
from shouwen.platform.apikit import idempotency, kit, limits
from shouwen.platform.apikit.reasons import reason
from shouwen.platform.web.faults import NotAllowed, TooManyRequests, Unauthorised, as_fault, problem

PROBLEM = "application/problem+json"


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
        body = request.body
        if b"\\u0000" in body:  # PostgreSQL's texts can't hold it, and nobody means it
            raise Invalid(_("The body holds the character NUL."), field="body")
        try:
            return orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise Invalid(_("The body is not JSON: %(why)s") % {"why": str(error)}, field="body") from None


def _too_fast(wait: float) -> HttpResponse:
    response = problem(TooManyRequests(_("Too many requests; wait a little.")))
    response["Retry-After"] = str(max(1, math.ceil(wait)))
    return response


def _field(where: tuple[Any, ...]) -> str:
    """("body", "payload", "customer", "email") → customer.email; of the whole body its own name, not ours."""
    parts = [str(part) for part in where]
    if parts and parts[0] in {"body", "query", "path", "header", "form", "file"}:
        parts = parts[2:] if parts[0] == "body" else parts[1:]
    return ".".join(parts) or "body"


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    errors = {_field(tuple(one.get("loc", ()))): reason(one) for one in error.errors}
    first = next(iter(errors.items()), ("body", ""))
    return problem(Invalid(f"{first[0]}: {first[1]}", field=first[0], errors=errors))


def _unauthorised(request: HttpRequest, error: Any) -> HttpResponse:
    if request.headers.get("Authorization", "").lower().startswith("bearer "):
        said = _("This token is not known; it may have expired or been revoked.")
    else:
        said = _("Send a token: Authorization: Bearer …")
    response = problem(Unauthorised(said))
    response["WWW-Authenticate"] = "Bearer"
    return response


def _http(request: HttpRequest, error: Any) -> HttpResponse:
    """ninja's own refusals; it wraps what the parser said about a body that can't be read."""
    said = as_fault(error.__cause__) if error.__cause__ is not None else None
    if said is not None:
        return problem(said)
    fault = Fault(str(error)) if error.status_code != 400 else Invalid(str(error), field="body")
    if error.status_code != 400:
        fault.status = error.status_code
    return problem(fault)


def _any(request: HttpRequest, error: Any) -> HttpResponse:
    fault = as_fault(error)
    if fault is None:
        raise error
    return problem(fault)


def bare(namespace: str = "api") -> NinjaAPI:
    """The API without any room."""
    api = NinjaAPI(
        title="Shouwen 首问",
        version=__version__,
        auth=Bearer(),
        renderer=OrjsonRenderer(),
        parser=OrjsonParser(),
        docs_url=None,
        openapi_url="/openapi.json",
        urls_namespace=namespace,
    )
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(AuthenticationError, _unauthorised)
    api.add_exception_handler(HttpError, _http)
    api.add_exception_handler(Fault, _any)
    return api


@lru_cache(maxsize=1)
def build() -> NinjaAPI:
    """The API with every router that rooms have added."""
    api = bare()
    for prefix, module in sorted(kit.routers().items()):
        api.add_router(prefix, import_module(module).router)
    return api


class ApiMiddleware:
    """Idempotency and rate limits around API operations; what goes wrong under /api/ is problem+json, always."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith("/api/"):
            return self.get_response(request)  # type: ignore[no-any-return]
        try:
            request.get_host()  # refused here where it is none of ours
            response = self._answer(request)
        except Exception as error:
            fault = as_fault(error)
            if fault is None:
                raise
            response = problem(fault)
        if response.status_code >= 400 and response.headers.get("Content-Type") != PROBLEM:
            return _as_problem(response)
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
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
        return idempotency.once(request, known.token_id, key, lambda: self.get_response(request))


def _as_problem(plain: HttpResponse) -> HttpResponse:
    """An answer that Django or ninja made by themselves, in our words."""
    fault: Fault
    if plain.status_code == 405:
        fault = NotAllowed(_("This address does not know this method."))
    elif plain.status_code == 404:
        fault = NotFound(_("There is no such address in the API."))
    else:
        fault = Fault(plain.reason_phrase)
        fault.status = plain.status_code
    response = problem(fault)
    if "Allow" in plain.headers:
        response["Allow"] = plain.headers["Allow"]
    return response


@csrf_exempt
def unknown(request: HttpRequest, rest: str = "") -> JsonResponse:
    return problem(NotFound(_("There is no such address in the API.")))
