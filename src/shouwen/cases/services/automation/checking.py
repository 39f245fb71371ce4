"""What a person or a program wants of a rule or macro, read against what the rooms know: each fault by its field."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from shouwen.cases.rules import kind_fields
from shouwen.kernel.errors import Invalid
from shouwen.platform import automation
from shouwen.platform.automation import Param

MOST_WORDS = 60
MOST_NUMBER = 10_000_000
WHOLE = re.compile(r"[0-9]{1,9}", re.ASCII)
LISTED = frozenset({"words", "any", "none", "pairs"})


def _list(value: Any, field: str) -> list[str]:
    text = value if isinstance(value, str) else "\n".join(map(str, value)) if _many(value) else None
    if text is None:
        raise Invalid(_("Give a list of words."), field=field)
    return kind_fields.listed(_clean(text), MOST_WORDS, field)


def _clean(text: str) -> str:
    """Without what no database keeps: NUL, halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def _many(value: Any) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping)


def _number(value: Any, field: str, most: int = MOST_NUMBER) -> int:
    text = str(value).strip()
    if isinstance(value, bool) or not WHOLE.fullmatch(text) or int(text) > most:
        raise Invalid(_("Enter a whole number from 0 to %(most)s.") % {"most": most}, field=field)
    return int(text)


def _chosen(value: Any, choices: automation.Choices | None, field: str) -> Any:
    """The choice itself, in its own type: forms send words where a row's id is meant."""
    flat: list[Any] = []
    for code, label in choices() if choices else []:
        flat += [one for one, _name in label] if isinstance(label, list | tuple) else [code]
    for code in flat:
        if str(code) == str(value):
            return code
    raise Invalid(_("Choose one of the listed values."), field=field)


def conditions(given: Mapping[str, Any]) -> dict[str, Any]:
    """By code, empty ones left out. Invalid names every wrong one (`conditions.kinds`)."""
    known, found, errors = automation.conditions(), {}, {}
    for code in given:
        if code not in known:
            errors[f"conditions.{_clean(str(code))[:40]}"] = _("There is no such condition.")
    for code, condition in known.items():
        value = given.get(code)
        if value in (None, "", [], ()):
            continue
        try:
            found[code] = _wanted(condition, value, f"conditions.{code}")
        except Invalid as fault:
            errors |= fault.errors
    _fail(errors)
    return {code: value for code, value in found.items() if value != []}


def _wanted(condition: automation.Condition, value: Any, field: str) -> Any:
    if condition.how == "in":
        values = value if _many(value) else [value]
        return [str(_chosen(one, condition.choices, field)) for one in values]
    if condition.how == "rank":
        return str(_chosen(value, condition.choices, field))
    if condition.how == "is":
        return _chosen(value, lambda: [("yes", ""), ("no", "")], field)
    return _list(value, field) if condition.how in LISTED else _number(value, field)


def actions(given: Mapping[str, Any], where: str) -> dict[str, dict[str, Any]]:
    """By code, those of which nothing is filled in left out. Invalid names every wrong part (`actions.task.title`)."""
    known, errors = automation.actions(where), {}
    found: dict[str, dict[str, Any]] = {}
    for code in given:
        if code not in known:
            errors[f"actions.{_clean(str(code))[:40]}"] = _("There is no such action.")
    for code, action in known.items():
        value = given.get(code)
        if not isinstance(value, Mapping):
            if value is not None:
                errors[f"actions.{code}"] = _("Say what belongs to the action.")
            continue
        parts, wrong = _parts(action, value)
        if any(part not in (None, "", [], False) for part in value.values()):
            errors |= wrong
            found[code] = parts
    _fail(errors)
    return found


def _parts(action: automation.Action, given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    parts, errors = {}, {}
    for name in given:
        if all(param.name != name for param in action.params):
            errors[f"actions.{action.code}.{str(name)[:40]}"] = _("There is no such part of the action.")
    for param in action.params:
        field = f"actions.{action.code}.{param.name}"
        try:
            value = _part(param, given.get(param.name), field)
        except Invalid as fault:
            errors |= fault.errors
            continue
        if value not in (None, "", [], False):
            parts[param.name] = value
        elif param.required and param.sort != "flag":
            errors[field] = _("Fill this in.")
    return parts, errors


def _part(param: Param, value: Any, field: str) -> Any:
    if value in (None, "", [], False):
        return None
    if param.sort == "choice":
        return _chosen(value, param.choices, field)
    if param.sort == "words":
        return _list(value, field)
    if param.sort == "minutes":
        return _number(value, field, param.most)
    if param.sort == "flag":
        return value in (True, "on", "1", "true")
    text = _clean(str(value)).replace("\r\n", "\n").strip()
    if len(text) > param.most:
        found = {"most": param.most, "count": len(text)}
        raise Invalid(_("At most %(most)s characters; this has %(count)s.") % found, field=field)
    return text


def _fail(errors: Mapping[str, Any]) -> None:
    if errors:
        raise Invalid(_("Please look at the marked fields."), errors=dict(errors))
