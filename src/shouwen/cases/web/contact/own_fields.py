"""The own fields of a kind of case on a form: named `field.<kind>.<code>`, only the chosen kind's are read."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from shouwen.cases import queries
from shouwen.platform.web import Input


def shown(request: HttpRequest) -> list[dict[str, Any]]:
    """Kinds that have own fields, with what was typed into them."""
    chinese = (get_language() or "zh").startswith("zh")
    return [
        {
            "code": kind.code,
            "label": queries.kind_label(kind.code),
            "fields": [_field(request, kind.code, one, chinese) for one in kind.fields],
        }
        for kind in queries.active_kinds()
        if kind.fields
    ]


def _field(request: HttpRequest, kind: str, one: dict[str, Any], chinese: bool) -> dict[str, Any]:
    name = f"field.{kind}.{one['code']}"
    return {
        "name": name,
        "error_name": f"fields.{one['code']}",
        "label": one["label"] if chinese else one.get("label_en") or one["label"],
        "type": one.get("type", "text"),
        "required": bool(one.get("required")),
        "choices": [(choice, choice) for choice in one.get("choices", [])],
        "value": request.POST.get(name, ""),
    }


def given(form: Input, kind: str) -> dict[str, str]:
    """Values by code as they were typed; the service checks them."""
    found = queries.kinds().get(kind)
    return {
        one["code"]: form.text(f"field.{kind}.{one['code']}", limit=1000)
        for one in (found.fields if found else [])
    }
