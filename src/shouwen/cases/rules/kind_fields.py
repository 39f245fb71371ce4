"""Defining the own fields of a kind of case, and the conditions of an intake rule."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from shouwen.cases.rules.fields import TYPES
from shouwen.kernel.errors import N_, Invalid, Sentence

CODE = re.compile(r"[a-z][a-z0-9_]{0,29}")
RESERVED = frozenset(
    {"acknowledged", "expectation_notice", "help"}
)  # kept by the product itself beside the own fields
MOST_FIELDS, MOST_CHOICES, MOST_WORDS = 20, 40, 100


def check_code(code: str, field: str) -> str:
    if not CODE.fullmatch(code) or code in RESERVED:
        raise Invalid(
            Sentence(N_("A code begins with a small letter; then letters, digits and _ (30 at most).")),
            field=field,
        )
    return code


def definitions(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of the editor as they are stored. Rows without a code and a label are left out.

    Invalid names the row and column: `fields-2-choices`.
    """
    found: list[dict[str, Any]] = []
    for number, row in enumerate(rows):
        code, label = str(row.get("code", "")).strip(), str(row.get("label", "")).strip()
        if code or label:
            found.append(_definition(number, row, code, label, {one["code"] for one in found}))
    if len(found) > MOST_FIELDS:
        raise Invalid(
            Sentence(N_("At most %(most)s fields."), {"most": MOST_FIELDS}),
            field=f"fields-{MOST_FIELDS}-code",
        )
    return found


def _definition(
    number: int, row: Mapping[str, Any], code: str, label: str, taken: set[str]
) -> dict[str, Any]:
    check_code(code, f"fields-{number}-code")
    if code in taken:
        raise Invalid(Sentence(N_("This code is there twice.")), field=f"fields-{number}-code")
    if not label or len(label) > 60:
        raise Invalid(Sentence(N_("A label has 1 to 60 characters.")), field=f"fields-{number}-label")
    sort = str(row.get("type") or "text")
    if sort not in TYPES:
        raise Invalid(Sentence(N_("Choose one of the listed values.")), field=f"fields-{number}-type")
    choices = listed(str(row.get("choices", "")), MOST_CHOICES, f"fields-{number}-choices")
    if sort == "choice" and len(choices) < 2:
        raise Invalid(Sentence(N_("Give at least two choices.")), field=f"fields-{number}-choices")
    made: dict[str, Any] = {
        "code": code,
        "label": label,
        "label_en": str(row.get("label_en", "")).strip()[:60],
        "type": sort,
        "required": bool(row.get("required")),
    }
    return {**made, "choices": choices} if sort == "choice" else made


def listed(text: str, most: int, field: str) -> list[str]:
    """Words one a line or between commas, each once, in their order."""
    parts = [" ".join(part.split())[:60] for part in re.split(r"[\n,，、;；]+", text)]
    found = list(dict.fromkeys(part for part in parts if part))
    if len(found) > most:
        raise Invalid(Sentence(N_("At most %(most)s at once."), {"most": most}), field=field)
    return found
