"""Blanks out what is not the agent's own wording, keeping every offset."""

import re

BLANK = "\ufffc"

_QUOTES = re.compile(
    r"“[^”]{0,2000}”|「[^」]{0,2000}」|『[^』]{0,2000}』|‘[^’]{0,2000}’|《[^》]{0,200}》"
    r'|(?<![A-Za-z0-9])"[^"\n]{0,2000}"'
)
_QUOTED_LINE = re.compile(r"^[ \t]*[>＞|].*$", re.M)
_QUOTED_TAIL = re.compile(
    r"^[ \t]*(?:-{2,}[ \t]*(?:original message|forwarded message|原始邮件|回复的邮件|转发邮件).*"
    r"|on .{4,120} wrote:|.{0,80}(?:写道|wrote)[:：]|(?:发件人|from)[:：].*)$",
    re.M | re.I,
)
_ADDRESSES = re.compile(r"https?://[^\s，。]+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")


def own_words(text: str) -> str:
    """`text` with quotations, quoted mail and addresses replaced by U+FFFC, one for each character."""
    found = _QUOTED_TAIL.search(text)
    kept = text if found is None else text[: found.start()] + BLANK * (len(text) - found.start())
    for pattern in (_QUOTED_LINE, _QUOTES, _ADDRESSES):
        kept = pattern.sub(lambda match: BLANK * len(match.group()), kept)
    return kept
