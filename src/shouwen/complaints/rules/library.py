"""The case library (CMP-8): what an entry needs, which words find it, which entries are like a complaint. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

from shouwen.complaints.rules import anonymous, facts
from shouwen.kernel.errors import N_, Invalid, Refused, Sentence
from shouwen.kernel.text import tokens

LANGUAGES: Final = ("zh", "en")
PARTS: Final = ("background", "course", "mistakes", "right_way", "lesson", "questions")
LONGEST_PART: Final = 4000
LONGEST_TITLE: Final = 160
MOST_QUESTIONS: Final = 20
JOINING = frozenset(
    "的了着过是在就才又再也都很太还被把给让跟和与及或但而则因所以到从向对来去上下里说想要会能可得有没不别吗呢吧啊嘛我你您他她它们咱这那哪谁几每各个只次人"
)
MOST_MARKS: Final = 200
MOST_ASKED: Final = 120
MOST_WANTED: Final = 12
# Shares of likeness, in points of 100. Words tell most; a tag alone says little, two of three say something.
WORDS, TAG = 70, 10
LEAST_WORDS: Final = 7.0  # points by words alone: a tenth of what was asked is told in the entry
LEAST_TAGS: Final = 2 * TAG
LEAST_COMMON: Final = 2

Texts = Mapping[str, Mapping[str, str]]


def cleaned(texts: Texts) -> dict[str, dict[str, str]]:
    """Titles and parts by language, trimmed; Invalid names each field (`zh_background`). One title is needed."""
    errors: dict[str, Sentence] = {}
    found: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        given = texts.get(language, {})
        found[language] = {}
        for name in ("title", *PARTS):
            value = given.get(name, "").strip()
            most = LONGEST_TITLE if name == "title" else LONGEST_PART
            if len(value) > most:
                errors[f"{language}_{name}"] = Sentence(N_("At most %(most)s characters."), {"most": most})
            found[language][name] = value
        if len(questions(found[language]["questions"])) > MOST_QUESTIONS:
            errors[f"{language}_questions"] = Sentence(
                N_("At most %(most)s lines."), {"most": MOST_QUESTIONS}
            )
    if not any(found[language]["title"] for language in LANGUAGES):
        errors["zh_title"] = Sentence(N_("Fill this in."))
    if errors:
        raise Invalid(Sentence(N_("Please look at the marked fields.")), errors=errors)
    return found


def questions(text: str) -> list[str]:
    """One a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def check_publishable(texts: Texts) -> None:
    """Whole in each language it was begun in, and nobody can be rung up or written to by it."""
    errors: dict[str, Sentence] = {}
    begun = [language for language in LANGUAGES if any(texts[language].values())]
    for language in begun:
        for name in ("title", *PARTS):
            value = texts[language][name]
            if not value:
                errors[f"{language}_{name}"] = Sentence(N_("Fill this in."))
            elif left := anonymous.remains(value):
                errors[f"{language}_{name}"] = Sentence(
                    N_("This still names somebody: %(found)s"), {"found": "、".join(left[:3])}
                )
    if errors:
        raise Invalid(Sentence(N_("Please look at the marked fields.")), errors=errors)


def check_looked_over(looked_over: bool) -> None:
    if not looked_over:
        raise Invalid(
            Sentence(N_("Read it over first: no name, number or address may be left.")), field="looked_over"
        )


def check_source(state: str) -> None:
    if state != "closed":
        raise Refused(Sentence(N_("Only a closed complaint becomes an entry of the case library.")))


def question_of(texts: Texts, number: int) -> str:
    """The question with this number, from 1; the numbers are those of either language."""
    for language in LANGUAGES:
        asked = questions(texts[language].get("questions", ""))
        if 1 <= number <= len(asked):
            return facts.text(asked[number - 1][:1000], "text")
    raise Invalid(Sentence(N_("There is no such question.")), field="number")


# --- finding and likeness --------------------------------------------------------------------------------


def words_of(texts: Texts) -> str:
    """All tokens of an entry once, each between spaces."""
    return _spaced(
        token for language in LANGUAGES for text in texts[language].values() for token in tokens(text)
    )


def marks_of(texts: Texts) -> str:
    """The telling tokens of titles and backgrounds, the first 200 of each language."""
    found: list[str] = []
    for language in LANGUAGES:
        parts = (texts[language].get("title", ""), texts[language].get("background", ""))
        found.extend(telling(*parts, most=MOST_MARKS))
    return _spaced(found)


def _spaced(words: Iterable[str]) -> str:
    return f" {' '.join(dict.fromkeys(words))} "


def telling(*texts: str, most: int = MOST_ASKED) -> list[str]:
    """Pairs of Chinese characters and words of at least two letters, each once. Bare numbers tell nothing, nor does a
    pair with a character that only joins others: it is the end of one word and the beginning of the next."""
    found = dict.fromkeys(
        token
        for text in texts
        for token in tokens(text)
        if len(token) > 1 and not token.isdecimal() and JOINING.isdisjoint(token)
    )
    return list(found)[:most]


def wanted(text: str) -> list[str]:
    """What every entry found must have in its words: each the start of a token. A longer Chinese word is its pairs."""
    found = [token for run in text.split() for token in _pairs(tokens(run))]
    return [f" {token}" for token in dict.fromkeys(found)][:MOST_WANTED]


def _pairs(run: list[str]) -> list[str]:
    """Without the single character at the end of a run of several: it is inside the last pair."""
    return [token for place, token in enumerate(run) if len(token) > 1 or place == 0 or len(run) == 1]


@dataclass(frozen=True)
class Tagged:
    """A complaint, or an entry (`id`), by its telling words and tags."""

    id: int
    words: Collection[str]
    cause: str = ""
    liability: str = ""
    triggers: Collection[str] = ()


@dataclass(frozen=True)
class Like:
    """`points` of 100; `common`: the words both have, the most telling first."""

    id: int
    points: float
    common: tuple[str, ...]
    same_cause: bool
    same_liability: bool
    same_triggers: tuple[str, ...]


def closest(asked: Tagged, entries: Sequence[Tagged], *, most: int = 3) -> list[Like]:
    """The entries most like a complaint, best first.

    A word weighs ln((n + 1) / (k + ½)) where k of the n entries have it: what stands everywhere tells nothing. 70
    points for the share of the complaint's weight found in the entry, 10 each for cause, liability and triggers (the
    share both have of all that either has). An entry is offered for two common words and 7 points by words, or for
    20 points by tags.
    """
    have = [frozenset(entry.words) for entry in entries]
    count: dict[str, int] = {word: sum(word in one for one in have) for word in asked.words}
    weight = {word: log((len(entries) + 1) / (max(k, 1) + 0.5)) for word, k in count.items()}
    whole = sum(value for value in weight.values() if value > 0)
    found = [_like(asked, entry, words, weight, whole) for entry, words in zip(entries, have, strict=True)]
    offered = [like for like in found if like is not None]
    return sorted(offered, key=lambda like: (-like.points, -like.id))[:most]


def _like(
    asked: Tagged, entry: Tagged, have: frozenset[str], weight: Mapping[str, float], whole: float
) -> Like | None:
    common = sorted(
        (word for word in weight if word in have and weight[word] > 0), key=lambda w: (-weight[w], w)
    )
    words = WORDS * sum(weight[word] for word in common) / whole if whole > 0 else 0.0
    cause = bool(asked.cause) and asked.cause == entry.cause
    liability = bool(asked.liability) and asked.liability == entry.liability
    either = {*asked.triggers, *entry.triggers}
    both = tuple(sorted({*asked.triggers} & {*entry.triggers}))
    tags = TAG * (cause + liability + (len(both) / len(either) if either else 0))
    if not (len(common) >= LEAST_COMMON and words >= LEAST_WORDS) and tags < LEAST_TAGS:
        return None
    return Like(entry.id, round(words + tags, 1), tuple(common[:6]), cause, liability, both)
