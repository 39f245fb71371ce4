"""Messages as screens show them: safe HTML, links to their files, and how delivery stands in one word.

Text comes first; the sender's own formatting is one click away, images from elsewhere are another.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from jinja2.utils import urlize
from markupsafe import Markup, escape

from shouwen.channels import rules
from shouwen.channels.models import Attachment, Message
from shouwen.channels.models.conversations import AuthorKind, Delivery
from shouwen.customers.rules import masked
from shouwen.platform import preferences
from shouwen.platform.files import queries as files
from shouwen.platform.mail import sanitising

TONES = {
    rules.QUEUED: "neutral",
    rules.SENDING: "neutral",
    rules.SENT: "neutral",
    rules.HELD: "warn",
    rules.MAYBE_SENT: "warn",
    rules.FAILED: "bad",
}
_NO_ALT = re.compile(
    r"<img\s(?![^>]*\salt=)(?!alt=)"
)  # a picture nobody described is decoration to a screen reader
# Chinese is written without spaces: an address ends where other than its own signs begin.
_WEB_ADDRESS = re.compile(
    r"((?:https?://|www\.)[^\s<>\"\u2018-\u201d\u2026\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+)", re.I
)
SIDES = {"inbound": "in", "outbound": "out", "internal": "note"}


@dataclass(frozen=True)
class Shown:
    """One message for a timeline. `side` is in, out or note; `state` is "" when there is nothing to say."""

    id: int
    side: str
    channel: str
    author: str
    at: datetime
    title: str
    address: str
    body: Markup
    quoted: Markup
    files: tuple[dict[str, Any], ...]
    state: str
    state_note: Any
    tone: str
    undo_until: datetime | None
    folded: bool
    signs: tuple[Any, ...] = ()
    formatted: bool = False
    raw: bool = False


@dataclass(frozen=True)
class Formatted:
    """One message by itself as its sender formatted it."""

    id: int
    title: str
    author: str
    at: datetime
    html: Markup
    has_remote: bool
    files: list[dict[str, Any]]


_CONCEALED: list[re.Pattern[str]] = []


def conceal(pattern: str) -> None:
    """What matches is never shown to us: links that speak for the customer, for instance."""
    _CONCEALED.append(re.compile(pattern))


def concealed(text: str) -> str:
    for pattern in _CONCEALED:
        text = pattern.sub("…", text)
    return text


def shown(messages: Iterable[Message], *, addresses: bool = True) -> list[Shown]:
    """Messages with prefetched attachments, ready for `channels/message.html`. Makes no query.

    Without `addresses` the other side's is masked, for who may not see contacts in full.
    """
    return [_shown(message, addresses) for message in messages]


def formatted(message: Message, *, images: bool = False) -> Formatted:
    """The sender's own formatting; `images` puts images from elsewhere back, which tells who reads when."""
    attached = list(message.attachments.select_related("file"))
    addresses = {a.content_id: files.link(a.file_id) for a in attached if a.content_id and a.file.safe_inline}
    html = _NO_ALT.sub('<img alt="" ', sanitising.resolve_cids(concealed(message.html), addresses))
    remote = sanitising.has_remote_images(html)
    return Formatted(
        id=message.pk,
        title=message.title,
        author=message.author_name,
        at=message.at,
        html=Markup(sanitising.show_remote(html) if images else html)  # noqa: S704 - sanitised when it came in
        if html
        else paragraphs(concealed(message.text)),
        has_remote=remote,
        files=[_file(a) for a in attached if not a.inline],
    )


def paragraphs(text: str) -> Markup:
    """Plain text as HTML: escaped, with its lines and with links that open elsewhere."""
    linked = "".join(
        urlize(escape(part), rel="noopener noreferrer nofollow", target="_blank")
        for part in _WEB_ADDRESS.split(text)
    )
    lines = "<br>\n".join(linked.split("\n"))
    return Markup(lines)  # noqa: S704 - urlize works on escaped text


def _shown(message: Message, addresses: bool) -> Shown:
    state = message.delivery if message.delivery in TONES else ""
    return Shown(
        id=message.pk,
        side=SIDES[message.direction],
        channel=message.channel,
        author=_author(message),
        at=message.at,
        title=message.title,
        address=message.address if addresses else masked("email", message.address),
        body=paragraphs(concealed(message.text)),
        quoted=paragraphs(concealed(message.quoted)) if message.quoted else Markup(),
        files=tuple(_file(a) for a in message.attachments.all() if not (a.inline and message.html)),
        state=str(Delivery(state).label) if state else "",
        state_note=message.delivery_sentence,
        tone=TONES.get(state, "neutral"),
        undo_until=message.undo_until if message.delivery == rules.QUEUED else None,
        folded=message.folded,
        signs=tuple(_signs(message)),
        formatted=bool(message.html),
        raw=message.raw_file_id is not None,
    )


def _author(message: Message) -> str:
    """Who speaks; what the product writes by itself speaks for the organisation."""
    if message.author_kind == AuthorKind.SYSTEM:
        return str(preferences.get("organisation.name"))
    return message.author_name


def _file(attachment: Attachment) -> dict[str, Any]:
    link = files.link(attachment.file_id)
    return {
        "name": attachment.file.name,
        "url": link,
        "size": filesizeformat(attachment.file.size),
        "image": link if attachment.file.safe_inline else None,
    }


def _signs(message: Message) -> list[Any]:
    """What a reader should know about a message besides its words."""
    meta, signs = message.meta, []
    if meta.get("undone"):
        signs.append(_("Sending was undone"))
    if meta.get("forged"):
        signs.append(_("Its subject carries a request number that we did not sign"))
    if meta.get("cut"):
        signs.append(_("Shortened here; the raw mail has all of it"))
    if meta.get("left_out"):
        names = ", ".join(str(name) for name in meta["left_out"])
        signs.append(_("Only in the raw mail: %(names)s") % {"names": names})
    if meta.get("recipients"):
        signs.append(_("Sent to %(count)s recipients") % {"count": meta["recipients"]})
    if meta.get("delayed"):
        signs.append(_("Delayed on its way: %(why)s") % {"why": meta["delayed"]})
    call = meta.get("call", {})
    if call.get("hold"):
        signs.append(_("On hold for %(seconds)s s, permitted") % {"seconds": call["hold"]["seconds"]})
    if call.get("transfer"):
        signs.append(_("Transferred to %(name)s, permitted") % {"name": call["transfer"]["to"]})
    return signs
