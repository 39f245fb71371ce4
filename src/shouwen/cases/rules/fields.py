"""The own fields of a kind of case: what may stand in them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from shouwen.kernel.errors import N_, Invalid, Sentence

TYPES = ("text", "number", "date", "choice", "flag")


def checked(definitions: Iterable[Mapping[str, Any]], given: Mapping[str, Any]) -> dict[str, Any]:
    """Values by code, in their own types. Invalid names every wrong field (`fields.<code>`), an unknown one too."""
    known = {str(one["code"]): one for one in definitions}
    for code in given:
        if code not in known:
            raise Invalid(Sentence(N_("This kind of case has no such field."), {}), field=f"fields.{code}")
    values: dict[str, Any] = {}
    errors: dict[str, Any] = {}
    for code, one in known.items():
        raw = given.get(code)
        if raw in (None, ""):
            if one.get("required") and code in given:
                errors[f"fields.{code}"] = Sentence(N_("Fill this in."), {})
            continue
        try:
            values[code] = _value(one, raw, f"fields.{code}")
        except Invalid as fault:
            errors |= fault.errors
    if len(errors) == 1:
        raise Invalid(next(iter(errors.values())), field=next(iter(errors)))
    if errors:
        raise Invalid(Sentence(N_("Please look at the marked fields."), {}), errors=errors)
    return values


def _value(one: Mapping[str, Any], raw: Any, field: str) -> Any:
    sort = one.get("type", "text")
    try:
        if sort == "number":
            return float(raw)
        if sort == "date":
            return date.fromisoformat(str(raw)).isoformat()
    except ValueError:
        wanted = N_("Enter a number.") if sort == "number" else N_("Enter a date such as 2026-03-31.")
        raise Invalid(Sentence(wanted, {}), field=field) from None
    if sort == "flag":
        return raw in (True, "on", "1", "true")
    text = str(raw).strip()
    if sort == "choice" and text not in one.get("choices", []):
        raise Invalid(Sentence(N_("Choose one of the listed values."), {}), field=field)
    if len(text) > 1000:
        raise Invalid(
            Sentence(
                N_("At most %(most)s characters; this has %(count)s."), {"most": 1000, "count": len(text)}
            ),
            field=field,
        )
    return text
