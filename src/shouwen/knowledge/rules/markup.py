"""The little markup of articles, to HTML and to plain text. Pure; everything a person wrote is escaped.

    # heading   ## smaller        - item   1. item        > quote        ```code```
    **bold**  `code`  [text](https://…)  ![picture](file:12)

A line break stays a line break: Chinese texts are written in lines. No HTML passes through.
"""

import re
from collections.abc import Callable
from html import escape

Resolve = Callable[[int], str | None]
"""File id → address of the file, None when the article has no such file."""

_HEADING = re.compile(r"(#{1,3})\s+(.+?)\s*#*$")
_BULLET = re.compile(r"[-*•]\s+(.+)$")
_NUMBERED = re.compile(r"\d{1,3}[.)、]\s*(.+)$")
_QUOTE = re.compile(r">\s?(.*)$")
_FENCE = re.compile(r"```")
_CODE = re.compile(r"`([^`\n]+)`")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_LINK = re.compile(r"(!?)\[([^\[\]\n]{0,200})\]\(([^()\s]{1,500}(?:\([^()\s]*\)[^()\s]*)?)\)")
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)[^\s]+$", re.IGNORECASE)
_FILE = re.compile(r"file:(\d{1,18})$")
_BARE = re.compile(
    r"(?<![\w/\"=])https?://[^\s<>\"'，。；、！？（）《》]+[^\s<>\"'.,;:!?)，。；、！？（）《》]"
)


def to_html(body: str, resolve: Resolve) -> str:
    """HTML of `body`; headings begin at h2, for the title is the page's h1, and leave no level out."""
    out: list[str] = []
    lines = body.replace("\r\n", "\n").split("\n")
    levels = _levels(lines)
    at = 0
    while at < len(lines):
        line = lines[at].strip()
        if not line:
            at += 1
        elif _FENCE.match(line):
            at, html = _code_block(lines, at + 1)
            out.append(html)
        elif found := _HEADING.match(line):
            level = levels[len(found[1])]
            out.append(f"<h{level}>{inline(found[2], resolve)}</h{level}>")
            at += 1
        else:
            at, html = _block(lines, at, resolve)
            out.append(html)
    return "\n".join(out)


def _levels(lines: list[str]) -> dict[int, int]:
    """Number of signs → level of the heading: who begins with ## still gets h2."""
    used = sorted({len(found[1]) for line in lines if (found := _HEADING.match(line.strip()))})
    return {signs: 2 + place for place, signs in enumerate(used)}


def _code_block(lines: list[str], at: int) -> tuple[int, str]:
    end = at
    while end < len(lines) and not _FENCE.match(lines[end].strip()):
        end += 1
    return end + 1, f"<pre><code>{escape(chr(10).join(lines[at:end]))}</code></pre>"


def _block(lines: list[str], at: int, resolve: Resolve) -> tuple[int, str]:
    """A list, a quotation or a paragraph that starts at line `at`; returns the line after it."""
    for pattern, opening, closing in ((_BULLET, "<ul>", "</ul>"), (_NUMBERED, "<ol>", "</ol>")):
        if pattern.match(lines[at].strip()):
            at, items = _run(lines, at, pattern)
            inner = "".join(f"<li>{inline(item, resolve)}</li>" for item in items)
            return at, f"{opening}{inner}{closing}"
    if _QUOTE.match(lines[at].strip()):
        at, quoted = _run(lines, at, _QUOTE)
        inner = "<br>".join(inline(line, resolve) for line in quoted)
        return at, f"<blockquote><p>{inner}</p></blockquote>"
    end = at + 1
    while end < len(lines) and lines[end].strip() and not _starts_block(lines[end].strip()):
        end += 1
    return end, f"<p>{'<br>'.join(inline(line.strip(), resolve) for line in lines[at:end])}</p>"


def _starts_block(line: str) -> bool:
    return any(pattern.match(line) for pattern in (_HEADING, _BULLET, _NUMBERED, _QUOTE, _FENCE))


def _run(lines: list[str], at: int, pattern: re.Pattern[str]) -> tuple[int, list[str]]:
    """Neighbouring lines that fit `pattern`; an indented line goes on with the item before it."""
    items: list[str] = []
    while at < len(lines):
        found = pattern.match(lines[at].strip())
        if found:
            items.append(found[1])
        elif items and lines[at][:1] in {" ", "\t", "\u3000"} and lines[at].strip():
            items[-1] += " " + lines[at].strip()
        else:
            break
        at += 1
    return at, items


def inline(text: str, resolve: Resolve) -> str:
    """One line: code first, for nothing counts inside it, then links and pictures, then bold."""
    kept: list[str] = []

    def keep(html: str) -> str:
        kept.append(html)
        return f"\x00{len(kept) - 1}\x00"

    plain = text.replace("\x00", "")
    plain = _CODE.sub(lambda found: keep(f"<code>{escape(found[1])}</code>"), plain)
    plain = _LINK.sub(lambda found: keep(_linked(found, resolve)), plain)
    plain = _BARE.sub(lambda found: keep(_anchor(found[0], escape(found[0]))), plain)
    plain = _BOLD.sub(r"<strong>\1</strong>", escape(plain, quote=False))
    while "\x00" in plain:
        plain = re.sub("\x00(\\d+)\x00", lambda found: kept[int(found[1])], plain)
    return plain


def _linked(found: re.Match[str], resolve: Resolve) -> str:
    picture, words, target = found[1], found[2], found[3]
    file = _FILE.match(target)
    address = resolve(int(file[1])) if file else target if _ADDRESS.match(target) else None
    if address is None:
        return escape(words)
    if picture and file:
        return f'<img src="{escape(address)}" alt="{escape(words)}" loading="lazy">'
    return _anchor(address, _BOLD.sub(r"<strong>\1</strong>", escape(words, quote=False)) or escape(target))


def _anchor(address: str, words: str) -> str:
    return f'<a href="{escape(address)}">{words}</a>'


def to_text(body: str) -> str:
    """`body` as it reads in a mail: no signs, links as “text (address)”, pictures left out."""
    lines = []
    for raw in body.replace("\r\n", "\n").split("\n"):
        line = raw.rstrip()
        if _FENCE.match(line.strip()):
            continue
        if heading := _HEADING.match(line.strip()):
            line = heading[2]
        elif quote := _QUOTE.match(line.strip()):
            line = quote[1]
        lines.append(_CODE.sub(r"\1", _BOLD.sub(r"\1", _LINK.sub(_spoken, line))))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _spoken(found: re.Match[str]) -> str:
    if found[1]:
        return ""
    if not _ADDRESS.match(found[3]) or found[2] == found[3]:
        return found[2] or found[3]
    return f"{found[2]} ({found[3]})"


def files_named(body: str) -> set[int]:
    """Ids of the files that `body` shows or links to."""
    return {int(file[1]) for found in _LINK.finditer(body) if (file := _FILE.match(found[3]))}
