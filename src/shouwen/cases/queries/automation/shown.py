"""Rules as settings pages and programs see them: lists, one rule, its log, and its parts in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from shouwen.cases.models import AutomationRule, RuleRun
from shouwen.cases.queries.automation.telling import EVENT_LABELS, MOMENT_LABELS, action_label, stopped_label
from shouwen.cases.queries.one import visible_to
from shouwen.kernel.errors import NotFound
from shouwen.platform import automation
from shouwen.platform.access import Actor
from shouwen.platform.series import clauses, listed
from shouwen.promises import queries as promises

RUNS = 20


def all_rules() -> list[AutomationRule]:
    return list(AutomationRule.objects.order_by("position", "id"))


def rule(rule_id: int) -> AutomationRule:
    found = AutomationRule.objects.filter(pk=rule_id).first()
    if found is None:
        raise NotFound(_("There is no such rule."))
    return found


def runs_of(rule_id: int, actor: Actor, *, limit: int = RUNS) -> list[RuleRun]:
    """What a rule did last, newest first, on cases that exist for `actor`."""
    rows = RuleRun.objects.filter(rule_id=rule_id, case__in=visible_to(actor)).select_related("case")
    return list(rows.order_by("-id")[:limit])


def when(row: Any) -> str:
    """When a rule acts, in words."""
    if not row.moment:
        return listed(EVENT_LABELS[event] for event in row.events if event in EVENT_LABELS)
    days, rest = divmod(row.minutes, 24 * 60)
    span = (
        promises.span_text(row.minutes * 60)
        if rest or not days
        else ngettext("%(num)s day", "%(num)s days", days) % {"num": days}
    )
    return _("%(span)s %(moment)s") % {"span": span, "moment": MOMENT_LABELS.get(row.moment, row.moment)}


def conditions_in_words(given: dict[str, Any]) -> list[str]:
    known = automation.conditions()
    return [_condition(known[code], wanted) if code in known else code for code, wanted in given.items()]


def _condition(condition: automation.Condition, wanted: Any) -> str:
    names = {str(code): str(label) for code, label in condition.choices()} if condition.choices else {}
    if condition.how == "is":
        names = {"yes": _("yes"), "no": _("no")}
    values = wanted if isinstance(wanted, list) else [wanted]
    words = listed(names.get(str(value), value) for value in values)
    return f"{condition.label}: {words}{f' {condition.unit}' if condition.unit else ''}"


def actions_in_words(given: dict[str, Any]) -> list[str]:
    known = automation.actions()
    return [_action(known[code], parts) if code in known else code for code, parts in given.items()]


def _action(action: automation.Action, parts: dict[str, Any]) -> str:
    words = []
    for param in action.params:
        value = parts.get(param.name)
        if value is True or value in (None, "", [], False):
            continue
        words.append(_part(param, value))
    return f"{action.label}: {clauses(words)}"[:200] if words else str(action.label)


def _part(param: automation.Param, value: Any) -> str:
    if param.choices:
        flat: list[tuple[Any, Any]] = []
        for code, label in param.choices():
            flat += label if isinstance(label, list) else [(code, label)]
        return next((str(label) for code, label in flat if str(code) == str(value)), str(value))
    return listed(value) if isinstance(value, list) else str(value)


def outcome(run: RuleRun) -> str:
    """What one run came to, in a line."""
    if run.stopped:
        return _("Stopped: %(why)s") % {"why": stopped_label(run.stopped)}
    parts = [f"{one['label']}: {one['now']}" for one in run.did]
    parts += [
        _("%(action)s was refused: %(why)s") % {"action": action_label(one["code"]), "why": one["why"]}
        for one in run.refused
    ]
    return clauses(parts) or _("nothing was left to do")


def vocabulary() -> dict[str, Any]:
    """What rules may listen to, ask and do, for programs."""
    return {
        "events": {code: str(label) for code, label in EVENT_LABELS.items()},
        "moments": {code: str(label) for code, label in MOMENT_LABELS.items()},
        "conditions": [
            _word(one.code, one.label, one.how, one.choices, ()) for one in automation.conditions().values()
        ],
        "actions": [
            _word(one.code, one.label, "", None, one.params) for one in automation.actions("rule").values()
        ],
    }


def _word(code: str, label: Any, how: str, choices: Any, params: Any) -> dict[str, Any]:
    parts = [
        {
            "name": param.name,
            "label": str(param.label),
            "sort": param.sort,
            "required": param.required,
            "choices": flat_codes(param.choices),
        }
        for param in params
    ]
    return {"code": code, "label": str(label), "how": how, "choices": flat_codes(choices), "parts": parts}


def flat_codes(choices: Any) -> list[str]:
    """The codes of choices, those in groups too."""
    found: list[str] = []
    for code, label in choices() if choices else []:
        found += [str(one) for one, _name in label] if isinstance(label, list | tuple) else [str(code)]
    return found


def _conditions(given: Any) -> Any:
    return conditions_in_words(given) if isinstance(given, dict) else given


def _actions(given: Any) -> Any:
    return actions_in_words(given) if isinstance(given, dict) else given


def _events(codes: Any) -> Any:
    return [str(EVENT_LABELS.get(code, code)) for code in codes] if isinstance(codes, list) else codes


def _moment(code: Any) -> str:
    return str(MOMENT_LABELS.get(code, code))


# How the parts of rules and macros read in their history.
FIELDS: dict[str, tuple[Any, Any]] = {
    "name": (gettext_lazy("Name"), None),
    "active": (gettext_lazy("In use"), None),
    "events": (gettext_lazy("Events"), _events),
    "moment": (gettext_lazy("Counts from"), _moment),
    "minutes": (gettext_lazy("Minutes"), None),
    "conditions": (gettext_lazy("Conditions"), _conditions),
    "actions": (gettext_lazy("Does"), _actions),
    "last": (gettext_lazy("No rule after it"), None),
    "in_hours": (gettext_lazy("Only in service hours"), None),
    "reply": (gettext_lazy("Text to the customer"), None),
    "waiting": (gettext_lazy("Then wait for the customer"), None),
}
