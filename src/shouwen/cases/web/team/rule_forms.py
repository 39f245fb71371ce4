"""The forms of rules and macros, drawn from what the rooms registered: a field for each condition and each part."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from shouwen.platform import automation
from shouwen.platform.web import Input

LONG = 6_000
CHECKED = frozenset({"in"})


def conditions_given(form: Input) -> dict[str, Any]:
    return {
        code: form.many(f"conditions.{code}")
        if one.how in CHECKED
        else form.text(f"conditions.{code}", limit=LONG)
        for code, one in automation.conditions().items()
    }


def actions_given(form: Input, where: str) -> dict[str, dict[str, str]]:
    return {
        code: {one.name: form.text(f"actions.{code}.{one.name}", limit=LONG) for one in action.params}
        for code, action in automation.actions(where).items()
    }


def condition_fields(request: HttpRequest, stored: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the page draws, in the registry's order: what was typed, else what is stored."""
    fields = []
    for code, one in automation.conditions().items():
        name = f"conditions.{code}"
        value = _words(stored.get(code, ""))
        if one.how in CHECKED:
            value = stored.get(code, [])
        if request.method == "POST":
            value = request.POST.getlist(name) if one.how in CHECKED else request.POST.get(name, "")
        choices = one.choices() if one.choices else []
        fields.append(
            {
                "name": name,
                "label": one.label,
                "how": one.how,
                "value": value,
                "choices": choices,
                "unit": one.unit,
            }
        )
    return fields


def action_fields(request: HttpRequest, stored: Mapping[str, Any], where: str) -> list[dict[str, Any]]:
    cards = []
    for code, action in automation.actions(where).items():
        parts = []
        for one in action.params:
            name = f"actions.{code}.{one.name}"
            value = _words(stored.get(code, {}).get(one.name, ""))
            if request.method == "POST":
                value = request.POST.get(name, "")
            choices = one.choices() if one.choices else []
            parts.append({"name": name, "param": one, "value": value, "choices": choices})
        cards.append(
            {
                "code": code,
                "label": action.label,
                "icon": action.icon,
                "parts": parts,
                "filled": any(part["value"] for part in parts),
            }
        )
    return cards


def _words(value: Any) -> Any:
    if isinstance(value, list):
        return "、".join(map(str, value))
    return value
