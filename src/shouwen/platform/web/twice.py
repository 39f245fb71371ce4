"""A form sent twice does its work once: a double click, a browser that sends it again after a lost answer.

Every page writes a token of its own into its forms (Django's, against forgery). The same token with the same
words at the same address, with nothing else sent between, is the same sending: it waits for the first and gets
the first one's answer. Who switches something on, off and on again has sent something between.
"""

import hashlib
import time
import zlib
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from shouwen.kernel.errors import Refused

CSRF_FIELD = "csrfmiddlewaretoken"
SECONDS = 20  # a second click, or the browser trying again; afterwards the same form counts anew
MOST_SECONDS = 10.0  # that the second waits for the first
STEP = 0.05
RUNNING = "running"


def at_most_once(request: HttpRequest, work: Callable[[], HttpResponse]) -> HttpResponse:
    """`work()`, or the answer of the same form sent before. What failed may be sent again at once."""
    if request.method != "POST" or not request.POST.get(CSRF_FIELD):
        return work()
    (last, key), waited = _keys(request), 0.0
    while not cache.add(key, RUNNING, SECONDS):
        known = cache.get(key)
        if known is not None and known != RUNNING:
            if cache.get(last) == key:
                return _again(known)
            cache.delete(key)
            continue
        if waited >= MOST_SECONDS:
            raise Refused(_("This was sent a moment ago and is still being worked on. Look again shortly."))
        time.sleep(STEP)
        waited += STEP
    cache.set(last, key, SECONDS)
    return _kept(key, work)


def _kept(key: str, work: Callable[[], HttpResponse]) -> HttpResponse:
    response = None
    try:
        response = work()
    finally:
        if response is None or response.status_code >= 400 or response.streaming:
            cache.delete(key)
    if response.status_code < 400 and not response.streaming:
        kept = response.status_code, list(response.items()), zlib.compress(response.content, 1)
        cache.set(key, kept, SECONDS)
    return response


def _again(known: tuple[int, list[tuple[str, str]], bytes]) -> HttpResponse:
    status, headers, content = known
    return HttpResponse(zlib.decompress(content), status=status, headers=dict(headers))


def _keys(request: HttpRequest) -> tuple[str, str]:
    """Whose last sending it is; and what: the address, every value as it was typed, the files by name and size."""
    user: Any = getattr(request, "user", None)
    files = [
        (name, file.name, file.size) for name in sorted(request.FILES) for file in request.FILES.getlist(name)
    ]
    values = [(name, request.POST.getlist(name)) for name in sorted(request.POST)]
    sender = getattr(user, "pk", None)
    sent = repr((sender, request.get_full_path(), values, files))
    return _named("last", repr((sender, sender or request.POST[CSRF_FIELD]))), _named("sent", sent)


def _named(sort: str, words: str) -> str:
    return f"{sort}-{hashlib.sha256(words.encode('utf-8', 'replace')).hexdigest()}"
