"""Readable text from HTML.

Blocks become lines, links keep their address, quotes their mark, the rest goes.
"""

import re
from html.parser import HTMLParser

from shouwen.platform.mail.sanitising import without_comments

_SKIPPED = {"script", "style", "head", "title", "template", "noscript", "svg", "object", "iframe", "select"}
_BLOCKS = {
    "p", "div", "table", "tr", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr",
    "section", "article", "header", "footer", "center", "form", "address", "figure", "blockquote", "li",
}  # fmt: skip
_SPACED = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote"}
_BLANKS = re.compile(r"[ \t\r\n\xa0]+")
_DATA_ADDRESS = re.compile(r"data:[\w/+.-]{1,60};base64,[A-Za-z0-9+/=\s]{100,}")
_DECLARATION = re.compile(r"<[!?][^<>]{0,1000}>")
_LONE_AMPERSAND = re.compile(r"&(?![a-zA-Z#])")
_LONE_ANGLE = re.compile(r"<(?![a-zA-Z/][^<>]*>)")
MAX_HTML = 1_000_000


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line: list[str] = []  # pieces of the line being written
        self.empty = True  # nothing but quote marks on it yet
        self.skipping: list[str] = []
        self.quotes = 0
        self.verbatim = 0
        self.links: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self.skipping.append(tag)
        elif tag in ("body", "div", "p", "table") and self.skipping[-1:] in (["head"], ["title"]):
            self.skipping.clear()  # a head that was never closed
        if self.skipping:
            return
        if tag == "br":
            self.new_line()
        elif tag in _BLOCKS:
            self.open_block(tag)
        elif tag == "a":
            self.links.append((dict(attrs).get("href") or "", []))
        elif tag == "img":
            self.add(dict(attrs).get("alt") or "")
        elif tag in ("td", "th") and not self.empty:
            self.line.append("  ")

    def handle_endtag(self, tag: str) -> None:
        if self.skipping:
            if tag in self.skipping:
                del self.skipping[self.skipping.index(tag) :]
        elif tag == "a" and self.links:
            self.close_link(*self.links.pop())
        elif tag in _BLOCKS:
            self.close_block(tag)

    def handle_data(self, data: str) -> None:
        if self.skipping:
            return
        if not self.verbatim:
            self.add(_BLANKS.sub(" ", data))
            return
        for number, line in enumerate(data.replace("\r\n", "\n").split("\n")):
            if number:
                self.new_line()
            self.write(line)

    def add(self, text: str) -> None:
        """Flowing text: one blank between words, none at the start of a line."""
        if self.empty or self.line[-1][-1:] == " ":
            text = text.lstrip(" ")
        self.write(text)

    def write(self, text: str) -> None:
        if not text:
            return
        self.line.append(text)
        self.empty = self.empty and not text.strip()
        for _, shown in self.links[-1:]:
            shown.append(text)

    def new_line(self) -> None:
        self.lines.append("".join(self.line))
        self.line = ["> " * min(self.quotes, 10)]
        self.empty = True

    def open_block(self, tag: str) -> None:
        if not self.empty:
            self.new_line()
        if tag == "blockquote":
            self.quotes += 1
            self.new_line()
        elif tag == "pre":
            self.verbatim += 1
        elif tag == "li":
            self.line.append("- ")
        elif tag == "hr":
            self.write("-" * 20)
            self.new_line()

    def close_block(self, tag: str) -> None:
        if tag == "blockquote":
            self.quotes = max(0, self.quotes - 1)
            self.new_line()
        elif tag == "pre":
            self.verbatim = max(0, self.verbatim - 1)
        if not self.empty:
            self.new_line()
        if tag in _SPACED and self.lines and self.lines[-1].strip("> "):
            self.new_line()

    def close_link(self, href: str, pieces: list[str]) -> None:
        """The address follows the words, unless the words are the address."""
        shown = "".join(pieces).strip()
        if not re.match(r"(?:https?|mailto|tel|ftp):", href, re.I) or len(href) > 2000:
            return
        spoken = re.sub(r"^\w+:/*", "", href.partition("?")[0] if href[:7].lower() == "mailto:" else href)
        if shown.rstrip("/") not in (href.rstrip("/"), spoken.rstrip("/")):
            self.write(f" <{href}>" if shown else href)


def text_from_html(markup: str) -> str:
    """Plain text of `markup`; broken or hostile markup gives what can be read of it."""
    markup = _tame(markup)
    reader = _Reader()
    try:
        reader.feed(markup)
        reader.close()
    except (ValueError, AssertionError, RecursionError):  # html.parser gives up on some declarations
        return _BLANKS.sub(" ", re.sub(r"<[^<>]*>", " ", markup)).strip()
    reader.new_line()
    text = "\n".join(line.rstrip() for line in reader.lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _tame(markup: str) -> str:
    """Without data addresses, comments and declarations; a "<" or "&" that begins nothing is written out.

    Unclosed ones make html.parser search the whole rest again and again.
    """
    markup = _DATA_ADDRESS.sub("data:,", markup)[:MAX_HTML]
    markup = _DECLARATION.sub("", without_comments(markup))
    return _LONE_ANGLE.sub("&lt;", _LONE_AMPERSAND.sub("&amp;", markup))
