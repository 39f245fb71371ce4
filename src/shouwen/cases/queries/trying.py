"""Trying an intake rule on what really came in, before it decides anything."""

from dataclasses import dataclass, field

from shouwen.cases.models import Case, CaseKind, IntakeRule
from shouwen.cases.queries.one import visible_to
from shouwen.cases.rules.intake import Rule, hits
from shouwen.channels.models import Message
from shouwen.platform.access import Actor

LAST = 500
SAMPLE = 12


@dataclass(frozen=True)
class Tried:
    """How many of the last `looked_at` cases the rule would have hit, with the newest of them."""

    looked_at: int
    hit: int
    sample: list[Case] = field(default_factory=list)

    @property
    def share(self) -> int:
        """Per cent, rounded."""
        return round(100 * self.hit / self.looked_at) if self.looked_at else 0


def as_rule(row: IntakeRule) -> Rule:
    return Rule(
        row.pk or 0,
        tuple(word.lower() for word in row.words),
        frozenset(row.channels),
        frozenset(row.tiers),
    )


def tried(row: IntakeRule, actor: Actor, last: int = LAST) -> Tried:
    """Two questions: the newest cases, and the first words of each."""
    cases = list(visible_to(actor).select_related("customer").order_by("-id")[:last])
    said: dict[int, str] = {}
    rows = Message.objects.filter(
        subject_kind="case", subject_id__in=[case.pk for case in cases], direction="inbound"
    )
    for pk, text in rows.order_by("-id").values_list("subject_id", "text"):
        said[pk] = text
    rule = as_rule(row)
    found = [
        case
        for case in cases
        if hits(
            rule, f"{case.subject_line}\n{said.get(case.pk, '')[:10_000]}".lower(), case.channel, case.tier
        )
    ]
    return Tried(len(cases), len(found), found[:SAMPLE])


def all_rules() -> list[IntakeRule]:
    return list(IntakeRule.objects.select_related("team").order_by("position", "id"))


def all_kinds() -> list[CaseKind]:
    return list(CaseKind.objects.order_by("position", "id"))


def kind(kind_id: int) -> CaseKind | None:
    return CaseKind.objects.filter(pk=kind_id).first()


def rule(rule_id: int) -> IntakeRule | None:
    return IntakeRule.objects.select_related("team").filter(pk=rule_id).first()
