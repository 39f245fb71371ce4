"""What rules and macros did, as sentences of a case's history."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouwen.platform import automation
from shouwen.platform.series import clauses

WHY_STOPPED: Mapping[str, Any] = {
    "own": gettext_lazy("its own doing came back to it"),
    "depth": gettext_lazy("too many rules had set each other off"),
    "limit": gettext_lazy("rules had acted on this case too often within an hour"),
}
EVENT_LABELS: Mapping[str, Any] = {
    "opened": gettext_lazy("A case opens"),
    "received": gettext_lazy("The customer writes"),
    "replied": gettext_lazy("A reply is sent"),
    "taken": gettext_lazy("Somebody takes the case"),
    "handed_off": gettext_lazy("The case is handed over"),
    "changed": gettext_lazy("Particulars change"),
    "emotion": gettext_lazy("The customer's emotion changes"),
    "promise_warned": gettext_lazy("A promise is near its time"),
    "promise_broken": gettext_lazy("A promise is broken"),
    "escalated": gettext_lazy("The case is escalated"),
    "task_delivered": gettext_lazy("A task is delivered"),
    "task_finished": gettext_lazy("A task has passed its check"),
    "resolved": gettext_lazy("The case is resolved"),
    "confirmed": gettext_lazy("The customer confirms"),
    "reopened": gettext_lazy("The case is reopened"),
}
MOMENT_LABELS: Mapping[str, Any] = {
    "opened": gettext_lazy("after the case was opened"),
    "unowned": gettext_lazy("after it was opened, while nobody owns it"),
    "waiting_us": gettext_lazy("after the customer began to wait for us"),
    "waiting_customer": gettext_lazy("after we began to wait for the customer"),
    "untouched": gettext_lazy("after anybody said anything"),
    "due_before": gettext_lazy("before the nearest deadline"),
    "due_after": gettext_lazy("after the nearest deadline"),
    "resolved": gettext_lazy("after it was resolved, while the customer is silent"),
}


def stopped_label(code: str) -> str:
    return str(WHY_STOPPED.get(code, code))


def action_label(code: str) -> str:
    known = automation.actions().get(code)
    return str(known.label) if known else code


def _did(did: Iterable[Mapping[str, str]]) -> list[str]:
    return [
        f"{one['label']}: {one['was']} → {one['now']}" if one.get("was") else f"{one['label']}: {one['now']}"
        for one in did
    ]


def rule_ran(data: Mapping[str, Any]) -> str:
    words = {"name": data["name"], "version": data["version"]}
    if data.get("stopped"):
        return _("Rule “%(name)s” (version %(version)s) was stopped: %(why)s") % {
            **words,
            "why": stopped_label(data["stopped"]),
        }
    parts = _did(data.get("did") or ())
    for one in data.get("refused") or ():
        parts.append(
            _("%(action)s was refused: %(why)s") % {"action": action_label(one["code"]), "why": one["why"]}
        )
    what = clauses(parts) or _("nothing was left to do")
    return _("Rule “%(name)s” (version %(version)s): %(what)s") % {**words, "what": what}


def macro_applied(data: Mapping[str, Any]) -> str:
    what = clauses(_did(data.get("did") or ()))
    words = {"name": data["name"], "version": data["version"], "what": what}
    return _("Macro “%(name)s” (version %(version)s): %(what)s") % words
