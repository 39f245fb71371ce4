"""Notices in words: one sentence for each kind, with what it needs to be understood without opening the case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.cases.models import Notice
from shouwen.cases.queries.because import because
from shouwen.cases.queries.labels import task_state_label
from shouwen.platform.web.environment import local_time
from shouwen.promises import queries as promises

SENTENCES: dict[str, tuple[Any, str, str]] = {
    # kind: (sentence, icon, tone)
    "offered": (_("A new case is waiting for whoever takes it first"), "hand", "info"),
    "takeover": (_("%(name)s has reached a limit; can you take over? %(reason)s"), "hand-helping", "warn"),
    "break": (
        _("That was a hard contact. Take a few minutes if you like: set yourself on a break"),
        "coffee",
        "info",
    ),
    "help_asked": (_("%(name)s asks for help: %(reason)s"), "life-buoy", "warn"),
    "help_given": (_("%(name)s is with you now"), "hand-helping", "good"),
    "limit_reached": (
        _(
            "%(number)s hard contacts today: that is what you said is enough. Ask for help or let it be taken over"
        ),
        "shield",
        "warn",
    ),
    "limit_seen": (
        _("%(name)s has had %(number)s hard contacts today, as many as are enough; offer to take over"),
        "shield",
        "warn",
    ),
    "dispute": (_("%(one)s and %(other)s ask for your ruling: %(reason)s"), "scale", "warn"),
    "unclaimed": (_("Nobody has taken this case in time; please see to it"), "hand", "warn"),
    "handoff_asked": (_("%(name)s asks you to take over: %(reason)s"), "corner-up-right", "warn"),
    "handoff_accepted": (_("%(name)s has taken over from you"), "check", "good"),
    "handoff_declined": (_("%(name)s declined the handoff: %(reason)s"), "x", "warn"),
    "task_asked": (_("%(name)s asks for your help: %(title)s"), "list-checks", "warn"),
    "task_moved": (_("Task “%(title)s”: %(state)s (%(name)s)"), "list-checks", "info"),
    "task_late": (_("The task “%(title)s” has run over its time"), "alarm-clock", "bad"),
    "escalated": (_("Escalated: %(reason)s"), "circle-arrow-up", "bad"),
    "ruling": (_("%(name)s decided: %(reason)s"), "gavel", "info"),
    "promise_warned": (
        _("%(share)s %% of the time is gone: “%(text)s”, due %(due)s"),
        "handshake",
        "warn",
    ),
    "promises_warned": (
        _("%(number)s promises, all due %(due)s: %(share)s %% of their time is gone"),
        "handshake",
        "warn",
    ),
    "promise_broken": (_("Promise broken: “%(text)s”, was due %(due)s"), "handshake", "bad"),
    "clock_warned": (_("%(sort)s is due %(due)s"), "alarm-clock", "warn"),
    "undelivered": (_("Our mail to %(address)s did not arrive: %(reason)s"), "mail-x", "bad"),
    "confirmed": (_("The customer says: solved. %(word)s"), "circle-check", "good"),
    "not_yet": (_("The customer says: not yet. %(word)s"), "rotate-ccw", "bad"),
    "reopened": (_("Reopened: %(reason)s"), "rotate-ccw", "warn"),
    "tell_handoff": (_("Tell the customer yourself that you answer now"), "phone-outgoing", "warn"),
    "tell_new_time": (_("Tell the customer the new time yourself: “%(text)s”"), "phone-outgoing", "warn"),
    "ask_solved": (_("Ask the customer yourself whether it is solved"), "phone-outgoing", "warn"),
    "wording": (
        _("The official wording on “%(topic)s” has changed; the customer was told the old one"),
        "quote",
        "warn",
    ),
    "rule": (_("%(name)s: %(text)s"), "bell", "info"),
    "praised": (_("The customer praises %(name)s: “%(text)s”"), "heart", "good"),
    "awake": (_("Back from being put aside"), "sun", "info"),
}
_OTHER = (_("Something happened"), "bell", "neutral")


def tell(kind: str, sentence: Any, icon: str, tone: str) -> None:
    """A room above says how its kind of notice reads."""
    SENTENCES.setdefault(kind, (sentence, icon, tone))


@dataclass(frozen=True)
class Shown:
    notice: Notice
    sentence: str
    icon: str
    tone: str


def shown(notice: Notice) -> Shown:
    sentence, icon, tone = SENTENCES.get(notice.kind, _OTHER)
    return Shown(notice, (str(sentence) % _Words(notice.params)).strip(), icon, tone)


class _Words(dict[str, Any]):
    """A notice's params as words; what an older notice does not have reads as nothing."""

    def __init__(self, params: Mapping[str, Any]) -> None:
        super().__init__({name: _word(name, value) for name, value in params.items()})
        if params.get("said"):
            self["reason"] = because(params["said"])

    def __missing__(self, key: str) -> str:
        return ""


def _word(name: str, value: Any) -> Any:
    if name == "due" and isinstance(value, str):
        return local_time(datetime.fromisoformat(value))
    if name == "state":
        return task_state_label(str(value))
    if name == "sort":
        return promises.sort_label(str(value))
    return value
