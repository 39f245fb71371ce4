"""The new part of a mail and what it quotes, for the clients our customers use.

163, 126, QQ, Foxmail, Outlook (Chinese and English), Gmail, Apple Mail, Thunderbird, phones. The quote
begins at the first line that only such a client would write, or where everything that follows is marked
with ">". Nothing is thrown away: new part, signature and quote are the whole text. An answer written
between quoted lines stays visible whole.
"""

import re
from typing import NamedTuple


class Split(NamedTuple):
    """`text` is new, `quoted` is folded away, `signature` is what stood behind "-- " of the new part."""

    text: str
    quoted: str
    signature: str


_MARK = re.compile(r"^\s{0,3}[>＞|](?!\w*>)")
_RULE = r"[-—_=*－─━\s]{2,}"
_DIVIDERS = re.compile(
    rf"^\s*{_RULE}\s*(?:"
    r"原始邮件|邮件原件|原始郵件|原邮件|原始信息|原始訊息|回复的原邮件|回复邮件|转发邮件信息|转发的邮件|转发邮件|被转发的邮件|轉寄郵件|邮件原文|"
    r"original\s*(?:message|mail|e-?mail)?|forwarded\s+(?:message|by\b.*)|begin forwarded message|"
    r"reply message|"
    r"replied message|ursprüngliche nachricht|message d'origine|mensaje original"
    rf")\s*:?\s*(?:{_RULE})?\s*$",
    re.IGNORECASE,
)
_BEGIN_FORWARD = re.compile(
    r"^\s*(?:begin forwarded message|开始转发邮件|下面是被转发的邮件)\s*[:：]\s*$", re.IGNORECASE
)
_MAX_WROTE = 400

# "在 2024-01-01 12:00:00，"张三" <a@b.cn> 写道：", "王五 于2024年1月1日周一 12:00写道：", "On …, X wrote:"
_WROTE = re.compile(
    r"(?:写道|写到|寫道|來信|来信|wrote|writes|schrieb|a écrit|escribió)\s*[:：]\s*$", re.IGNORECASE
)
_WROTE_BEGINS = re.compile(r"(?:在|At|On|Am|Le|El|Il)[^0-9]{0,100}[0-9]|[0-9]{2,4}\s*[-年/.]\s*[0-9]{1,2}")
_WROTE_WHEN = re.compile(r"[于於在]\s*[0-9]{2,4}\s*[-年/.]")
_WROTE_WHO = re.compile(r"<[^<>\s]+@[^<>\s]+>(?:[^<>]{0,40})$")
_SENDER_LINE = re.compile(
    r"^\s*[*\s]*(?:发件人|寄件者|寄件人|發件人|From|Von|De)[*\s]*[:：]\s*\S", re.IGNORECASE
)
_HEAD_LINE = re.compile(
    r"^\s*[*\s]*(?:发件人|寄件者|寄件人|發件人|发送时间|发送日期|時間|寄件日期|日期|时间|收件人|收件者|抄送|副本|主题|主旨|主題|"
    r"From|Sent|Sent at|Date|To|Cc|Subject|Reply-To|Von|Gesendet|An|Betreff)[*\s]*[:：]",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"^-- ?$")
_PHONE_SIGNATURE = re.compile(
    r"^\s*(?:发自我的\s*.{1,20}|来自我的\s*.{1,20}|從我的\s*.{1,20}傳送|从我的\s*.{1,20}发送|发送自\s*.{1,30}|"
    r"Sent from my .{1,30}|Sent from (?:Mail|Outlook|Yahoo|WeChat|QQ).{0,40}|Get Outlook for .{1,20}|"
    r"获取\s*Outlook.{0,20}|发自新浪邮箱.{0,10}|来自网易邮箱.{0,20}|由\s*.{2,20}邮箱.{0,12}发送)\s*$",
    re.IGNORECASE,
)


def split_quoted(full_text: str) -> Split:
    """Cut `full_text` into the new part and the quoted rest."""
    lines = full_text.replace("\r\n", "\n").split("\n")
    cut = _first_cut(lines)
    new, quoted = lines[:cut], lines[cut:]
    if not _says_something(new):
        # Only a quotation: a forward, or an answer below the quote. The reader must see it.
        return _below(quoted) or Split(full_text.strip(), "", "")
    text, signature = _without_signature(new)
    return Split(text, "\n".join(quoted).strip("\n"), signature)


def _first_cut(lines: list[str]) -> int:
    """Index of the first quoted line; len(lines) when nothing is quoted."""
    marked_from = _marked_to_the_end(lines)
    for index, line in enumerate(lines):
        if not line.strip():
            continue
        if index >= marked_from or _DIVIDERS.match(line) or _BEGIN_FORWARD.match(line):
            return index
        if _SENDER_LINE.match(line) and _heads_after(lines, index) >= 2:
            return _with_rule_before(lines, index)
        length = _wrote_length(lines, index)
        if length and index + length <= _last_written(lines):
            return index
    return len(lines)


def _marked_to_the_end(lines: list[str]) -> int:
    """Index from which every line is marked with ">", but for a signature or list footer at the very end."""
    last = _last_written(lines)
    end = last
    while end >= 0 and last - end < 12 and not _MARK.match(lines[end]):
        end -= 1
    below = [line for line in lines[end + 1 : last + 1] if line.strip()]
    if end < 0 or not _MARK.match(lines[end]) or not _is_footer(below):
        return len(lines)
    start = end
    while start > 0 and (_MARK.match(lines[start - 1]) or not lines[start - 1].strip()):
        start -= 1
    return start


def _is_footer(below: list[str]) -> bool:
    """What stands below a quote and is no answer: nothing, a phone's signature, "-- ", a list's rule."""
    if all(_PHONE_SIGNATURE.match(line) for line in below):
        return True
    return bool(_SIGNATURE.match(below[0])) or below[0].startswith("____")


def _last_written(lines: list[str]) -> int:
    index = len(lines) - 1
    while index >= 0 and not lines[index].strip():
        index -= 1
    return index


def _heads_after(lines: list[str], index: int) -> int:
    """How many of the next lines are header lines of a quoted mail (Outlook and QQ write three to five)."""
    return sum(1 for line in lines[index + 1 : index + 8] if _HEAD_LINE.match(line))


def _with_rule_before(lines: list[str], index: int) -> int:
    """A rule of dashes or underscores right above belongs to the quote."""
    above = index - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    return above if above >= 0 and re.fullmatch(r"\s*[-—_=─━]{5,}\s*", lines[above]) else index


def _wrote_length(lines: list[str], index: int) -> int:
    """Number of lines of a "… wrote:" heading beginning here; clients break it over up to four. 0 if none."""
    joined = ""
    for length, line in enumerate(lines[index : index + 4], start=1):
        joined = f"{joined} {line.strip()}".strip()
        if not line.strip() or len(joined) > _MAX_WROTE:
            return 0
        if joined[-1] in ":：" and _WROTE.search(joined[-30:]):
            return length if _is_heading(joined) else 0
    return 0


def _is_heading(text: str) -> bool:
    """A date or an address stands before "wrote:"; a customer's own "my boss wrote:" has neither."""
    before = _WROTE.sub("", text).rstrip()
    return bool(_WROTE_BEGINS.match(before) or _WROTE_WHEN.search(before) or _WROTE_WHO.search(before))


def _says_something(lines: list[str]) -> bool:
    """More than a phone's signature."""
    return any(line.strip() and not _PHONE_SIGNATURE.match(line) for line in lines)


def _below(lines: list[str]) -> Split | None:
    """An answer written below what it quotes (mailing-list manner): heading, marked lines, then new text."""
    marked = [i for i, line in enumerate(lines) if _MARK.match(line)]
    if not marked:
        return None
    below = lines[marked[-1] + 1 :]
    gaps = [line for line in lines[marked[0] : marked[-1]] if line.strip() and not _MARK.match(line)]
    if gaps or not _says_something(below) or _SIGNATURE.match(below[0]):
        return None
    text, signature = _without_signature(below)
    return Split(text, "\n".join(lines[: marked[-1] + 1]), signature) if text else None


def _without_signature(lines: list[str]) -> tuple[str, str]:
    """Cut at the "-- " line and at a phone's signature at the end; never leaves an empty text behind."""
    text = "\n".join(lines).strip()
    kept = text.split("\n")
    for index in range(len(kept) - 1, 0, -1):
        if _SIGNATURE.match(kept[index]) and len(kept) - index <= 12:
            return _tidy(kept[:index]), "\n".join(kept[index + 1 :]).strip()
    if len(kept) > 1 and _PHONE_SIGNATURE.match(kept[-1]):
        return _tidy(kept[:-1]) or text, kept[-1].strip()
    return text, ""


def _tidy(lines: list[str]) -> str:
    return "\n".join(lines).strip()
