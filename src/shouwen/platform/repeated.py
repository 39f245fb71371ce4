"""What a page asks for a hundred times over, looked up once a process: translated texts and addresses."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static as plain_static
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language, gettext
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

MOST = 20_000  # templates say a few thousand different texts; more are made of data and not worth keeping
NUMBER, WORD = 907_110_309, "W907110309"  # stand in an address where an argument comes
_rendering: ContextVar[str | None] = ContextVar("language of what is being rendered", default=None)
_said: dict[tuple[str | None, str], Markup] = {}


@contextmanager
def rendering() -> Iterator[None]:
    """While one page is rendered its language stays the same, and is not looked up for every word."""
    token = _rendering.set(get_language())
    try:
        yield
    finally:
        _rendering.reset(token)


@pass_eval_context
def say(context: EvalContext, text: Any, /, **values: Any) -> str:
    """`_()` of templates: the text in the reader's language, its %(gaps)s filled and escaped."""
    key = (_rendering.get() or get_language(), text if type(text) is str else str(text))
    said = _said.get(key)
    if said is None:
        said = Markup(gettext(key[1]))  # noqa: S704  texts of ours, as jinja's own i18n takes them
        if len(_said) < MOST:
            _said[key] = said
    if not context.autoescape:
        return str(said) % values if "%" in said else str(said)
    return said % values if "%" in said else said


@lru_cache(maxsize=2_000)
def _pattern(name: str, kinds: tuple[type, ...], _urlconf: Any, _prefix: str) -> tuple[str, ...] | None:
    """The address cut where its arguments stand; None when it can't be cut surely."""
    marks = [f"{n}{WORD if kind is str else NUMBER}" for n, kind in enumerate(kinds, 1)]
    try:
        rest = reverse(name, args=[kind(mark) for kind, mark in zip(kinds, marks, strict=True)])
    except Exception:
        return None
    parts = []
    for mark in marks:
        before, found, rest = rest.partition(mark)
        if not found or mark in rest:
            return None
        parts.append(before)
    return (*parts, rest)


@lru_cache(maxsize=2_000)
def _static(path: str, _prefix: str, _base: str | None) -> str:
    return plain_static(path)


def static(path: str) -> str:
    """The address of a file of the product's own; it stays the same as long as the process runs."""
    return _static(path, get_script_prefix(), settings.STATIC_URL)


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address called `name`; with numbers and plain words it is put together without asking the whole table."""
    if kwargs or not all(
        type(one) is int or (type(one) is str and one.isalnum() and one.isascii()) for one in args
    ):
        return reverse(name, args=args or None, kwargs=kwargs or None)
    parts = _pattern(name, tuple(map(type, args)), get_urlconf(), get_script_prefix())
    if parts is None:
        return reverse(name, args=args or None)
    return "".join(f"{part}{one}" for part, one in zip(parts, args, strict=False)) + parts[-1]
