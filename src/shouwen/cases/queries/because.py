"""Why a case was raised: what the product found is kept as codes with their values and read in everybody's language;
what a person wrote stays as they wrote it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy, pgettext

from shouwen.cases.models import Escalation
from shouwen.cases.rules import ladder as rules
from shouwen.cases.rules import signs
from shouwen.promises import queries as promises

Said = tuple[str, dict[str, Any]]
HANDOFFS, PROMISE, CLOCK, CLIMBED, WRITTEN = "handoffs", "promise", "clock", "climbed", "written"
WORDS: dict[str, Any] = {
    signs.THREAT: gettext_lazy("The customer threatens: “%(words)s”"),
    signs.ASKS_SUPERIOR: gettext_lazy("The customer asks for a superior: “%(words)s”"),
    rules.EMOTION: gettext_lazy("The customer's anger is rising"),
    rules.REPEATED: gettext_lazy("The customer has come %(words)s times about the same matter"),
    HANDOFFS: gettext_lazy("Handed over %(count)s times."),
    PROMISE: gettext_lazy("Promise broken: %(text)s"),
    CLOCK: gettext_lazy("Time exceeded: %(sort)s"),
    CLIMBED: gettext_lazy("Nobody settled it on level %(level)s in time"),
    WRITTEN: "%(text)s",
}


def because(said: Iterable[Any], written: str = "") -> str:
    """In the language of who reads; `written` when nothing was said in codes (an older row, a person's words)."""
    parts = [_one(code, values) for code, values in said if code in WORDS]
    return pgettext("between reasons", "; ").join(parts) or written


def kept(said: Iterable[Any]) -> str:
    """The same in the language of the house, for search and for who asks the table itself."""
    with translation.override("zh-hans"):
        return because(said)[:1000]


def in_words(row: Escalation) -> Escalation:
    """A row that is only read: its reason in the reader's language."""
    row.reason = because(row.said, row.reason)
    return row


def described(data: Mapping[str, Any]) -> str:
    """How the fact reads on a timeline."""
    reason = because(data.get("said", ()), data["reason"])
    return translation.gettext("Escalated to level %(level)s: %(reason)s") % {**data, "reason": reason}


def _one(code: str, values: Mapping[str, Any]) -> str:
    if code == CLOCK:
        values = {**values, "sort": promises.sort_label(str(values["sort"]))}
    return str(WORDS[code]) % values
