"""The emotion of a case: from what the customer says, carried over from what was said before (ESC-3)."""

from shouwen.knowledge.rules import emotion


def of(text: str) -> str:
    """calm, anxious, upset, angry or hostile."""
    return emotion.read(text).level


def after(previous: str, text: str) -> str:
    """The level after `text`, when it was `previous` before: feelings fade slowly and rise at once."""
    level = previous if previous in emotion.LEVELS else emotion.LEVELS[0]
    position = emotion.LEVELS.index(level)
    score = (0.0, *emotion.BOUNDS)[position]
    return emotion.blend(emotion.Emotion(level, score), emotion.read(text)).level
