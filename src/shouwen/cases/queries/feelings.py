"""How a customer has felt in the course of a case, and what helps (ESC-3). For colleagues only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouwen.cases.models import Case, FeelingMark
from shouwen.channels import queries as channels
from shouwen.knowledge.rules import emotion, manner

MOST = 12
LEVELS: list[tuple[str, Any]] = [
    ("calm", gettext_lazy("Calm")),
    ("anxious", gettext_lazy("Anxious")),
    ("upset", gettext_lazy("Upset")),
    ("angry", gettext_lazy("Angry")),
    ("hostile", gettext_lazy("Hostile")),
]
STYLES: list[tuple[str, Any]] = [
    ("expressive", gettext_lazy("Expressive: wants to be heard")),
    ("exacting", gettext_lazy("Exacting: wants it right")),
    ("forceful", gettext_lazy("Forceful: wants it done")),
]


@dataclass(frozen=True, slots=True)
class Step:
    """One point of the trend: a message that was read, or a colleague's mark."""

    at: datetime
    level: str
    words: str
    by: str = ""
    """Who marked it; empty when it was read from the words."""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feelings:
    level: str
    style: str
    steps: list[Step]
    """The oldest first."""
    helps: list[str]
    avoid: list[str]


def feelings_of(case: Case) -> Feelings:
    """The course of the mood, and advice for mood and style as they are now."""
    marks = list(FeelingMark.objects.filter(case=case).select_related("marked_by")[:MOST])
    said = [m for m in channels.messages_of(case.subject) if m.direction == "inbound" and not m.automatic]
    steps = [_read(message) for message in said[-MOST:]]
    steps += [
        Step(mark.marked_at, mark.level, mark.note, mark.marked_by.name if mark.marked_by else "—")
        for mark in marks
    ]
    steps.sort(key=lambda step: step.at)
    style = next((mark.style for mark in marks if mark.style), "")
    advice = manner.guidance(case.emotion, style)
    return Feelings(
        case.emotion,
        style,
        steps[-MOST:],
        [_(each) for each in advice.helps],
        [_(each) for each in advice.avoid],
    )


def _read(message: Any) -> Step:
    found = emotion.read(message.text[:2000])
    moved = [each.words.strip() for each in found.evidence if each.weight > 0 and each.words.strip()]
    return Step(message.at, found.level, message.text[:120], evidence=tuple(dict.fromkeys(moved))[:5])
