"""What every API router is made of."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Annotated, Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from shouwen.kernel.errors import Forbidden, Invalid
from shouwen.platform import ways
from shouwen.platform.access import Actor, actor_of, now
from shouwen.platform.apikit.reasons import MOMENT

FIRST_YEAR, LAST_YEAR = 1900, 2200
TOKEN_FRESH_SECONDS = 5.0  # a revoked token works at most this long in another process


class Strict(Schema):
    """Base of everything that comes in: an unknown field is an error, not a surprise."""

    model_config = ConfigDict(extra="forbid", str_max_length=200_000)

    @field_validator("*", mode="after")
    @classmethod
    def _moments_can_be_kept(cls, value: Any) -> Any:
        """Databases know no offset beyond sixteen hours and drown in years nobody means; in UTC all can be kept."""
        if not isinstance(value, datetime):
            return value
        if not FIRST_YEAR <= value.year <= LAST_YEAR:
            expected = {"first": FIRST_YEAR, "last": LAST_YEAR}
            raise ValueError(_("A time between the years %(first)s and %(last)s is expected.") % expected)
        if (
            value.tzinfo is None
        ):  # ten in the morning where? A guess would be eight hours off, or break a comparison
            raise ValueError(_(MOMENT))
        return value.astimezone(UTC)


def _a_channel(code: str) -> str:
    if code not in ways.WAYS:
        known = {"known": ", ".join(ways.codes())}
        raise ValueError(_("There is no such channel. Known: %(known)s") % known)
    return code


def _says_which(schema: dict[str, Any]) -> None:
    schema["enum"] = ways.codes()


# Which there are is known once all rooms stand, so they are asked for and not written into the type.
Channel = Annotated[str, Field(json_schema_extra=_says_which), AfterValidator(_a_channel)]


class Out(BaseModel):
    """Base of what goes out: plain pydantic, since ninja's own wraps every value of every row once more."""

    model_config = ConfigDict(from_attributes=True)


@dataclass(frozen=True)
class Known:
    token_id: int
    actor: Actor
    read_at: float
    expires_at: float | None


_routers: dict[str, str] = {}
_scopes: dict[str, Any] = {}
_tokens: dict[str, Known] = {}
_lock = threading.Lock()


def add_router(prefix: str, module: str) -> None:
    """`module` has a ninja `router`; it is read when the API is first asked for."""
    _routers[prefix] = module


def routers() -> dict[str, str]:
    return dict(_routers)


def scope(code: str, label: Any) -> None:
    """What a token may be narrowed to, e.g. "cases:read"."""
    _scopes[code] = label


def scopes() -> dict[str, Any]:
    return dict(_scopes)


def forget_tokens(_user_id: int = 0) -> None:
    """Look every token up again: one was revoked, or what somebody may do has changed."""
    with _lock:
        _tokens.clear()


def known_token(secret: str) -> Known | None:
    """The token and its actor; looked up anew every few seconds."""
    from shouwen.platform.access.middleware import actor_from_user
    from shouwen.platform.apikit.models import Token
    from shouwen.platform.apikit.services import digest

    key = digest(secret)
    known = _tokens.get(key)
    moment = time.monotonic()
    if known is None or moment - known.read_at > TOKEN_FRESH_SECONDS:
        token = Token.objects.select_related("user").filter(digest=key, revoked_at=None).first()
        if token is None or not token.user.is_active:
            _tokens.pop(key, None)
            return None
        actor = actor_from_user(token.user, frozenset(token.scopes))
        known = Known(token.pk, actor, moment, token.expires_at.timestamp() if token.expires_at else None)
        with _lock:
            if len(_tokens) > 1000:
                _tokens.clear()
            _tokens[key] = known
    if known.expires_at is not None and known.expires_at < now().timestamp():
        return None
    return known


def answer(data: Any) -> HttpResponse:
    """A JSON answer made of plain values: for the lists people wait for, where checking every value of every row
    once more would take longer than reading them. The operation still names its schema, and a test compares.
    """
    return HttpResponse(orjson.dumps(data, option=orjson.OPT_UTC_Z), content_type="application/json")


def api_actor(request: HttpRequest) -> Actor:
    return actor_of(request)


def _query_names(operation: Any) -> set[str]:
    """What an operation reads from the query string."""
    asked = (model for model in operation.models if model.__ninja_param_source__ == "query")
    return {name for model in asked for name in model.__ninja_flatten_map__}


def _only_known(request: HttpRequest, known: set[str]) -> None:
    """A misspelt filter would silently give everything."""
    for name in request.GET:
        if name not in known:
            raise Invalid(
                _("There is no parameter “%(name)s” here. Known: %(known)s")
                % {"name": name[:80], "known": ", ".join(sorted(known)) or "–"},
                field=name[:80],
            )


def needs_scope(code: str) -> Callable[[Any], Any]:
    """The token must have been given scope `code`. Rights of the person stand beside it, in the services."""

    def mark(operation: Any) -> Any:
        @wraps(operation)
        def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            held = api_actor(request).scopes
            if held is None or code not in held:
                raise Forbidden(_("This token lacks the scope “%(scope)s”.") % {"scope": code}, scope=code)
            _only_known(request, known)
            return operation(request, *args, **kwargs)

        known: set[str] = set()  # filled by ninja, which reads the signature when the operation is added
        gate._ninja_contribute_to_operation = [lambda made: known.update(_query_names(made))]  # type: ignore[attr-defined]
        return gate

    return mark
