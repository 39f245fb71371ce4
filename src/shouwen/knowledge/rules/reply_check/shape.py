"""What the reply check is told about a reply, and the remarks it makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from shouwen.kernel.errors import Sentence

Sort = Literal[
    "taboo", "blame", "jargon", "over_promise", "greeting", "thanks", "name_overuse", "boilerplate", "mood"
]
Severity = Literal["hint", "advice", "warning"]
Language = Literal["zh", "en", "auto"]
Emotion = Literal["calm", "anxious", "upset", "angry", "hostile"]


@dataclass(frozen=True)
class Remark:
    """One thing worth another look. It never stops a reply from being sent.

    `start` and `end` are character offsets, both 0 when the whole text is meant. `better` is text
    that can stand in
    place of `matched` as it is; None when a person has to think of one. For a greeting or thanks
    that is missing,
    `better` is put in where the offsets say.
    """

    sort: Sort
    start: int
    end: int
    matched: str
    reason: Sentence
    better: str | None = None
    severity: Severity = "advice"


@dataclass(frozen=True)
class ReplyContext:
    """What is known about the reply and the customer it goes to.

    `promise_spans` are the (start, end) of promises that the promise finder found in the text; a
    word such as 马上
    inside one has a due time and is no empty promise. `recent_replies` are this agent's latest sent
    texts, newest
    first, for recognising a text pasted unchanged.
    """

    channel: str = "email"
    customer_name: str = ""
    customer_emotion: Emotion = "calm"
    has_recorded_promise: bool = False
    promise_spans: Sequence[tuple[int, int]] = ()
    is_first_reply: bool = False
    language: Language = "auto"
    recent_replies: Sequence[str] = ()


@dataclass(frozen=True)
class Phrase:
    """A phrase not to be said to a customer.

    `pattern` is a regular expression, `better` ready text (groups of the pattern as \\1), `reason`
    a sentence for
    the agent as an English msgid. `unless_before` and `unless_after` are patterns that make it
    harmless when they
    stand directly before or after it.
    """

    pattern: str
    better: str | None
    reason: str
    unless_before: str = ""
    unless_after: str = ""


@dataclass(frozen=True)
class PhraseLists:
    """An organisation's own words on top of the built-in ones.

    `taboo` and `blame` map a plain phrase to its better wording (None: none known); `jargon` an
    abbreviation to what
    it means in the customer's words. `allowed` phrases are never remarked on.
    """

    taboo: Mapping[str, str | None] = field(default_factory=dict)
    blame: Mapping[str, str | None] = field(default_factory=dict)
    jargon: Mapping[str, str] = field(default_factory=dict)
    allowed: frozenset[str] = frozenset()
    built_in: bool = True
    """False leaves only the organisation's own words."""

    def __hash__(self) -> int:
        return hash((
            tuple(sorted(self.taboo.items(), key=str)), tuple(sorted(self.blame.items(), key=str)),
            tuple(sorted(self.jargon.items())), self.allowed, self.built_in,
        ))  # fmt: skip
