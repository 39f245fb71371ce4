"""Choices that several forms offer."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.complaints.queries import choices as known
from shouwen.complaints.web.forms import Field

LEVELS = [(1, _("small")), (2, _("middling")), (3, _("great"))]
YES_NO = [("no", _("No")), ("yes", _("Yes"))]


def reason(
    label: Any, *, required: bool = True, rows: int = 3, name: str = "reason", hint: Any = ""
) -> Field:
    return Field(name, label, "area", required=required, limit=2000, rows=rows, help=hint)


def colleagues(name: str, label: Any, value: Any, *, blank: bool, hint: Any = "") -> Field:
    offered = known.colleagues()
    return Field(
        name,
        label,
        "ident",
        value=value or "",
        choices=[("", _("Nobody in particular")), *offered] if blank else offered,
        required=not blank,
        help=hint,
    )
