"""The reply check: reads a reply before it is sent and says what a customer could take amiss, and why.

    check(text, context, lists) -> list[Remark]     apply(text, remark) -> text

Taboo phrases, blame, jargon, over-promising, greeting, thanks, the name, pasted text, mood. It advises and
never blocks. Pure. Doors: check, apply, Remark, ReplyContext, PhraseLists.
"""

from .checking import apply, check
from .shape import Emotion, PhraseLists, Remark, ReplyContext, Severity, Sort

__all__ = ["Emotion", "PhraseLists", "Remark", "ReplyContext", "Severity", "Sort", "apply", "check"]
