"""The reply check with the organisation's own lists, and its figures."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup, escape

from shouwen.kernel.errors import Sentence
from shouwen.knowledge.models import CheckTally
from shouwen.knowledge.queries.lists import own_phrases
from shouwen.knowledge.rules import asked
from shouwen.knowledge.rules.reply_check import Remark, ReplyContext, apply, check

SORTS: dict[str, Any] = {
    "taboo": _("Taboo phrase"),
    "blame": _("Blame"),
    "jargon": _("Words of ours"),
    "over_promise": _("Over-promising"),
    "greeting": _("Greeting"),
    "thanks": _("Thanks or apology"),
    "name_overuse": _("Name too often"),
    "boilerplate": _("Pasted text"),
    "mood": _("Mood"),
}
OWN_REASON = "%(reason)s"


def check_reply(text: str, context: ReplyContext | None = None) -> list[Remark]:
    """What a customer could take amiss in `text`; whole-text remarks first, then in the order of the text."""
    own = own_phrases()
    return [
        _with_own_reason(remark, own.reasons) for remark in check(text, context or ReplyContext(), own.lists)
    ]


def _with_own_reason(remark: Remark, reasons: dict[str, str]) -> Remark:
    if remark.sort not in {"taboo", "blame"} or not reasons:
        return remark
    reason = reasons.get(remark.matched.lower())
    return replace(remark, reason=Sentence(OWN_REASON, {"reason": reason})) if reason else remark


def better(text: str, remark: Remark) -> str:
    """`text` with a remark's better wording put in; unchanged when there is none."""
    return apply(text, remark)


def said(sentence: Sentence) -> str:
    """A reason in the reader's language. The name of an emotion inside it is a word to translate too."""
    params = {
        name: gettext(value) if name == "emotion" and isinstance(value, str) else value
        for name, value in sentence.params.items()
    }
    text = gettext(sentence.msgid)
    return text % params if params else text


def shown(text: str, remark: Remark, *, utf16: bool = False) -> dict[str, Any]:
    """A remark for JSON. `insert_at` says where `better` goes when the remark is about the whole text.

    With `utf16` offsets count as a browser counts.
    """
    whole = remark.end == 0
    place = asked.insert_at(text, remark.better, apply(text, remark)) if whole and remark.better else None
    offsets = {"start": remark.start, "end": remark.end, "insert_at": place}
    if utf16:
        offsets = {name: None if at is None else asked.to_utf16(text, at) for name, at in offsets.items()}
    return {
        "sort": remark.sort,
        "label": str(SORTS[remark.sort]),
        "severity": remark.severity,
        "matched": remark.matched,
        "reason": said(remark.reason),
        "better": remark.better,
        **offsets,
    }


@dataclass(frozen=True)
class CheckFigures:
    replies: int
    remarks: list[tuple[str, str, int]]
    """(sort, label, how many), the most frequent first."""

    @property
    def bars(self) -> list[tuple[str, int, None, str]]:
        """For a bar chart: label, value, no link, text."""
        return [(label, count, None, str(count)) for _sort, label, count in self.remarks]

    @property
    def per_reply(self) -> float | None:
        """Remarks a reply, 0 upwards; None when nothing was sent."""
        return sum(count for _sort, _label, count in self.remarks) / self.replies if self.replies else None


def check_figures(*, since: date, until: date, staff_id: int | None = None) -> CheckFigures:
    """What sent replies still held, by sort, from a day to a day (both included)."""
    rows = CheckTally.objects.filter(day__gte=since, day__lte=until)
    if staff_id is not None:
        rows = rows.filter(staff_id=staff_id)
    counted = Counter(dict(rows.values("sort").annotate(n=Sum("found")).values_list("sort", "n")))
    replies = counted.pop("", 0)
    remarks = [(sort, str(SORTS.get(sort, sort)), count) for sort, count in counted.most_common()]
    return CheckFigures(replies, remarks)


def underlined(text: str, remarks: Sequence[Remark]) -> Markup:
    """`text` escaped, with the places of remarks marked by their sort."""
    parts, at = [], 0
    for remark in sorted(remarks, key=lambda one: one.start):
        if remark.end > remark.start >= at:
            words = text[remark.start : remark.end]
            parts += [
                escape(text[at : remark.start]),
                Markup('<mark class="finding finding-{}">{}</mark>').format(
                    remark.sort.replace("_", ""), words
                ),
            ]
            at = remark.end
    return Markup("").join([*parts, escape(text[at:])])
