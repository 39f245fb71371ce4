"""From the tree of parts to what is read: text, HTML and files."""

import re
from dataclasses import dataclass, field

from shouwen.platform.mail.model import Attachment
from shouwen.platform.mail.parsing.charsets import clean, codec_for, decode
from shouwen.platform.mail.parsing.entities import Entity, read_message
from shouwen.platform.mail.parsing.fields import split_message
from shouwen.platform.mail.parsing.html_text import text_from_html
from shouwen.platform.mail.parsing.sniffing import sniff

_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)
_REPORT_PARTS = {"message/delivery-status", "message/disposition-notification", "text/rfc822-headers"}
_BODIES = {"text/plain", "text/html", "text/enriched", "text/richtext", "text/x-amp-html"}
_CONTAINERS = {"message/rfc822", "message/global"}
_ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/calendar": ".ics",
    "message/rfc822": ".eml",
}
_INVITED = re.compile(r"^(SUMMARY|LOCATION|DESCRIPTION)(?:;[^:\n]{0,200})?:(.{1,2000})$", re.MULTILINE)
TEXT_LIMIT = 1_000_000
HTML_LIMIT = 2_000_000


@dataclass
class Readable:
    """Text and HTML in the order of the mail's parts, and its files."""

    texts: list[str] = field(default_factory=list)
    htmls: list[str] = field(default_factory=list)
    has_html: bool = False
    attachments: list[Attachment] = field(default_factory=list)
    report: str = ""  # bodies of delivery-status parts
    returned: bytes = b""  # the mail that came back, or was forwarded whole
    defects: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n\n".join(text for text in self.texts if text)[:TEXT_LIMIT]

    @property
    def html(self) -> str:
        return "\n".join(self.htmls)[:HTML_LIMIT] if self.has_html else ""


def collect(root: Entity) -> Readable:
    """Everything readable below `root`. A mail without a text of its own is read from what it carries."""
    readable = Readable()
    _take(root, readable)
    if not readable.text and readable.returned:
        readable.texts.append(_nested_text(readable.returned))
    if not readable.text and readable.report:
        readable.texts.append(readable.report.strip())
    if not readable.text:
        files = [one for one in readable.attachments if one.content_type == "text/plain"]
        readable.texts.extend(decode(one.content[:100_000]).text.strip() for one in files[:5])
    if not readable.text:
        invitations = [one for one in readable.attachments if one.content_type == "text/calendar"]
        readable.texts.extend(_invitation(one.content[:100_000]) for one in invitations[:5])
    readable.defects.extend(defect for entity in root.walk() for defect in entity.defects)
    return readable


def _take(entity: Entity, readable: Readable) -> None:
    if entity.kind == "multipart/alternative":
        _take_alternative(entity, readable)
    elif entity.children:
        for child in entity.children:
            _take(child, readable)
    elif entity.kind.startswith("multipart/"):
        return
    elif entity.kind in _REPORT_PARTS:
        _take_report(entity, readable)
    elif entity.kind in _CONTAINERS:
        _take_message(entity, readable)
    elif _is_body(entity):
        _take_body(entity, readable)
    else:
        readable.attachments.append(_attachment(entity))


def _is_body(entity: Entity) -> bool:
    if entity.kind not in _BODIES or entity.disposition == "attachment":
        return False
    return entity.root or not entity.filename


def _take_body(entity: Entity, readable: Readable) -> None:
    text = _body_text(entity)
    if not text.strip():
        return
    if entity.kind == "text/plain":
        _add_plain(_lines(text, entity), readable)
    elif entity.kind == "text/html":
        _add_html(text, readable)
    else:
        readable.texts.append(text_from_html(text))


def _add_plain(text: str, readable: Readable) -> None:
    readable.texts.append(text)
    readable.htmls.append(f"<pre>{_escaped(text)}</pre>")


def _add_html(markup: str, readable: Readable, plain: str = "") -> None:
    readable.texts.append(plain or text_from_html(markup))
    readable.htmls.append(markup)
    readable.has_html = True


def _take_alternative(entity: Entity, readable: Readable) -> None:
    """The plain form as text, the HTML form as HTML; what is neither goes its own way."""
    leaves = [leaf for child in entity.children for leaf in child.walk() if not leaf.children]
    bodies = [(leaf, _body_text(leaf)) for leaf in leaves if _is_body(leaf)]
    bodies = [(leaf, text) for leaf, text in bodies if text.strip()]
    plain = "\n\n".join(_lines(text, leaf) for leaf, text in bodies if leaf.kind == "text/plain")
    markup = "\n".join(text for leaf, text in bodies if leaf.kind == "text/html")
    if markup:
        _add_html(markup, readable, plain)
    elif plain:
        _add_plain(plain, readable)
    elif bodies:
        readable.texts.append(text_from_html(bodies[0][1]))
    for leaf in leaves:
        if not _is_body(leaf):
            _take(leaf, readable)


def _take_report(entity: Entity, readable: Readable) -> None:
    text = decode(entity.content(), entity.charset).text
    if entity.kind == "text/rfc822-headers":
        readable.returned = readable.returned or entity.content()
    else:
        readable.report += text.replace("\r\n", "\n").strip() + "\n\n"


def _take_message(entity: Entity, readable: Readable) -> None:
    content = entity.content()
    readable.returned = readable.returned or content
    subject = split_message(content.lstrip())[0].text("subject")
    name = entity.filename or f"{subject[:80] or 'message'}.eml"
    readable.attachments.append(
        Attachment(_safe_name(name), "message/rfc822", entity.kind, len(content), content, entity.content_id)
    )


def _invitation(content: bytes) -> str:
    """What an invitation without a word beside it is about, where and why (RFC 5545: folded lines, escapes)."""
    lines = re.sub(r"\r?\n[ \t]", "", decode(content).text).replace("\r\n", "\n")
    said = [re.sub(r"\\([,;\\])", r"\1", found[2].replace("\\n", "\n")) for found in _INVITED.finditer(lines)]
    return "\n".join(dict.fromkeys(one.strip() for one in said))


def _nested_text(raw: bytes) -> str:
    """What the inner mail says, for a mail that is nothing but an envelope around it."""
    inner = Readable()
    _take(read_message(raw.lstrip()), inner)
    return inner.text


def _body_text(entity: Entity) -> str:
    data = entity.content()
    charset = entity.charset
    if entity.kind == "text/html" and codec_for(charset) in (None, "ascii"):
        meta = _META_CHARSET.search(data[:4096])
        charset = meta[1].decode("ascii", "ignore") if meta else charset
    decoded = decode(data, charset)
    if decoded.defect and decoded.defect not in entity.defects:
        entity.defects.append(decoded.defect)
    return decoded.text


def _lines(text: str, entity: Entity) -> str:
    """Plain text with Unix line ends; flowed text (RFC 3676) joined to paragraphs again."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    if entity.parameters.get("format", b"").lower() == b"flowed":
        text = _unflowed(text, delete_blank=entity.parameters.get("delsp", b"").lower() == b"yes")
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{4,}", "\n\n\n", text).strip("\n")


def _unflowed(text: str, *, delete_blank: bool) -> str:
    joined: list[str] = []
    open_line = False
    for stuffed in text.split("\n"):
        quoted = stuffed.startswith(">")
        line = stuffed if quoted else stuffed.removeprefix(" ")
        if open_line and not quoted and line != "-- ":
            joined[-1] += line
        else:
            joined.append(line)
        open_line = line.endswith(" ") and line != "-- " and not quoted
        if open_line and delete_blank:
            joined[-1] = joined[-1][:-1]
    return "\n".join(joined)


def _attachment(entity: Entity) -> Attachment:
    content = entity.content()
    kind = sniff(content, entity.kind, entity.filename)
    name = entity.filename or entity.fields.text("content-location").rsplit("/", 1)[-1]
    name = name or f"attachment{_ENDINGS.get(kind, '.bin')}"
    inline = entity.disposition == "inline" or (
        bool(entity.content_id) and entity.disposition != "attachment"
    )
    return Attachment(_safe_name(name), kind, entity.kind, len(content), content, entity.content_id, inline)


def _safe_name(name: str) -> str:
    """A name without folders, controls and signs that file systems refuse.

    At most 200 characters, ending kept.
    """
    name = re.sub(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", clean(name))
    name = re.sub(r'[<>:"|?*]', "_", re.split(r"[/\\]", name)[-1] or name.strip("/\\")).strip(" .")
    if len(name) > 200:
        stem, dot, ending = name.rpartition(".")
        name = f"{stem[:180]}.{ending}" if dot and len(ending) <= 12 else name[:200]
    return name or "attachment"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
