"""What the component macros need from a Jinja2 environment: `ui`, `icon`, the `attrs` filter.

Macros hang on one global instead of being imported by each page, because a part of a page
rendered by itself (jinja2-fragments) does not run the page's own imports.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from zlib import crc32

import lucide
from jinja2 import Environment
from markupsafe import Markup, escape

from shouwen.platform import ways
from shouwen.platform.ui import keeping

COMPONENTS = (
    "actions",
    "fields",
    "choices",
    "boxes",
    "overlays",
    "tables",
    "signs",
    "people",
    "figures",
    "timeline",
    "rows",
)


@lru_cache(maxsize=1024)
def icon(name: str, size: int = 16, label: str = "") -> Markup:
    """The lucide icon `name` as inline SVG of `size` pixels; hidden from readers unless it has a `label`."""
    extra = {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    drawing = lucide._render_icon(name, size, **{"class": "icon"}, **extra)
    return Markup(" ".join(drawing.split()).replace("> <", "><"))  # noqa: S704 - our own drawing; the label is escaped by ElementTree


def attributes(values: Mapping[str, Any]) -> Markup:
    """HTML attributes with a leading blank: None and False are left out, True stands bare."""
    parts = [
        f" {escape(name)}" if value is True else f' {escape(name)}="{escape(value)}"'
        for name, value in values.items()
        if value is not None and value is not False
    ]
    return Markup("".join(parts))  # noqa: S704 - every part is escaped above


def initials(name: str | None) -> str:
    """What stands in a face without a picture: the surname's character, or two Latin initials."""
    words = (name or "").split()
    if not words:
        return "?"
    first = words[0][0]
    if first.upper() == first.lower():
        return first
    return (first + words[-1][0]).upper() if len(words) > 1 else words[0][:2].capitalize()


def hue(name: str | None) -> int:
    """One of six tints for a face, the same for the same name everywhere."""
    return crc32((name or "").encode()) % 6


def is_group(value: Any) -> bool:
    """Whether `value` is a list or tuple; Jinja's own tests take a lazy translation for a list of letters."""
    return isinstance(value, (list, tuple))


class Components:
    """All macros of `platform/components/` under one roof, loaded when first asked for."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._macros: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name not in self._macros or self._environment.auto_reload:
            self._load()
        try:
            return self._macros[name]
        except KeyError:
            raise AttributeError(f"there is no component called {name!r}") from None

    def _load(self) -> None:
        for part in COMPONENTS:
            module = self._environment.get_template(f"platform/components/{part}.html").module
            for name, value in vars(module).items():
                if not name.startswith("_"):
                    self._macros[name] = value


def install(environment: Environment) -> None:
    """Give `environment` the look. Call it once translations and the other globals are set."""
    environment.globals["icon"] = icon
    environment.globals["ui"] = Components(environment)
    environment.globals["initials_of"] = initials
    environment.globals["hue_of"] = hue
    environment.globals["way_label"] = ways.label
    environment.globals["way_icon"] = ways.icon
    environment.tests["group"] = is_group
    environment.filters["attrs"] = attributes
    keeping.install(environment)
