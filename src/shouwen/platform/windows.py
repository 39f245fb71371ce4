"""Windows: named places on a page where upper rooms hang panels, with the viewer's own rights.

{{ window("case.sidebar", case) }}          in a template
@panel("case.sidebar", order=30)            in an upper room's panels.py
def open_promises(case, actor) -> str | None: ...
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import structlog
from markupsafe import Markup

log = structlog.get_logger(__name__)
Draw = Callable[[Any, Any], str | None]
_panels: dict[str, list[tuple[int, str, Draw]]] = defaultdict(list)


def panel(name: str, *, order: int = 50) -> Callable[[Draw], Draw]:
    """Hang the decorated function into window `name`; lower `order` stands higher."""

    def mark(draw: Draw) -> Draw:
        key = f"{draw.__module__}.{draw.__qualname__}"
        if all(known != key for _, known, _ in _panels[name]):
            _panels[name].append((order, key, draw))
            _panels[name].sort(key=lambda entry: entry[:2])
        return draw

    return mark


def look(name: str, thing: Any, actor: Any) -> Markup:
    """Everything that hangs in window `name` for `thing`, drawn for `actor`.

    A panel that fails is left out and logged: one room's trouble must not take another's page down.
    """
    drawn = []
    for _order, key, draw in _panels.get(name, ()):
        try:
            html = draw(thing, actor)
        except Exception:
            log.exception("panel failed", window=name, panel=key)
            continue
        if html:
            drawn.append(html)
    return Markup("\n").join(Markup(html) for html in drawn)  # noqa: S704  panels return rendered templates
