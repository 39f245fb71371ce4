"""The emotion of a customer's words, from calm to hostile, by lexicon and rules.

Each feeling word has a weight; a negation before it turns it off, a word of degree before it strengthens or
weakens it; exclamation marks, capitals, repetition and waiting told in numbers add to it; thanks and courtesy
take away. The score runs from 0 (calm) to 1 (hostile). It is a hint for the agent, never a verdict, and is
never shown to the customer.
"""

import re
from dataclasses import dataclass
from math import exp
from typing import Literal

from .emotion_words import DEGREES, FEELINGS, INSULTS, NEGATIONS, PRESSING, SOFT, THREATS, Kind

Level = Literal["calm", "anxious", "upset", "angry", "hostile"]

LEVELS: tuple[Level, ...] = ("calm", "anxious", "upset", "angry", "hostile")
BOUNDS = (0.16, 0.36, 0.58, 0.8)
"""Scores from which on a text counts as anxious, upset, angry, hostile. Settled on the sample sentences."""
LONGEST_TEXT = 8_000

_FEELING = re.compile("|".join(f"(?P<g{n}>{pattern})" for n, (pattern, _, _) in enumerate(FEELINGS)), re.I)
_PRESSING = re.compile(PRESSING, re.I)
_INSULT, _THREAT = re.compile(INSULTS, re.I), re.compile(THREATS, re.I)
_SOFT = re.compile(SOFT, re.I)
_NEGATION = re.compile(rf"(?:{NEGATIONS})[^，。！？,.!?\n]{{0,3}}$", re.I)
_DEGREE = re.compile("|".join(f"(?P<d{n}>{pattern})" for n, (pattern, _) in enumerate(DEGREES)), re.I)
_MARKS = re.compile(r"[!！]{2,}|[?？]{2,}|[!！?？]{3,}")
_CAPITALS = re.compile(r"\b[A-Z]{4,}\b(?:[ ,]+\b[A-Z]{2,}\b)+")
_REPEATED = re.compile(r"([\u3400-\u9fff]{1,4})(?:[，,！!、 ]*\1){2,}")


_RULES: tuple[tuple[re.Pattern[str], Kind, float, int], ...] = (
    (_PRESSING, "pressing", 0.28, 3), (_THREAT, "threat", 1.1, 3), (_INSULT, "insult", 1.75, 3),
    (_MARKS, "loud", 0.22, 2), (_CAPITALS, "loud", 0.3, 2), (_REPEATED, "loud", 0.22, 2),
    (_SOFT, "courtesy", -0.16, 3),
)  # fmt: skip
"""Pattern, kind, weight of the first match (later ones count half), how many count at most."""


@dataclass(frozen=True)
class Evidence:
    """Words that moved the score: offsets, the words, and by how much."""

    start: int
    end: int
    words: str
    weight: float
    kind: Kind


@dataclass(frozen=True)
class Emotion:
    """`score` 0 … 1; `level` by BOUNDS; `evidence` in the order of the text."""

    level: Level
    score: float
    evidence: tuple[Evidence, ...] = ()


CALM = Emotion("calm", 0.0)


def level_of(score: float) -> Level:
    return LEVELS[sum(score >= bound for bound in BOUNDS)]


def read(text: str) -> Emotion:
    """The emotion of one message, Chinese or English. Never raises for any text."""
    text = text[:LONGEST_TEXT]
    evidence = [*_feelings(text), *_plain(text)]
    evidence.sort(key=lambda each: each.start)
    total = sum(each.weight for each in evidence)
    score = 1 - exp(-max(0.0, total))
    kinds = {each.kind for each in evidence if each.weight >= _FULL}
    lowest = max((_RANGES[kind][0] for kind in kinds if kind in _RANGES), default=0.0)
    highest = max((_RANGES[kind][1] for kind in kinds if kind in _RANGES), default=BOUNDS[0])
    if total > _OVERFLOWING:
        highest += 0.2
    score = round(min(max(score, lowest), highest - 0.001, 1.0), 4)
    return Emotion(level_of(score), score, tuple(evidence))


_FULL = 0.13
_OVERFLOWING = 4.0
_RANGES: dict[Kind, tuple[float, float]] = {
    "worry": (BOUNDS[0], BOUNDS[1]), "pressing": (0.0, BOUNDS[1] + 0.1), "loud": (0.0, BOUNDS[1]),
    "displeasure": (BOUNDS[0], BOUNDS[2]), "anger": (BOUNDS[1], BOUNDS[3]), "threat": (BOUNDS[2], BOUNDS[3]),
    "insult": (BOUNDS[3], 1.0),
}  # fmt: skip
"""How low and how high a text can come out that holds such a word: many worries do not make an insult."""


def _feelings(text: str) -> list[Evidence]:
    """Feeling words with what stands before them; the second of the same word counts half, and so on."""
    found: list[Evidence] = []
    seen: dict[str, int] = {}
    for match in _FEELING.finditer(text):
        _, kind, weight = FEELINGS[int((match.lastgroup or "g0")[1:])]
        before = text[max(0, match.start() - 8) : match.start()]
        if _NEGATION.search(before):
            continue
        seen[match.group().lower()] = times = seen.get(match.group().lower(), 0) + 1
        weight *= _degree(before) / times
        found.append(Evidence(match.start(), match.end(), match.group(), round(weight, 3), kind))
    return found


def _degree(before: str) -> float:
    """How a word of degree in the few characters before changes a weight; 1 without one."""
    found = list(_DEGREE.finditer(before[-5:]))
    return DEGREES[int((found[-1].lastgroup or "d0")[1:])][1] if found else 1.0


def _plain(text: str) -> list[Evidence]:
    """What counts as it stands: pressure, threats, insults, loudness; and courtesy, which soothes."""
    found: list[Evidence] = []
    for pattern, kind, weight, most in _RULES:
        counted = 0
        for match in pattern.finditer(text):
            if counted == most:
                break
            if weight > 1 and _NEGATION.search(text[max(0, match.start() - 8) : match.start()]):
                continue
            counted += 1
            moved = weight if counted == 1 else weight / 2
            found.append(Evidence(match.start(), match.end(), match.group(), moved, kind))
    return found


_AGAIN = 0.1


def blend(
    previous: Emotion | None, now: Emotion, contacts_today: int = 1, *, repeated: bool = False
) -> Emotion:
    """The emotion of the case after a new message.

    Anger cools slowly: a calm message halves what was there, a stronger one counts at once. Every
    contact of the same day after the second adds 0.05, at most 0.2, when there is any feeling at all:
    who writes five times in a day is not calm. The same words sent again (`repeated`) add 0.1 in any case.
    The evidence stays that of the new message.
    """
    before = previous.score if previous else 0.0
    score = now.score if now.score >= before else 0.5 * now.score + 0.5 * before
    pressing = min(0.2, 0.05 * max(0, contacts_today - 2))
    if score > 0.05 or contacts_today > 4:
        score += pressing
    score += _AGAIN if repeated else 0.0
    score = round(min(1.0, max(0.0, score)), 4)
    return Emotion(level_of(score), score, now.evidence)
