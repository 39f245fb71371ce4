"""Reading a new contact: the first rule that says something about a field decides it."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Rule:
    id: int
    words: tuple[str, ...]
    channels: frozenset[str]
    tiers: frozenset[str]
    kind: str = ""
    impact: int | None = None
    urgency: int | None = None
    team_id: int | None = None
    tags: tuple[str, ...] = ()


@dataclass
class Proposal:
    kind: str = ""
    impact: int | None = None
    urgency: int | None = None
    team_id: int | None = None
    tags: list[str] = field(default_factory=list)
    rule_ids: list[int] = field(default_factory=list)


def hits(rule: Rule, text: str, channel: str, tier: str) -> bool:
    """`text` lower-cased. No words, no channels, no tiers: the rule holds for everything."""
    if rule.channels and channel not in rule.channels:
        return False
    if rule.tiers and tier not in rule.tiers:
        return False
    return not rule.words or any(word in text for word in rule.words)


def propose(rules: Iterable[Rule], *, subject: str, text: str, channel: str, tier: str) -> Proposal:
    said = f"{subject}\n{text[:10_000]}".lower()
    proposal = Proposal()
    for rule in rules:
        if not hits(rule, said, channel, tier):
            continue
        proposal.rule_ids.append(rule.id)
        proposal.kind = proposal.kind or rule.kind
        proposal.impact = proposal.impact if proposal.impact is not None else rule.impact
        proposal.urgency = proposal.urgency if proposal.urgency is not None else rule.urgency
        proposal.team_id = proposal.team_id if proposal.team_id is not None else rule.team_id
        proposal.tags += [tag for tag in rule.tags if tag not in proposal.tags]
    return proposal
