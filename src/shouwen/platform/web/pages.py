"""From a template's name to an answer. A view ends in one of these."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.utils.cache import patch_vary_headers
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme
from jinja2 import Environment
from jinja2_fragments import render_block

from shouwen.kernel.errors import Fault, Invalid, Refused
from shouwen.platform.frame import context as frame_context
from shouwen.platform.repeated import rendering
from shouwen.platform.web.environment import text_environment
from shouwen.platform.web.twice import CSRF_FIELD, at_most_once


def environment() -> Environment:
    env: Environment = engines["jinja2"].env  # type: ignore[attr-defined]
    return env


def render_text(template: str, context: dict[str, Any]) -> str:
    """A template without a request, as HTML: panels, parts. Only what is in `context` is known to it."""
    with rendering():
        return environment().get_template(template).render(context)


@lru_cache(maxsize=1)
def _texts(pages_: Environment) -> Environment:
    return text_environment(pages_)


def render_words(template: str, context: dict[str, Any]) -> str:
    """The words of a mail or message: plain text, nothing escaped. Only templates that end in .txt."""
    if not template.endswith(".txt"):
        raise ValueError(f"{template} is a page, and a page is always escaped")
    with rendering():
        return _texts(environment()).get_template(template).render(context).strip()


def render(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A whole page."""
    known = {**frame_context(request), "errors": {}, "values": {}, **(context or {})}
    with rendering():
        words = environment().get_template(template).render(known)
    return _apart(HttpResponse(words, status=status))


def _apart(response: HttpResponse) -> HttpResponse:
    """A part and its whole page share an address: going back must never show the one for the other."""
    patch_vary_headers(response, ["HX-Request"])
    return response


def render_part(
    request: HttpRequest,
    template: str,
    block: str,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """One block of a page, for htmx."""
    known = {**frame_context(request), "errors": {}, "values": {}, **(context or {})}
    with rendering():
        words = render_block(environment(), template, block, known)
    return _apart(HttpResponse(words, status=status))


def wants_part(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False)) and not request.htmx.boosted  # type: ignore[attr-defined]


def page(
    request: HttpRequest, template: str, block: str, context: dict[str, Any] | None = None
) -> HttpResponse:
    """The whole page, or only `block` of it when htmx asks."""
    if wants_part(request):
        return render_part(request, template, block, context)
    return render(request, template, context)


def stays_here(request: HttpRequest, address: str) -> bool:
    """Whether `address` leads to this site."""
    return bool(address) and url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def safe_next(request: HttpRequest, default: str) -> str:
    """Where to go after a write: the form's own `next` when it stays on this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return iri_to_uri(wanted) if stays_here(request, wanted) else default


def here(request: HttpRequest) -> str:
    """The page somebody looks at, to come back to: not the part, nor the address that a form is sent to."""
    looking = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if request.method in {"GET", "HEAD"} and not request.headers.get("HX-Request"):
        return request.get_full_path()
    if not stays_here(request, looking):
        return "/"
    parts = urlsplit(looking)
    return f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"


def done(request: HttpRequest, to: str, sentence: Any = "") -> HttpResponse:
    """After a write: go to `to` (or the form's `next`), say `sentence` there."""
    if sentence:
        messages.success(request, str(sentence))
    target = safe_next(request, to)
    if wants_part(request):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = target
        return response
    return HttpResponseRedirect(target)


Context = Callable[..., dict[str, Any]]


def form_page(
    template: str, context: Context, block: str = "", *, refused: bool = False
) -> Callable[[Any], Any]:
    """Show a view's form again, with what was typed and what is wrong, when the view raises Invalid on POST;
    with `refused` also when it raises Refused, so that a form open to everybody loses no word. Sent twice, a
    form does its work once.

    `context(request, *args, **kwargs)` gives the page's context. The template finds `errors`
    ({field: sentence}) and `values` (what was typed).
    """
    caught: tuple[type[Fault], ...] = (Invalid, Refused) if refused else (Invalid,)

    def mark(view: Any) -> Any:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return at_most_once(request, lambda: view(request, *args, **kwargs))
            except caught as fault:
                if request.method != "POST":
                    raise
                typed = {name: request.POST.getlist(name) for name in request.POST if name != CSRF_FIELD}
                values = {name: many[0] if len(many) == 1 else many for name, many in typed.items()}
                known = {**context(request, *args, **kwargs), "errors": said(fault), "values": values}
                if block and wants_part(request):
                    return render_part(request, template, block, known, status=422)
                return render(request, template, known, status=fault.status)

        return guarded

    return mark


def said(fault: Fault) -> dict[str, str]:
    """A fault's sentences by field, in the reader's language; "" holds what belongs to no field."""
    from shouwen.platform.web.faults import sentence

    errors = fault.errors if isinstance(fault, Invalid) else {}
    if not errors:
        return {"": sentence(fault.sentence)}
    return {name: sentence(text) for name, text in errors.items()}
