"""What a fresh installation starts with: the path with its clocks, four explanations, a careful authority matrix."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from shouwen.complaints.models import (
    AuthorityLimit,
    EntryState,
    ExplanationTemplate,
    LibraryEntry,
    StageSetting,
)
from shouwen.complaints.rules import library
from shouwen.complaints.services.library import written
from shouwen.complaints.services.threat_furnishing import furnish_threats

LIBRARY = Path(__file__).parent.parent / "library"
_FRONT = ["account_manager", "agent", "chief", "desk", "supervisor"]
_JUDGES = ["account_manager", "agent", "chief", "supervisor"]
_LEADERS = ["chief", "supervisor"]
# working minutes; the first two follow the usual "at once, and within a working day", the others are a start
STAGES: tuple[tuple[str, int, list[str]], ...] = (
    ("received", 240, _FRONT),
    ("acknowledged", 480, _FRONT),
    ("facts", 1440, _FRONT),
    ("nature", 480, _JUDGES),
    ("explained", 480, _FRONT),
    ("proposed", 480, _FRONT),
    ("agreed", 1440, _JUDGES),
    ("carried_out", 2400, _FRONT),
    ("confirmed", 2400, _FRONT),
    ("reviewed", 4800, _LEADERS),
)
# role, remedy, at once, altogether a month; minor units
LIMITS: tuple[tuple[str, str, int, int], ...] = tuple(
    (role, remedy, each * share // 100, 10 * each * share // 100)
    for role, each in (
        ("agent", 20_000),
        ("account_manager", 200_000),
        ("supervisor", 300_000),
        ("chief", 5_000_000),
    )
    for remedy, share in (("refund", 100), ("waiver", 100), ("replacement", 100), ("compensation", 50))
)
_ZH = {
    "ours": (
        "{customer}您好，关于您反映的事情（{reference}），我们查清了：{reasons}\n"
        "这是我们的责任，我们向您道歉。接下来我们会把它改正过来，也会改掉造成它的原因。",
        "先承认，再道歉，然后说怎么改；不解释理由，不说“但是”。",
    ),
    "theirs_proven": (
        "{customer}您好，为了把您的事情（{reference}）弄清楚，我们一起看过了这些记录：{reasons}\n"
        "依据是：{bases}\n怎样能让这件事对您不再是麻烦，我们一起想办法。",
        "把证据摆出来请客户一起看，不说“是您的错”，给对方留面子。",
    ),
    "theirs_unproven": (
        "{customer}您好，关于您反映的事情（{reference}），到现在为止我们查到的是：{reasons}\n"
        "过去的经过已经很难还原，我们更愿意和您一起看接下来怎么办，让它不再发生。",
        "没有证据就不争是非，往前看：接下来怎么做。",
    ),
    "cannot_be_met": (
        "{customer}您好，我们理解您为什么提出这个要求（{reference}）。{reasons}\n"
        "依据是：{bases}\n所以这一点我们做不到，但下面这些办法我们可以做到，请您看看哪一种合适。",
        "先说理解，再说规定本身，最后给出别的办法；不只说“不行”。",
    ),
}
_EN = {
    "ours": (
        "Dear {customer}, about what you told us ({reference}), this is what we found: {reasons}\n"
        "It is our fault, and we are sorry. We are putting it right, and what caused it too.",
        "Admit, apologise, say how it is mended; no reasons, no “but”.",
    ),
    "theirs_proven": (
        "Dear {customer}, to be clear about your matter ({reference}) we looked at these records: {reasons}\n"
        "It rests on: {bases}\nLet us see together how this stops being a trouble to you.",
        "Lay the evidence open and look at it together; never “it is your fault”.",
    ),
    "theirs_unproven": (
        "Dear {customer}, about what you told us ({reference}), this is as far as we could find out: {reasons}\n"
        "What happened can hardly be told any more; let us look at what comes next, so that it ends here.",
        "Without evidence nobody argues about the past: look ahead.",
    ),
    "cannot_be_met": (
        "Dear {customer}, we understand why you ask for this ({reference}). {reasons}\n"
        "It rests on: {bases}\nThis we cannot do. What follows we can: please see which of it suits you.",
        "Understanding first, then the rule itself, then other ways; never a bare no.",
    ),
}


@transaction.atomic
def furnish() -> None:
    """Twice does no harm: what is there stays as it was set."""
    known = set(StageSetting.objects.values_list("stage", flat=True))
    StageSetting.objects.bulk_create(
        [StageSetting(stage=s, minutes=m, roles=r) for s, m, r in STAGES if s not in known]
    )
    if not AuthorityLimit.objects.exists():
        AuthorityLimit.objects.bulk_create(
            [AuthorityLimit(role=r, remedy=m, each=e, together=t) for r, m, e, t in LIMITS]
        )
    told = set(ExplanationTemplate.objects.values_list("sort", "language"))
    ExplanationTemplate.objects.bulk_create(
        [
            ExplanationTemplate(sort=sort, language=language, text=text, hint=hint)
            for language, texts in (("zh-hans", _ZH), ("en", _EN))
            for sort, (text, hint) in texts.items()
            if (sort, language) not in told
        ]
    )
    _furnish_library()
    furnish_threats()


def _furnish_library() -> None:
    """The cases everybody starts with: ordinary entries from here on, changed and taken back like any other."""
    known = set(LibraryEntry.objects.exclude(code=None).values_list("code", flat=True))
    paths = [path for path in sorted(LIBRARY.glob("*.toml")) if path.stem.partition("-")[2] not in known]
    for path in paths:
        told: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        entry = LibraryEntry(
            code=path.stem.partition("-")[2],
            cause=told["cause"],
            liability=told["liability"],
            triggers=told["triggers"],
            state=EntryState.PUBLISHED,
        )
        written(entry, library.cleaned(told))
        entry.save()
