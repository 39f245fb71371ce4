"""Who may promise what: a role, a kind of promise, an amount of money, a shortest time (PRO-2)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from shouwen.kernel.errors import N_, Invalid, Sentence
from shouwen.promises.rules import leeway

LONGEST_LEAD: Final = 30 * 24 * 60
MOST_AMOUNT: Final = Decimal("9999999999.99")
REFUND: Final = "refund"
LIMIT: Final = "limit"
WORKS: Final = (*(code for code, _signs in leeway.WORK), leeway.OTHER)

_NUMBER = r"(\d{1,3}(?:[,，]\d{3})+(?:\.\d{1,2})?|\d{1,9}(?:\.\d{1,2})?)"
_MONEY: Final = re.compile(
    rf"(?:[¥￥$€£]|rmb|cny|usd|eur|gbp)\s*{_NUMBER}\s*(万)?|{_NUMBER}\s*(万)?\s*(?:元|块|rmb|cny|usd|dollars?|euros?|pounds?|yuan)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Allowance:
    """What holds for one kind. `roles` maps a role to its most amount of money, None being without limit."""

    work: str
    lead: timedelta | None = None
    strict: bool = False
    restricted: bool = False
    roles: Mapping[str, Decimal | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Objection:
    code: str
    sentence: Sentence

    def refuses(self, strict: bool) -> bool:
        """More money than one may promise is never taken; the rest is a doubt, unless the kind is strict."""
        return strict or self.code == LIMIT


def amount_in(text: str) -> Decimal | None:
    """The largest sum of money named in a text, in whatever currency; None where there is none."""
    found = []
    for match in _MONEY.finditer(text):
        number = Decimal((match[1] or match[3]).replace(",", "").replace("，", ""))
        found.append(number * 10_000 if match[2] or match[4] else number)
    return max(found, default=None)


def objection(allowance: Allowance, roles: Iterable[str], text: str) -> Objection | None:
    """Why somebody with these roles may not make this promise; None when they may.

    The widest of their roles counts. Where only some sums may be promised, a sum that is not named is doubted
    too: nobody can tell whether it stays within the limit.
    """
    if not allowance.restricted:
        return None
    held = [allowance.roles[role] for role in roles if role in allowance.roles]
    if not held:
        return Objection("authority", Sentence(N_("Your role may not promise this; ask a supervisor.")))
    limits = [most for most in held if most is not None]
    if len(limits) < len(held):
        return None
    most, amount = max(limits), amount_in(text)
    if amount is None and allowance.work == REFUND:
        return Objection(
            "amount", Sentence(N_("Name the sum: you may promise up to %(most)s."), {"most": most})
        )
    if amount is not None and amount > most:
        said = {"amount": amount, "most": most}
        return Objection(LIMIT, Sentence(N_("%(amount)s is more than the %(most)s you may promise."), said))
    return None


def check(work: str, lead_minutes: int | None, roles: Mapping[str, Any]) -> None:
    """A rule that can be kept; Invalid names the field."""
    if work not in WORKS:
        raise Invalid(Sentence(N_("There is no such kind of promise.")), field="work")
    if lead_minutes is not None and not 0 <= lead_minutes <= LONGEST_LEAD:
        raise Invalid(Sentence(N_("A minimum lead time is at most 30 days.")), field="minimum_lead_minutes")
    for role, most in roles.items():
        if most is not None and not 0 < most <= MOST_AMOUNT:
            raise Invalid(Sentence(N_("Enter a sum above nothing.")), field=f"most_{role}")


def sum_of(text: str, field: str) -> Decimal | None:
    """A sum as typed, "1,200" or "88.50"; None for nothing. Invalid (under `field`) for anything else."""
    said = text.strip().replace(",", "").replace("，", "")
    if not said:
        return None
    if not re.fullmatch(r"[0-9]{1,10}(\.[0-9]{1,2})?", said) or not 0 < Decimal(said) <= MOST_AMOUNT:
        raise Invalid(Sentence(N_("Enter a sum above nothing.")), field=field)
    return Decimal(said)
