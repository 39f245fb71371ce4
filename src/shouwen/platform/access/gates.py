"""The second lock: may this actor do this to that thing? The first lock is each room's `visible_to`."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Forbidden
from shouwen.platform.access.actors import ANONYMOUS, Actor

View = Callable[..., HttpResponseBase]


def actor_of(request: HttpRequest) -> Actor:
    return getattr(request, "actor", ANONYMOUS)


def ensure(predicate: Callable[..., bool], by: Actor, *things: Any) -> None:
    """Forbidden unless `predicate(by, *things)`. A predicate may carry its own `sentence`."""
    if by.is_system or predicate(by, *things):
        return
    raise Forbidden(getattr(predicate, "sentence", _("You may not do this.")))


def require(by: Actor, permission: str) -> None:
    if not by.can(permission):
        raise Forbidden(_("You may not do this."), permission=permission)


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back here. A script gets 401, and a part is never the sign-in page."""
    from django.contrib.auth.views import redirect_to_login

    from shouwen.platform.web import faults, pages

    way = redirect_to_login(pages.here(request))
    is_part = bool(request.headers.get("HX-Request"))
    if not is_part and not faults.wants_json(request):
        return way
    answer: HttpResponse = faults.problem(faults.Unauthorised(_("Sign in first.")))
    if is_part:
        answer["HX-Redirect"] = way.url  # htmx follows it whatever the status
    return answer


def staff_only(view: View) -> View:
    """Signed-in staff; a stranger is sent to sign in."""

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not actor_of(request).is_staff:
            return sign_in_first(request)
        return view(request, *args, **kwargs)

    gate.guarded = True  # type: ignore[attr-defined]  # the house test looks for it
    return gate


def needs(permission: str) -> Callable[[View], View]:
    """Signed-in staff who hold `permission`."""

    def mark(view: View) -> View:
        @wraps(view)
        def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            require(actor_of(request), permission)
            return view(request, *args, **kwargs)

        gate.permission = permission  # type: ignore[attr-defined]  # the house test looks for it
        return staff_only(gate)

    return mark


def public(view: View) -> View:
    """Open to everybody, on purpose."""

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    gate.public = True  # type: ignore[attr-defined]  # the house test looks for it
    return gate
