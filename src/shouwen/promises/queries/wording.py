"""How times and states read on screens."""

from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from shouwen.platform import ways
from shouwen.promises.models import ClockSort, ClockState, ExpectationSort, OfficialKind, PromiseState

STATE_TONES = {
    "open": "info",
    "kept": "good",
    "renegotiated": "neutral",
    "broken": "bad",
    "withdrawn": "neutral",
}
CLOCK_TONES = {"running": "info", "paused": "neutral", "met": "good", "breached": "bad", "stopped": "neutral"}
REASONS: dict[str, Any] = {
    "week": gettext_lazy("Working hours"),
    "shift": gettext_lazy("Changed hours"),
    "official_workday": gettext_lazy("Make-up workday"),
    "holiday": gettext_lazy("Closed by this calendar"),
    "official_holiday": gettext_lazy("Official holiday"),
    "closed": pgettext_lazy("day", "Closed"),
    "paused": pgettext_lazy("clock", "Paused"),
}


KINDS: dict[str, Any] = {
    "consultation": gettext_lazy("Consultation"),
    "help": pgettext_lazy("case kind", "Help"),
    "question": gettext_lazy("Question"),
    "suggestion": gettext_lazy("Suggestion"),
    "complaint": gettext_lazy("Complaint"),
    "praise": gettext_lazy("Praise"),
    "repair": gettext_lazy("Repair"),
}
PAUSES: dict[str, Any] = {"waiting": gettext_lazy("Waiting for the customer")}


CAUSE_LABELS: Final[dict[str, Any]] = {
    "capacity": gettext_lazy("Too few people or too much work"),
    "estimate": gettext_lazy("The time was estimated too short"),
    "parts": gettext_lazy("Parts or goods did not arrive"),
    "information": gettext_lazy("Information was missing or wrong"),
    "handover": gettext_lazy("Lost in a handover"),
    "forgotten": gettext_lazy("Forgotten"),
    "system": gettext_lazy("A system failed"),
    "third_party": gettext_lazy("Somebody outside did not deliver"),
    "customer": gettext_lazy("The customer was not reachable or changed the plan"),
    "other": pgettext_lazy("cause", "Other"),
}
WORK_LABELS: Final[dict[str, Any]] = {
    "call_back": gettext_lazy("Call back"),
    "visit": gettext_lazy("Visit"),
    "repair": pgettext_lazy("kind of promise", "Repair"),
    "answer": pgettext_lazy("kind of promise", "Answer"),
    "deliver": gettext_lazy("Deliver"),
    "refund": pgettext_lazy("kind of promise", "Refund or compensation"),
    "document": gettext_lazy("Documents"),
    "other": pgettext_lazy("kind of promise", "Other"),
}
WITHOUT_LABELS: Final[dict[str, Any]] = {
    "staff": gettext_lazy("Made by nobody in person"),
    "team": gettext_lazy("Without a team"),
    "department": gettext_lazy("Without a department"),
    "provider": gettext_lazy("Our own people"),
}
CLOCK_SORTS: Final[dict[str, Any]] = dict(ClockSort.choices)


def sort_label(sort: str) -> Any:
    """How a sort of clock reads."""
    return CLOCK_SORTS.get(sort, sort)


def state_choices() -> list[tuple[str, Any]]:
    return list(PromiseState.choices)


def state_label(state: str) -> Any:
    return dict(PromiseState.choices).get(state, state)


def clock_state_label(state: str) -> Any:
    return dict(ClockState.choices).get(state, state)


def expectation_sorts() -> list[tuple[str, Any]]:
    return list(ExpectationSort.choices)


def official_kinds() -> list[tuple[str, Any]]:
    return list(OfficialKind.choices)


def span_text(seconds: int | None) -> str:
    """A length of time in words of at most two units; a dash for none."""
    if seconds is None:
        return "–"
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        whole = _("%(num)s h") % {"num": hours}
        return f"{whole} {_('%(num)s min') % {'num': minutes}}" if minutes else whole
    return _("%(num)s min") % {"num": minutes} if minutes else _("%(num)s s") % {"num": rest}


def left_text(due_at: datetime, at: datetime) -> str:
    """What a clock chip says: 12 min, 3 h, 5 d, or how long it is over; the same steps as the browser's."""
    seconds = int((due_at - at).total_seconds())
    left, over = abs(seconds), seconds < 0
    language = get_language() or ""
    for size, least in ((86_400, 2 * 86_400), (3600, 5400), (60, 60)):
        if left >= least:
            return _left(language, size, left // size, over)
    return _left(language, 1, left, over)


@lru_cache(maxsize=1024)
def _left(_language: str, size: int, count: int, over: bool) -> str:
    """A list says it fifty times: kept by the language it was said in."""
    texts = {
        86_400: _("%(num)s d"),
        3600: _("%(num)s h"),
        60: _("%(num)s min"),
        1: _("%(num)s s"),
    }
    text = texts[size] % {"num": count}
    return _("%(time)s over") % {"time": text} if over else text


def standard_words(standard: Any) -> str:
    """Which standard set a time: for what it holds, and since when. Empty where nobody stated one."""
    if standard is None:
        return ""
    held = (
        standard.item.local_name if standard.item else "",
        str(KINDS.get(standard.case_kind, standard.case_kind)),
        _("tier %(tier)s") % {"tier": standard.tier} if standard.tier else "",
        str(ways.labels().get(standard.channel, standard.channel)),
    )
    about = " · ".join(part for part in held if part) or _("for all")
    since = timezone.localtime(standard.valid_from).date().isoformat()
    return _("%(about)s, in force since %(date)s") % {"about": about, "date": since}
