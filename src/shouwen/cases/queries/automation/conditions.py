"""What a rule may ask of a case. Rooms above register their own beside these."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.cases.models import State
from shouwen.cases.queries import labels
from shouwen.cases.queries.feelings import LEVELS
from shouwen.cases.queries.kinds import kind_label, kinds
from shouwen.people import queries as people
from shouwen.platform.automation import Condition, register_condition

PRIORITIES: list[tuple[int, Any]] = [(1, _("Urgent")), (2, _("High")), (3, _("Normal")), (4, _("Low"))]
TIERS = [(letter, letter) for letter in "ABCD"]


def kind_choices() -> list[tuple[str, str]]:
    return [(code, kind_label(code)) for code in kinds()]


def team_choices() -> list[tuple[int, str]]:
    return [(team.pk, team.name) for team in people.teams()]


def _states() -> list[tuple[str, Any]]:
    return [choice for choice in State.choices if choice[0] != State.MERGED]


CONDITIONS = (
    Condition("kinds", _("Kind is one of"), "in", lambda seen: seen.case.kind, kind_choices),
    Condition(
        "priorities", _("Priority is one of"), "in", lambda seen: seen.case.priority, lambda: PRIORITIES
    ),
    Condition("states", _("State is one of"), "in", lambda seen: seen.case.state, _states),
    Condition("channels", _("Came by one of"), "in", lambda seen: seen.case.channel, labels.channel_choices),
    Condition("tiers", _("Customer's tier is one of"), "in", lambda seen: seen.case.tier, lambda: TIERS),
    Condition("teams", _("Team is one of"), "in", lambda seen: seen.case.team_id, team_choices),
    Condition("owned", _("Has an owner"), "is", lambda seen: seen.case.owner_id is not None),
    Condition(
        "emotion", _("Customer's emotion is at least"), "rank", lambda seen: seen.case.emotion, lambda: LEVELS
    ),
    Condition(
        "words",
        _("Subject or newest message holds one of"),
        "words",
        lambda seen: f"{seen.case.subject_line.lower()}\n{seen.message}",
    ),
    Condition(
        "subject_words", _("Subject holds one of"), "words", lambda seen: seen.case.subject_line.lower()
    ),
    Condition("message_words", _("Newest message holds one of"), "words", lambda seen: seen.message),
    Condition("tags", _("Has one of these tags"), "any", lambda seen: seen.case.tags),
    Condition("no_tags", _("Has none of these tags"), "none", lambda seen: seen.case.tags),
    Condition("fields", _("Own fields"), "pairs", lambda seen: seen.case.fields),
    Condition("age_least", _("Open for at least"), "least", lambda seen: seen.age, unit=_("minutes")),
    Condition("age_most", _("Open for at most"), "most", lambda seen: seen.age, unit=_("minutes")),
    Condition(
        "waiting_least",
        _("The customer has waited for us at least"),
        "least",
        lambda seen: seen.waiting,
        unit=_("minutes"),
    ),
    Condition(
        "overdue_least",
        _("A promise is overdue by at least"),
        "least",
        lambda seen: seen.overdue,
        unit=_("minutes"),
    ),
    Condition(
        "level_least", _("Escalated to level at least"), "least", lambda seen: seen.case.escalation_level
    ),
    Condition(
        "handoffs_least", _("Handed over at least so often"), "least", lambda seen: seen.case.handoff_count
    ),
    Condition(
        "reopened_least", _("Reopened at least so often"), "least", lambda seen: seen.case.reopen_count
    ),
)


def register() -> None:
    for condition in CONDITIONS:
        register_condition(condition)
