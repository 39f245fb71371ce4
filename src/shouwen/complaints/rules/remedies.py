"""Holding solutions against each other (CMP-5): the cheapest of those the customer would take, and who gains."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from shouwen.kernel.errors import N_, Invalid, Sentence

REMEDIES: Final = ("refund", "replacement", "waiver", "compensation", "apology")
ACCEPTABLE: Final = ("said", "guessed")


@dataclass(frozen=True)
class Way:
    """An option as far as the comparison needs it; amounts in minor units.

    cost           what it costs us altogether
    gain           what it is worth to the customer in money
    declined_cost  what it would cost us if nothing were agreed
    worry          whether it takes a worry off the customer
    """

    id: int
    cost: int
    gain: int
    declined_cost: int
    acceptance: str
    worry: bool = False


@dataclass(frozen=True)
class Pick:
    """The cheapest acceptable option, and what that rests on.

    said        whether the customer said yes to it; else we think so
    acceptable  how many of all options the customer would take
    saves       how much less it costs than the next dearer acceptable one; None where there is no other
    """

    id: int
    cost: int
    said: bool
    acceptable: int
    of: int
    saves: int | None


def cheapest(ways: Iterable[Way]) -> Pick | None:
    """The option of least total cost among those the customer would accept; None when there is none.

    Of two that cost the same the one worth more to the customer, then the one they said yes to, then the older.
    """
    all_ways = list(ways)
    good = [way for way in all_ways if way.acceptance in ACCEPTABLE]
    if not good:
        return None
    good.sort(key=lambda way: (way.cost, -way.gain, way.acceptance != "said", way.id))
    first = good[0]
    saves = good[1].cost - first.cost if len(good) > 1 else None
    return Pick(first.id, first.cost, first.acceptance == "said", len(good), len(all_ways), saves)


def win_win(way: Way) -> tuple[bool, bool]:
    """(does the customer gain, do we gain). The customer gains by money's worth or a worry removed; we gain where
    it costs less than agreeing on nothing would."""
    return way.gain > 0 or way.worry, way.declined_cost > way.cost


def check_amounts(**amounts: int) -> None:
    wrong = {
        name: Sentence(N_("An amount cannot be less than nothing."))
        for name, amount in amounts.items()
        if amount < 0
    }
    if wrong:
        raise Invalid(Sentence(N_("Please look at the marked fields.")), errors=wrong)


def check_amount_fits(remedy: str, amount: int) -> None:
    """An apology costs nothing that needs authority; everything else is worth something."""
    if remedy not in REMEDIES:
        raise Invalid(Sentence(N_("Choose one of the listed values.")), field="remedy")
    if remedy == "apology" and amount:
        raise Invalid(Sentence(N_("An apology has no amount; name the other remedy.")), field="amount")
    if remedy != "apology" and not amount:
        raise Invalid(Sentence(N_("Say what it is worth: somebody has to grant it.")), field="amount")
