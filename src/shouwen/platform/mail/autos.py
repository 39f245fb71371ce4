"""Mail that machines wrote: bounces, auto-replies, lists, and our own mail coming back.

Rules after RFC 3834 (Auto-Submitted), RFC 3464 (delivery reports), RFC 2919/2369 (lists) and what Exchange,
163 and QQ really send. Two answers are given: what the mail is (`AutoKind`), and whether a machine may
answer it at all — newsletters and system notices are ordinary mail to a reader, but answering them by
machine begins a loop.
"""

import re
from dataclasses import dataclass
from typing import Protocol

from shouwen.platform.mail.model import AutoKind, Bounce, FailedRecipient

LOOP_HEADER = "X-Shouwen-Loop"
_DAEMON = re.compile(
    r"^(?:mailer[-_.]?daemon|postmaster|mail[-_.]?delivery.*|mdaemon|bounces?(?:[-+=].*)?|double-bounce)@",
    re.IGNORECASE,
)
_NO_REPLY = re.compile(
    r"^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|noreply.*|notifications?|mailer|system)@", re.IGNORECASE
)
_AUTO_SUBJECT = re.compile(
    r"^\s*(?:(?:re|回复|答复)\s*[:：]\s*)?[\[【(（]?\s*(?:自动回复|自動回覆|自动答复|自動答覆|自动应答|"
    r"休假自动回复|不在办公室|"
    r"auto(?:matic(?:ally generated)?|mated)?[\s:-]*(?:reply|response)|autoreply|autorespon\w*|"
    r"out[\s-]of[\s-](?:the[\s-])?office|vacation (?:reply|response|notice)|abwesenheits\w*|"
    r"réponse automatique)",
    re.IGNORECASE,
)
_BOUNCE_SUBJECT = re.compile(
    r"系统退信|退信通知|退信$|邮件被退回|投递失败|未送达|无法送达|郵件.*退回|"
    r"undeliver(?:ed|able)|delivery status notification|returned mail|failure notice|mail system error|"
    r"mail delivery (?:failed|failure|system)|delivery (?:failure|has failed)|"
    r"warning: could not send message|could not be delivered",
    re.IGNORECASE,
)
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_REPLY_CODE = re.compile(r"\b([45]\d\d)[ -]")
_ADDRESS = re.compile(r"[\w.+=&'*/-]+@[\w-]+(?:\.[\w-]+)+")
_ORIGINAL_ID = re.compile(r"^[ \t>]*Message-ID:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)


class Headers(Protocol):
    """What is asked of a mail's header fields."""

    def text(self, name: str) -> str: ...
    def has(self, name: str) -> bool: ...


@dataclass(frozen=True)
class Verdict:
    kind: AutoKind | None
    answerable: bool


def recognise(
    headers: Headers,
    *,
    sender: str,
    message_id: str,
    reported: bool,
    own_domains: frozenset[str],
    loop_key: str,
) -> Verdict:
    """What kind of machine mail this is, if any.

    sender       the From address
    reported     the mail carries a delivery report
    own_domains  domains that only our own Message-IDs use
    loop_key     the mark we put on our own mail; '' takes any installation's mark for ours
    """
    if reported or _is_bounce(headers, sender):
        return Verdict(AutoKind.BOUNCE, answerable=False)
    if _is_ours(headers, message_id, own_domains, loop_key):
        return Verdict(AutoKind.LOOP, answerable=False)
    if _is_auto_reply(headers):
        return Verdict(AutoKind.AUTO_REPLY, answerable=False)
    if _is_list(headers):
        return Verdict(AutoKind.LIST, answerable=False)
    return Verdict(None, answerable=_may_be_answered(headers, sender))


def _is_bounce(headers: Headers, sender: str) -> bool:
    if _DAEMON.match(sender):
        return (
            bool(_BOUNCE_SUBJECT.search(headers.text("subject")))
            or _null_sender(headers)
            or ("postmaster@" not in sender.lower())
        )
    return _null_sender(headers) and bool(_BOUNCE_SUBJECT.search(headers.text("subject")))


def _null_sender(headers: Headers) -> bool:
    return headers.has("return-path") and headers.text("return-path").replace(" ", "") == "<>"


def _is_ours(headers: Headers, message_id: str, own_domains: frozenset[str], loop_key: str) -> bool:
    mark = headers.text(LOOP_HEADER.lower())
    if mark and (not loop_key or mark == loop_key):
        return True
    return message_id.rstrip(">").rpartition("@")[2].lower() in own_domains


def _is_auto_reply(headers: Headers) -> bool:
    submitted = headers.text("auto-submitted").split(";")[0].split("(")[0].strip().lower()
    if submitted and submitted != "no":
        return True
    if headers.text("precedence").strip().lower() in ("auto_reply", "auto-reply", "autoreply"):
        return True
    if headers.text("x-autoreply").lower() not in ("", "no", "false"):
        return True
    if any(
        headers.has(name)
        for name in ("x-autorespond", "x-autoresponder", "x-auto-reply-from", "x-mail-autoreply")
    ):
        return True
    if _AUTO_SUBJECT.match(headers.text("subject")):
        return True
    # Exchange puts this header on notices too; on an answer it means an answer by machine.
    return _suppressed(headers) and (headers.has("in-reply-to") or _null_sender(headers))


def _suppressed(headers: Headers) -> bool:
    asked = {word.strip().lower() for word in headers.text("x-auto-response-suppress").split(",")}
    return bool(asked & {"all", "autoreply", "oof"})


def _is_list(headers: Headers) -> bool:
    return (
        headers.has("list-id")
        or headers.text("precedence").strip().lower() == "list"
        or headers.has("mailing-list")
    )


def _may_be_answered(headers: Headers, sender: str) -> bool:
    if _suppressed(headers) or _null_sender(headers) or _NO_REPLY.match(sender):
        return False
    if headers.has("list-unsubscribe") or headers.has("feedback-id"):
        return False
    return headers.text("precedence").strip().lower() not in ("bulk", "junk")


def read_report(fields_text: str) -> tuple[FailedRecipient, ...]:
    """The recipients of a message/delivery-status body: groups of fields, one group for each."""
    found = []
    for group in re.split(r"\n[ \t]*\n", fields_text.replace("\r\n", "\n")):
        values: dict[str, str] = {}
        for line in re.sub(r"\n[ \t]+", " ", group).split("\n"):
            name, colon, value = line.partition(":")
            if colon:
                values.setdefault(name.strip().lower(), value.strip())
        recipient = values.get("final-recipient") or values.get("original-recipient")
        if recipient:
            found.append(_failed(recipient, values))
    return tuple(found[:200])


def _failed(recipient: str, values: dict[str, str]) -> FailedRecipient:
    address = recipient.partition(";")[2] or recipient
    status = _STATUS.search(values.get("status", "")) or _STATUS.search(values.get("diagnostic-code", ""))
    return FailedRecipient(
        address=address.strip().strip("<>").strip(),
        status=status[1] if status else "",
        action=values.get("action", "").split()[0].lower() if values.get("action") else "",
        diagnostic=values.get("diagnostic-code", "").partition(";")[2].strip()[:500],
    )


def bounce_from(report: tuple[FailedRecipient, ...], text: str, original_id: str) -> Bounce:
    """A bounce out of its report; servers that send none (qmail, 163) are read from their prose."""
    failed = tuple(
        one for one in report if one.action not in ("delivered", "relayed", "expanded")
    ) or _from_prose(text)
    found = _ORIGINAL_ID.search(text)
    return Bounce(
        failed=failed,
        original_message_id=original_id or (found[1] if found else ""),
        permanent=not failed or any(_for_good(one) for one in failed),
    )


def _for_good(one: FailedRecipient) -> bool:
    return one.action != "delayed" and not one.status.startswith("4")


def _from_prose(text: str) -> tuple[FailedRecipient, ...]:
    """The first address that is not a daemon's, with the code nearest behind it."""
    for match in _ADDRESS.finditer(text[:20_000]):
        if _DAEMON.match(match[0]):
            continue
        behind = text[match.start() : match.start() + 600]
        status = _STATUS.search(behind) or _STATUS.search(text)
        code = _REPLY_CODE.search(behind)
        given = status[1] if status else (f"{code[1][0]}.0.0" if code else "")
        return (FailedRecipient(match[0], given, "failed", behind.split("\n\n")[0].strip()[:500]),)
    return ()
