"""How channels, states, levels and dimensions read on screens."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.cases.models import State, TaskState, Trigger
from shouwen.cases.queries.kinds import active_kinds, kind_label
from shouwen.channels import kinds
from shouwen.promises import queries as promises
from shouwen.promises.rules.satisfaction import DIMENSIONS

CHANNELS: dict[str, Any] = kinds.labels()
CHANNEL_ICONS = kinds.icons()
STATE_TONES = {
    "new": "info",
    "open": "info",
    "waiting": "neutral",
    "resolved": "warn",
    "confirmed": "good",
    "unconfirmed": "neutral",
    "merged": "neutral",
}
TASK_TONES = {
    "asked": "info",
    "accepted": "info",
    "delivered": "warn",
    "returned": "bad",
    "approved": "good",
    "rejected": "bad",
    "cancelled": "neutral",
}
DIMENSION_LABELS: dict[str, Any] = {
    "appearance": (_("Appearance"), _("Places, people, pages: neat and clear")),
    "attitude": (_("Attitude"), _("Friendly, patient, respectful")),
    "timeliness": (_("Timely feedback"), _("Quick answers, no chasing")),
    "expertise": (_("Expertise"), _("They knew what they were doing")),
    "integrity": (_("Integrity"), _("What was promised was done")),
}
TOLD: list[tuple[Any, Any]] = [  # whom a rule tells
    ("owner", _("The owner")),
    ("team", _("The team")),
    ("supervisors", _("The team's supervisors")),
]
LEVEL_WORDS = (_("Very poor"), _("Poor"), _("Fair"), _("Good"), _("Very good"))


def channel_label(code: str) -> Any:
    return CHANNELS.get(code, code)


def channel_choices(codes: Any = None) -> list[tuple[str, Any]]:
    return [(code, CHANNELS[code]) for code in (codes or CHANNELS)]


def kind_choices() -> list[tuple[str, str]]:
    return [(kind.code, kind_label(kind.code)) for kind in active_kinds()]


def state_label(code: str) -> Any:
    return dict(State.choices).get(code, code)


def task_state_label(code: str) -> Any:
    return dict(TaskState.choices).get(code, code)


def trigger_label(code: str) -> Any:
    return dict(Trigger.choices).get(code, code)


def dimensions() -> list[tuple[str, Any, Any]]:
    """Code, name and what it means, in the order they are always asked."""
    return [(code, *DIMENSION_LABELS[code]) for code in DIMENSIONS]


def clock_label(sort: str) -> Any:
    return _("Promise") if sort == "promise" else promises.sort_label(sort)
