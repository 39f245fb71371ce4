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
BuildAll = Callable[[list[int]], dict[int, Doc]]
_builders: dict[str, BuildAll] = {}


def register(kind: str, build: Build) -> None:
    """`build(id)` makes the document of one thing; None when there is none to be found."""

    def build_all(ids: list[int]) -> dict[int, Doc]:
        made = ((pk, build(pk)) for pk in ids)
        return {pk: doc for pk, doc in made if doc is not None}

    register_all(kind, build_all)


def register_all(kind: str, build_all: BuildAll) -> None:
    """The same for many at once: `build_all(ids)` gives the documents there are, by id."""
    if kind not in KINDS:
        raise ValueError(f"search has no table for {kind!r}")
    _builders[kind] = build_all


def builder(kind: str) -> BuildAll:
    return _builders[kind]
