"""What helps, and what to avoid, with a customer in this mood and of this style (ESC-3). Pure.

The styles are the three of the course: expressive people want to be heard, exacting people want it right,
forceful people want it done. Advice is a list of English msgids; pages translate them.
"""

from dataclasses import dataclass
from typing import Literal

from shouwen.kernel.errors import N_

from .emotion import LEVELS, Level

Style = Literal["", "expressive", "exacting", "forceful"]
STYLES: tuple[Style, ...] = ("expressive", "exacting", "forceful")


@dataclass(frozen=True)
class Guidance:
    """`helps` and `avoid` are msgids, the most useful first."""

    helps: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()


_BY_LEVEL: dict[Level, Guidance] = {
    "calm": Guidance(
        (N_("Answer the question first, then say what follows."),),
        (N_("Long explanations nobody asked for."),),
    ),
    "anxious": Guidance(
        (
            N_("Say at once that you have it, and when they will hear from you."),
            N_("Tell every step, even when nothing has changed."),
        ),
        (N_("\"As soon as possible\": name a time instead."), N_("Silence until everything is done.")),
    ),
    "upset": Guidance(
        (
            N_("Let them finish; say back what went wrong in their words."),
            N_("Say sorry for what they had to put up with, before any reason."),
            N_("Name the one person who now looks after it: you."),
        ),
        (N_("Reasons and rules first."), N_("Asking again for what they have told already.")),
    ),
    "angry": Guidance(
        (
            N_("Call rather than write, calmly and a little slower than they speak."),
            N_("Agree with what is true in it, and say so."),
            N_("Offer two ways to go on and let them choose."),
            N_("Keep the next promise to the minute."),
        ),
        (N_("\"Calm down\", and any word about their tone."), N_("Cheerful signs and set phrases."), N_("Passing them on."))
    ),
    "hostile": Guidance(
        (
            N_("Stay polite and brief; keep to the facts and write them down."),
            N_("Ask a colleague or your supervisor to listen in."),
            N_("When they threaten, say once what you will do, and report it."),
        ),
        (N_("Answering in kind, or arguing who is right."), N_("Meeting them alone, or promising what you may not.")),
    ),
}  # fmt: skip
_BY_STYLE: dict[Style, Guidance] = {
    "expressive": Guidance(
        (
            N_("Give them time and show that you feel with them."),
            N_("Speak of people and of how it will be."),
        ),
        (N_("Cold, short sentences."), N_("Lists of figures.")),
    ),
    "exacting": Guidance(
        (
            N_("Bring facts, dates and numbers, in writing and in order."),
            N_("Say what you do not know yet, and when you will."),
        ),
        (N_("About, perhaps, soon."), N_("Being hurried or familiar.")),
    ),
    "forceful": Guidance(
        (
            N_("Start with the result, then the choice they have."),
            N_("Be quick, keep it short, keep your word."),
        ),
        (N_("Going round the matter."), N_("Contradicting them before others.")),
    ),
}


def guidance(level: str, style: str = "") -> Guidance:
    """Advice for the mood, then for the style; unknown words count as calm and no style."""
    mood = _BY_LEVEL[level if level in LEVELS else "calm"]
    manner = _BY_STYLE[style] if style in _BY_STYLE else Guidance()
    return Guidance(mood.helps + manner.helps, mood.avoid + manner.avoid)
