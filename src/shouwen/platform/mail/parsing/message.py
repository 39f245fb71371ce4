"""Raw bytes to a `ParsedMail`, whatever the bytes are."""

import hashlib
from collections.abc import Set as AbstractSet

from shouwen.platform.mail import autos, quoting
from shouwen.platform.mail.model import Address, AutoKind, Bounce, FailedRecipient, ParsedMail
from shouwen.platform.mail.parsing import addresses
from shouwen.platform.mail.parsing.charsets import decode
from shouwen.platform.mail.parsing.entities import Entity, read_message
from shouwen.platform.mail.parsing.fields import Fields, split_message
from shouwen.platform.mail.parsing.readable import TEXT_LIMIT, Readable, collect
from shouwen.platform.mail.sanitising import sanitise

MAX_BYTES = 50 * 1024 * 1024
MAX_HEADER_CHARACTERS = 4000
_MAIL_FIELDS = (
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "received",
    "return-path",
    "mime-version",
    "content-type",
)


def parse(
    raw: bytes, *, own_domains: AbstractSet[str] = frozenset(), loop_key: str = "", max_bytes: int = MAX_BYTES
) -> ParsedMail:
    """The mail in `raw`. Never raises: what cannot be read comes back with `refusal` set, or as plain text.

    own_domains  domains used by our own Message-IDs, to know our mail when it comes back
    loop_key     our own mark in X-Shouwen-Loop; '' takes any mark for ours
    """
    if len(raw) > max_bytes:
        return _salvaged(raw[:65536], raw, "larger than allowed", refusal="too_large")
    try:
        root = read_message(raw)
        readable = collect(root)
        return _assembled(raw, root, readable, frozenset(own_domains), loop_key)
    except (Exception, RecursionError) as error:
        return _salvaged(raw, raw, f"could not be taken apart: {type(error).__name__}")


def _assembled(
    raw: bytes, root: Entity, readable: Readable, own_domains: frozenset[str], loop_key: str
) -> ParsedMail:
    fields = root.fields
    full_text = readable.text
    split = quoting.split_quoted(full_text)
    sender = next(iter(addresses.addresses(fields, "from")), None) or _fallback_sender(fields)
    made, message_id = _identity(fields, raw)
    when, date_defect = addresses.date(fields)
    report = autos.read_report(readable.report)
    is_report = (
        root.kind == "multipart/report" and fields.text("content-type").lower().find("disposition") < 0
    )
    verdict = autos.recognise(
        fields,
        sender=sender.email,
        message_id=message_id,
        reported=bool(report) or (is_report and bool(readable.report)),
        own_domains=own_domains,
        loop_key=loop_key,
    )
    defects = list(dict.fromkeys([*readable.defects, *([date_defect] if date_defect else [])]))
    return ParsedMail(
        message_id=message_id,
        message_id_made=made,
        in_reply_to=next(iter(addresses.message_ids(fields, "in-reply-to")), ""),
        references=addresses.message_ids(fields, "references"),
        subject=fields.text("subject")[:MAX_HEADER_CHARACTERS],
        from_=sender,
        reply_to=addresses.addresses(fields, "reply-to"),
        to=addresses.addresses(fields, "to"),
        cc=addresses.addresses(fields, "cc"),
        date=when,
        text=split.text,
        quoted=_folded(split),
        full_text=full_text,
        html=sanitise(readable.html),
        attachments=tuple(readable.attachments),
        auto=verdict.kind,
        answerable=verdict.answerable,
        bounce=_bounce(verdict.kind, report, readable) if verdict.kind is AutoKind.BOUNCE else None,
        headers=_headers(fields),
        defects=tuple(defects + (["text cut"] if len(full_text) >= TEXT_LIMIT else [])),
        refusal=_refusal(raw, fields, readable),
    )


def _identity(fields: Fields, raw: bytes) -> tuple[bool, str]:
    """The mail's own id, or one made from its bytes: the same bytes always give the same id."""
    given = addresses.message_id(fields)
    return (False, given) if given else (True, f"<sha256-{hashlib.sha256(raw).hexdigest()}@no-id.invalid>")


def _fallback_sender(fields: Fields) -> Address:
    for name in ("sender", "reply-to", "return-path"):
        found = addresses.addresses(fields, name)
        if found:
            return found[0]
    return Address(fields.text("from").strip('<> "')[:200], "")


def _folded(split: quoting.Split) -> str:
    signature = f"-- \n{split.signature}" if split.signature else ""
    return "\n\n".join(part for part in (signature, split.quoted) if part)


def _bounce(kind: AutoKind | None, report: tuple[FailedRecipient, ...], readable: Readable) -> Bounce:
    original = ""
    if readable.returned:
        original = addresses.message_id(split_message(readable.returned.lstrip())[0])
    return autos.bounce_from(report, f"{readable.text}\n{readable.report}", original)


def _headers(fields: Fields) -> tuple[tuple[str, str], ...]:
    return tuple((name, value[:MAX_HEADER_CHARACTERS]) for name, value in fields.decoded())[:500]


def _refusal(raw: bytes, fields: Fields, readable: Readable) -> str:
    if readable.attachments or fields.text("subject") or fields.has("from"):
        return ""
    if not readable.text:
        return "empty"
    known = any(fields.has(name) for name in _MAIL_FIELDS)
    return "" if known or not _binary(raw) else "not_mail"


def _binary(raw: bytes) -> bool:
    """More than a twentieth control bytes: no text in any charset."""
    sample = raw[:65536]
    controls = sum(sample.count(bytes([code])) for code in range(32) if code not in (9, 10, 12, 13, 27))
    return controls * 20 > len(sample)


def _salvaged(readable_part: bytes, raw: bytes, defect: str, refusal: str = "") -> ParsedMail:
    """Headers as far as they can be read and the body as it stands, for a mail that beat the parser."""
    try:
        fields, body = split_message(readable_part)
        made, message_id = _identity(fields, raw)
        subject, sender = (
            fields.text("subject"),
            next(iter(addresses.addresses(fields, "from")), Address("", "")),
        )
    except Exception:
        fields, body = Fields(), readable_part
        made, message_id, subject, sender = *_identity(fields, raw), "", Address("", "")
    text = decode(body[:200_000]).text.strip()
    return ParsedMail(
        message_id=message_id, message_id_made=made, in_reply_to="", references=(), subject=subject,
        from_=sender, reply_to=(), to=(), cc=(), date=None, text=text, quoted="", full_text=text, html="",
        attachments=(), auto=None, answerable=False, bounce=None, headers=(), defects=(defect,),
        refusal=refusal,
    )  # fmt: skip
