"""Why a value was not accepted, in the asker's language: what pydantic says in English, said in our words."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from shouwen.kernel.errors import N_

TEXT = N_("A text is expected.")
NUMBER = N_("A whole number is expected.")
TOO_LARGE = N_("The number is too large.")
YES_OR_NO = N_("true or false is expected.")
DAY = N_("A date such as 2026-10-01 is expected.")
MOMENT = N_("A date and time such as 2026-10-01T09:00:00+08:00 is expected.")
OBJECT = N_("An object with names and values is expected.")
LIST = N_("A list is expected.")
DECIMAL = N_("A number is expected.")
ONE_OF = N_("One of these is expected: %(expected)s")

SENTENCES: Mapping[str, str] = {
    "missing": N_("This is missing."),
    "extra_forbidden": N_("There is no such field here."),
    "string_type": TEXT,
    "string_unicode": N_("This is not readable as UTF-8."),
    "string_too_short": N_("At least %(min_length)s characters are needed."),
    "string_too_long": N_("At most %(max_length)s characters are allowed."),
    "string_pattern_mismatch": N_("This is not written as expected: %(pattern)s"),
    "int_type": NUMBER,
    "int_parsing": NUMBER,
    "int_from_float": NUMBER,
    "int_parsing_size": TOO_LARGE,
    "float_type": DECIMAL,
    "float_parsing": DECIMAL,
    "finite_number": DECIMAL,
    "decimal_type": DECIMAL,
    "decimal_parsing": DECIMAL,
    "decimal_max_places": N_("At most %(decimal_places)s decimal places are allowed."),
    "bool_type": YES_OR_NO,
    "bool_parsing": YES_OR_NO,
    "date_type": DAY,
    "date_parsing": DAY,
    "date_from_datetime_parsing": DAY,
    "date_from_datetime_inexact": DAY,
    "datetime_type": MOMENT,
    "datetime_parsing": MOMENT,
    "datetime_from_date_parsing": MOMENT,
    "datetime_object_invalid": MOMENT,
    "timezone_aware": MOMENT,
    "list_type": LIST,
    "dict_type": OBJECT,
    "model_type": OBJECT,
    "model_attributes_type": OBJECT,
    "greater_than": N_("Must be greater than %(gt)s."),
    "greater_than_equal": N_("Must be at least %(ge)s."),
    "less_than": N_("Must be less than %(lt)s."),
    "less_than_equal": N_("Must be at most %(le)s."),
    "too_short": N_("At least %(min_length)s entries are needed."),
    "too_long": N_("At most %(max_length)s entries are allowed."),
    "literal_error": ONE_OF,
    "enum": ONE_OF,
}


def reason(found: Mapping[str, Any]) -> str:
    """One of pydantic's findings as a sentence; what our own checks raised says itself, already translated."""
    given = found.get("ctx") or {}
    if found.get("type") == "value_error":
        return str(given.get("error", ""))
    text = SENTENCES.get(str(found.get("type", "")))
    if text is None:
        return _("This is not accepted: %(why)s") % {"why": str(found.get("msg", ""))}
    if "expected" in given:
        given = {"expected": re.sub(r" or (?='[^']*'$|\d+$)", ", ", str(given["expected"]))}
    return _(text) % given if given else _(text)
