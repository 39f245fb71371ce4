"""Facts: frozen dataclasses of ids and plain values, announced by rooms on the bus.

A fact's wire name is `<room>.<what_happened>`, for instance `cases.opened`. It is
what webhooks, the timeline and handlers know it by, so it never changes once used.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar, TypeVar, dataclass_transform


@dataclass(frozen=True)
class Fact:
    """Base of every fact. Subclasses have plain-valued fields only."""

    wire: ClassVar[str] = ""

    def data(self) -> dict[str, Any]:
        return asdict(self)


F = TypeVar("F", bound=Fact)

_KNOWN: dict[str, type[Fact]] = {}


@dataclass_transform(frozen_default=True)
def fact(name: str) -> Callable[[type[F]], type[F]]:
    """Class decorator: make a frozen dataclass a fact known by `name`."""

    def mark(cls: type[F]) -> type[F]:
        made = dataclass(frozen=True)(cls)
        made.wire = name
        known = _KNOWN.get(name)
        if known is not None and known.__qualname__ != made.__qualname__:
            raise ValueError(f"two facts are called {name!r}: {known!r} and {made!r}")
        _KNOWN[name] = made
        return made

    return mark


def known() -> dict[str, type[Fact]]:
    """Every fact by wire name."""
    return dict(_KNOWN)


def rebuild(name: str, data: dict[str, Any]) -> Fact | None:
    """The fact that was stored as `name` with `data`; None when no room knows it any more.

    Fields that a later version added take their defaults, dropped ones are ignored.
    """
    cls = _KNOWN.get(name)
    if cls is None:
        return None
    wanted = {f.name for f in fields(cls)}
    return cls(**{key: value for key, value in data.items() if key in wanted})
