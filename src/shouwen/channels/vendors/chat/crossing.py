"""Requests from other sites: exactly those of the account's settings, and answers their browsers may read.

No cookie plays a part, so there is nothing for another site to ride on; the token in the form says whose chat it is.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from shouwen.channels.models import Account
from shouwen.channels.vendors.chat import queries, rules
from shouwen.kernel.errors import N_, Fault, Forbidden, Invalid, Sentence, TooLarge
from shouwen.platform.access import public
from shouwen.platform.web import faults

MAX_AGE = "600"  # seconds for which a browser remembers that it may ask


def from_sites(view: Callable[..., HttpResponse]) -> Any:
    """For `view(request, account, origin)`: POST from one of the account's sites, faults as problem+json."""

    @csrf_exempt
    @never_cache
    @public
    @wraps(view)
    def gate(request: HttpRequest, key: str, **given: Any) -> HttpResponse:
        try:
            account = queries.account(key)
            origin = _origin(request, account)
        except Fault as fault:
            return faults.problem(fault)
        with translation.override(_language(request)):
            return _readable(_answer(view, request, account, origin, given), origin)

    return gate


def _answer(
    view: Callable[..., HttpResponse],
    request: HttpRequest,
    account: Account,
    origin: str,
    given: dict[str, Any],
) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(status=204)
    if request.method != "POST":
        return faults.problem(faults.NotAllowed(Sentence(N_("Only POST is possible here."))))
    try:
        return view(request, account, origin, **given)
    except Exception as error:
        fault = faults.as_fault(error)
        if fault is None:
            raise
        return faults.problem(fault)


def _origin(request: HttpRequest, account: Account) -> str:
    """Where the request comes from; our own pages need not say it."""
    origin = request.headers.get("Origin") or queries.own_origin()
    if origin not in queries.sites(account):
        raise Forbidden(Sentence(N_("This site is not one of those that may use the chat.")))
    return origin


def _language(request: HttpRequest) -> str:
    wanted = request.POST.get("language", "") if request.method == "POST" else ""
    return wanted if wanted in rules.LANGUAGES else rules.LANGUAGES[0]


def _readable(response: HttpResponse, origin: str) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = origin
    response["Access-Control-Allow-Methods"] = "POST"
    response["Access-Control-Allow-Headers"] = "Content-Type"
    response["Access-Control-Max-Age"] = MAX_AGE
    response["Vary"] = "Origin"
    return response


def only_file(request: HttpRequest) -> Any:
    """The one file that was sent. What is larger than allowed is not read any further."""
    sent = request.FILES.getlist("file")
    if len(sent) != 1:
        raise Invalid(Sentence(N_("Send one file at a time.")), field="file")
    if (sent[0].size or 0) > rules.MOST_FILE_BYTES:
        raise TooLarge(Sentence(N_("A file may have at most 10 MB.")), field="file")
    return sent[0]
