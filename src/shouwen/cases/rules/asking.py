"""What somebody types into the search: words, and fields such as 状态:处理中 or channel:phone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

# Every spelling of a field's name; 类型 and 类别 are both said for the kind.
NAMES: Mapping[str, str] = {
    "状态": "state",
    "state": "state",
    "status": "state",
    "渠道": "channel",
    "channel": "channel",
    "类别": "kind",
    "类型": "kind",
    "kind": "kind",
    "等级": "tier",
    "tier": "tier",
    "优先级": "priority",
    "priority": "priority",
    "标签": "tag",
    "tag": "tag",
    "客户": "customer",
    "customer": "customer",
    "负责人": "owner",
    "owner": "owner",
}
_FIELD = re.compile(
    rf"(?<!\S)({'|'.join(sorted(NAMES, key=len, reverse=True))})[:：]\s*(?:\"([^\"]*)\"|(\S+))",
    re.IGNORECASE,
)
LONGEST = 300


@dataclass(frozen=True)
class Asked:
    """`words` are looked for in what was said; `fields` narrow by what stands in the row."""

    words: str
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        return not self.words and not self.fields


def read(text: str) -> Asked:
    """Of a field named twice the later one counts."""
    text = text[:LONGEST].replace("“", '"').replace("”", '"')
    fields = {
        NAMES[found[1].lower()]: (found[2] or found[3] or "").strip() for found in _FIELD.finditer(text)
    }
    return Asked(
        " ".join(_FIELD.sub(" ", text).split()), {name: value for name, value in fields.items() if value}
    )


def fitting(value: str, known: Mapping[str, tuple[str, ...]]) -> str | None:
    """The code whose word, in any language, is `value` or begins with it."""
    said = value.casefold()
    for whole in (True, False):
        for code, words in known.items():
            for word in (code, *words):
                spoken = word.casefold()
                if spoken == said or (not whole and spoken.startswith(said)):
                    return code
    return None
