"""The parts of pages that are the same from one to the next, kept as drawn.

Each is kept under all it shows, so that one which differs in anything is drawn anew. What belongs to one request
alone, its token against forgery and its address, is put in afterwards.
"""

import secrets
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

MOST = 256  # of about eight kilobytes each
GAP = f"gap{secrets.token_hex(8)}"  # an address takes it, and no text of anybody's holds it
TOKEN, HERE = "\x00token\x00", "\x00here\x00"  # no address and no text of anybody's holds them


class Kept:
    """Draws rail, top bar and the browser's words, each from its own template."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        if environment.auto_reload:  # somebody is just writing the templates
            self._drawn: Any = self._draw
            self._parts: Any = self._part
        else:
            self._drawn = lru_cache(maxsize=MOST)(self._draw)
            self._parts = lru_cache(maxsize=MOST)(self._part)

    def _draw(self, template: str, _language: str | None, known: tuple[tuple[str, Any], ...]) -> str:
        given = {
            name: dict(value) if name in {"links", "brand", "presence"} else value for name, value in known
        }
        return self._environment.get_template(template).render(given)

    def rail(
        self, entries: Sequence[Any], links: Mapping[str, str], brand: Mapping[str, str], name: str
    ) -> Markup:
        """The rooms at the left."""
        known = (
            ("rail", tuple(entries)),
            ("links", (("home", links.get("home") or "/"),)),
            ("brand", (("name", brand.get("name") or name), ("logo", brand.get("logo") or ""))),
        )
        return Markup(self._drawn("platform/frame/rail.html", get_language(), known))  # noqa: S704  a template's

    @pass_context
    def topbar(self, context: Context) -> Markup:
        """Search, presence, notices, language, theme and who is signed in."""
        presence, actor = context.get("presence"), context.get("actor")
        known = (
            ("links", tuple(context["links"].items())),
            ("presence", _frozen(presence) if presence else ()),
            ("unread_notices", (context.get("unread_notices") or 0) + 0),  # a number, no longer a lazy one
            ("language", context.get("language") or "zh-hans"),
            ("theme", context.get("theme") or "system"),
            ("who", actor.name if actor else ""),
            ("csrf_input", Markup(TOKEN)),  # noqa: S704  a mark of ours
            ("here", Markup(HERE)),  # noqa: S704
        )
        drawn = self._drawn("platform/frame/topbar.html", get_language(), known)
        request = context.get("request")
        here = escape(request.get_full_path()) if request else ""
        token = str(context.get("csrf_input") or "")
        return Markup(drawn.replace(HERE, str(here)).replace(TOKEN, token))  # noqa: S704  escaped above

    def part(self, template: str, gaps: Mapping[str, Any], **flags: Any) -> Markup:
        """A part of a page that differs from one page to the next in its `flags`, by which it is kept, and in the
        texts of `gaps`, which are put in afterwards; no address' argument among them may need quoting."""
        drawn = str(self._parts(template, get_language(), tuple(gaps), tuple(flags.items())))
        for name, text in gaps.items():
            drawn = drawn.replace(_gap(name), str(escape(text)))
        return Markup(drawn)  # noqa: S704  a template's, and escaped above

    def _part(
        self, template: str, _language: str | None, gaps: tuple[str, ...], flags: tuple[tuple[str, Any], ...]
    ) -> str:
        marks = {name: Markup(_gap(name)) for name in gaps}  # noqa: S704  marks of ours
        return self._environment.get_template(template).render(
            {"errors": {}, "values": {}, **dict(flags), **marks}
        )

    def words(self) -> Markup:
        """What the browser modules say."""
        return Markup(self._drawn("platform/words.html", get_language(), ()))  # noqa: S704  a template's


def _gap(name: str) -> str:
    return f"{GAP}{name.replace('_', '')}e"


def _frozen(values: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(
        (name, tuple((code, str(label)) for code, label in value) if name == "choices" else str(value))
        for name, value in values.items()
    )


def install(environment: Environment) -> None:
    environment.globals["frame_parts"] = Kept(environment)
