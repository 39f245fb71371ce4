"""Words of codes that the pages show and the forms offer."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from shouwen.channels import kinds

CHANNELS: Final[list[tuple[str, Any]]] = list(kinds.labels().items())
SPOKEN: Final[list[tuple[str, Any]]] = [("phone", _("Phone")), ("desk", _("Service desk"))]
STATES: Final[list[tuple[str, Any]]] = [
    ("new", _("New")),
    ("open", _("In work")),
    ("waiting", _("Waiting for the customer")),
    ("resolved", _("Resolved, to be confirmed")),
    ("confirmed", _("Confirmed by the customer")),
    ("unconfirmed", _("Closed without confirmation")),
    ("merged", _("Merged")),
]
STATE_TONES: Final = {
    "new": "info",
    "open": "neutral",
    "waiting": "neutral",
    "resolved": "good",
    "confirmed": "good",
    "unconfirmed": "neutral",
    "merged": "neutral",
}
PRIORITIES: Final[list[tuple[int, Any]]] = [(1, _("Urgent")), (2, _("High")), (3, _("Normal")), (4, _("Low"))]
IMPACTS: Final[list[tuple[str, Any]]] = [
    ("1", _("Many people or a whole site")),
    ("2", _("One customer's work stands still")),
    ("3", _("One person, work goes on")),
]
URGENCIES: Final[list[tuple[str, Any]]] = [("1", _("Now")), ("2", _("Today")), ("3", _("It can wait"))]
DIMENSIONS: Final[list[tuple[str, Any]]] = [
    ("appearance", _("Appearance")),
    ("attitude", _("Attitude")),
    ("timeliness", _("Timely feedback")),
    ("expertise", _("Expertise")),
    ("integrity", _("Integrity")),
]
LEVELS: Final[list[tuple[str, str]]] = [(str(n), str(n)) for n in range(1, 6)]
_BY: Final[dict[str, Any]] = {
    "phone": _("On the phone"),
    "desk": _("Face to face"),
    "email": _("By mail"),
    "web": _("On the web"),
}
HOWS: Final[list[tuple[str, Any]]] = [
    *_BY.items(),
    *((code, label) for code, label in CHANNELS if code not in {*_BY, "internal"}),
]
TASK_TONES: Final = {
    "asked": "info",
    "accepted": "info",
    "delivered": "accent",
    "returned": "warn",
    "approved": "good",
    "rejected": "bad",
    "cancelled": "neutral",
}
EXPECTATION_TONES: Final = {
    "reasonable": "good",
    "too_high": "warn",
    "mistaken": "warn",
    "unreasonable": "bad",
}
SPANS: Final[list[tuple[str, Any]]] = [
    ("30", _("Half an hour")),
    ("60", _("1 working hour")),
    ("120", _("2 working hours")),
    ("240", _("4 working hours")),
    ("480", _("8 working hours")),
    ("960", _("16 working hours")),
    ("1440", _("24 working hours")),
    ("2400", _("40 working hours")),
]
