"""Money: whole minor units of one currency, never a fraction and never a float."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import total_ordering
from typing import Any

from shouwen.kernel.errors import N_, Invalid, Sentence

# ISO 4217 codes by their digits after the point.
_NO_DIGITS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND"
_TWO_DIGITS = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP
    CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS
    INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN
    MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SOS
    SRD SSP STN SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS WST XCD YER ZAR ZMW
"""
CURRENCIES: dict[str, int] = {
    code: digits
    for digits, codes in ((0, _NO_DIGITS), (2, _TWO_DIGITS), (3, _THREE_DIGITS))
    for code in codes.split()
}
"""Digits after the point by code."""

SYMBOLS = {"CNY": "¥", "USD": "US$", "EUR": "€", "GBP": "£", "JPY": "JP¥", "HKD": "HK$", "TWD": "NT$"}
LARGEST = 10**15
"""Amounts stay below this many minor units, so that sums of thousands fit a 64-bit column."""

_WRITTEN = {"¥": "CNY", "元": "CNY", "块": "CNY", "人民币": "CNY", "RMB": "CNY", "US$": "USD", "$": "USD"} | {
    symbol: code for code, symbol in SYMBOLS.items()
}
_AMOUNT = re.compile(r"([+-]?)([^\d+,\-.]*)([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?(万?)(\D*)", re.ASCII)


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """`amount` minor units (fen, cents) of `currency`. Mixing currencies is Invalid."""

    amount: int
    currency: str = "CNY"

    def __post_init__(self) -> None:
        if not isinstance(self.amount, int) or isinstance(self.amount, bool):
            raise TypeError("an amount is a whole number of minor units")
        if self.currency not in CURRENCIES:
            raise _wrong(N_('"%(value)s" is not a currency.'), "currency", value=str(self.currency)[:20])
        if abs(self.amount) >= LARGEST:
            raise _wrong(N_("This amount is too large."), "amount")

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)

    def __mul__(self, times: int) -> "Money":
        return Money(self.amount * times, self.currency)

    __rmul__ = __mul__

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other)

    def __bool__(self) -> bool:
        return self.amount != 0

    def portion(self, share: Decimal | Fraction | int) -> "Money":
        """`share` of it, rounded to the nearest minor unit, halves away from zero."""
        exact = self.amount * Fraction(share)
        whole = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
        return Money(whole if exact >= 0 else -whole, self.currency)

    def split(self, weights: Sequence[int]) -> list["Money"]:
        """Parts in proportion to `weights` that add up exactly; what is left goes to the first ones."""
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise ValueError("weights must not be negative and must have a sum above zero")
        sign, amount = (-1 if self.amount < 0 else 1), abs(self.amount)
        parts = [amount * weight // total for weight in weights]
        entitled = [index for index, weight in enumerate(weights) if weight]
        for index in entitled[: amount - sum(parts)]:
            parts[index] += 1
        return [Money(sign * part, self.currency) for part in parts]

    def decimal(self) -> Decimal:
        """The amount in whole currency units."""
        return Decimal(self.amount).scaleb(-CURRENCIES[self.currency])

    def format(self) -> str:
        """For reading: "¥1,234.50", "-US$3.00", "CHF 12.00"."""
        sign = "-" if self.amount < 0 else ""
        symbol = SYMBOLS.get(self.currency, f"{self.currency} ")
        return f"{sign}{symbol}{abs(self.decimal()):,f}"

    def __str__(self) -> str:
        """For machines: "1234.50 CNY"."""
        return f"{self.decimal():f} {self.currency}"

    def _same(self, other: "Money") -> int:
        if not isinstance(other, Money):
            raise TypeError("money goes with money only")
        if other.currency != self.currency:
            message = N_("%(first)s and %(second)s cannot be put together.")
            raise _wrong(message, "currency", first=self.currency, second=other.currency)
        return other.amount


def total(parts: Iterable[Money], currency: str = "CNY") -> Money:
    """The sum; zero of `currency` when there is nothing."""
    return sum(parts, Money(0, currency))


def parse(text: Any, *, currency: str = "CNY", field: str = "amount") -> Money:
    """What a person wrote, exactly: "1,234.5", "￥12", "3万元", "USD 5", "-0.01 EUR".

    A currency in the text wins over `currency`. Invalid with `field` for anything else, also for
    more decimals than the currency has: no amount is ever rounded on the way in.
    """
    written = unicodedata.normalize("NFKC", text) if isinstance(text, str) else ""
    match = _AMOUNT.fullmatch("".join(written.split()))
    if not match or (match[1] and match[3]):
        raise _wrong(N_('"%(value)s" is not an amount of money.'), field, value=str(text)[:40])
    sign, before, inner, whole, decimals, myriad, after = match.groups(default="")
    code = _currency(before, after, currency, field)
    whole, decimals = whole.replace(",", "").lstrip("0"), decimals.rstrip("0")
    digits = CURRENCIES[code]
    if len(whole) > 15:
        raise _wrong(N_("This amount is too large."), field)
    if len(decimals) > (digits + 4 if myriad else digits):
        message = N_("%(currency)s has at most %(digits)s digits after the point.")
        raise _wrong(message, field, currency=code, digits=digits)
    minor = Decimal(f"{whole or 0}.{decimals or 0}").scaleb(digits + 4 if myriad else digits)
    if minor >= LARGEST:
        raise _wrong(N_("This amount is too large."), field)
    return Money(-int(minor) if "-" in (sign, inner) else int(minor), code)


def _currency(before: str, after: str, currency: str, field: str) -> str:
    named = {_WRITTEN.get(part.upper(), part.upper()) for part in (before, after) if part}
    code = named.pop() if named else currency
    if named or code not in CURRENCIES:
        raise _wrong(N_('"%(value)s" is not a currency.'), field, value=(before or after or code)[:20])
    return code


def _wrong(msgid: str, field: str, **params: Any) -> Invalid:
    return Invalid(Sentence(msgid, params), field=field)
