"""Which standard holds for a contact: the most specific one in force when the event happened.

A standard may name an item of the catalogue, a kind of case, a tier and a channel; what it leaves empty it
holds for all. Where several match, the one that names the item wins over one that names the kind, that over
the tier, that over the channel. A target a standard leaves empty is taken from the next less specific one,
so that "tier A: first reply in ten minutes" needs to say nothing of the solution.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shouwen.kernel.errors import N_, Invalid, Sentence
from shouwen.promises.rules import words


@dataclass(frozen=True)
class Standard:
    """One dated version of a standard, as plain values. Targets are in open seconds of its calendar."""

    id: int
    item_id: int | None
    case_kind: str
    tier: str
    channel: str
    targets: tuple[tuple[str, int | None], ...]
    calendar_id: int | None
    valid_from: datetime
    valid_to: datetime | None

    @property
    def weight(self) -> int:
        """Specificity: item 8, kind 4, tier 2, channel 1; equal weights of two matches cannot happen."""
        return (
            8 * (self.item_id is not None)
            + 4 * bool(self.case_kind)
            + 2 * bool(self.tier)
            + bool(self.channel)
        )

    def in_force(self, at: datetime) -> bool:
        return self.valid_from <= at and (self.valid_to is None or at < self.valid_to)

    def target(self, sort: str) -> int | None:
        return dict(self.targets).get(sort)


@dataclass(frozen=True)
class About:
    """What a contact is, as far as standards care."""

    case_kind: str = ""
    tier: str = ""
    channel: str = ""
    item_id: int | None = None


@dataclass(frozen=True)
class Target:
    sort: str
    seconds: int
    standard_id: int
    calendar_id: int | None


def matches(standard: Standard, about: About) -> bool:
    return (
        standard.item_id in (None, about.item_id)
        and standard.case_kind in ("", about.case_kind)
        and standard.tier in ("", about.tier)
        and standard.channel in ("", about.channel)
    )


def targets_for(
    standards: Iterable[Standard], about: About, sorts: Iterable[str], at: datetime
) -> dict[str, Target]:
    """The target of each sort, from the most specific standard in force at `at` that states one."""
    ranked = sorted(
        (s for s in standards if s.in_force(at) and matches(s, about)), key=lambda s: s.weight, reverse=True
    )
    found: dict[str, Target] = {}
    for sort in sorts:
        for standard in ranked:
            seconds = standard.target(sort)
            if seconds is not None:
                found[sort] = Target(sort, seconds, standard.id, standard.calendar_id)
                break
    return found


def check_targets(targets: dict[str, int | None]) -> None:
    """At least one target, each more than nothing and at most a year."""
    if all(value is None for value in targets.values()):
        raise Invalid(Sentence(N_("State at least one time.")), field="first_reply_seconds")
    for sort, value in targets.items():
        if value is not None and not 0 < value <= words.LONGEST_TARGET:
            sentence = Sentence(N_("A time must be more than zero and at most a year."))
            raise Invalid(sentence, field=f"{sort}_seconds")
