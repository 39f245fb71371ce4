"""What can be found: each room registers its kinds and how a document is made of one."""

from collections.abc import Callable
from dataclasses import dataclass

KINDS = ("case", "customer", "article", "staff")  # each has its table, made by the first migration


@dataclass(frozen=True)
class Doc:
    """Text of one thing. `names` are found by pinyin too; `title` and `body` by words."""

    title: str
    body: str = ""
    names: tuple[str, ...] = ()


Build = Callable[[int], Doc | None]
_builders: dict[str, Build] = {}


def register(kind: str, build: Build) -> None:
    if kind not in KINDS:
        raise ValueError(f"search has no table for {kind!r}")
    _builders[kind] = build


def builder(kind: str) -> Build:
    return _builders[kind]
