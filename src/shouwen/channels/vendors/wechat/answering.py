"""The platform's requests: genuine, for us, readable; and what is answered in the same breath."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from shouwen.channels import forms, queries
from shouwen.channels.callbacks import Answer, Given
from shouwen.channels.models import Account
from shouwen.channels.signing import WINDOW
from shouwen.channels.vendors.wechat import crypto, rules
from shouwen.platform.secrets import unseal

if TYPE_CHECKING:
    from shouwen.channels.vendors.wechat.vendor import WeChat

_ENCRYPT = re.compile(r"<Encrypt>\s*<!\[CDATA\[([A-Za-z0-9+/=]+)\]\]>\s*</Encrypt>")


@dataclass(frozen=True)
class Opened:
    """A request that is genuine: the text inside and, of a message, its fields."""

    text: str
    fields: dict[str, str]


def opened(vendor: "WeChat", account: Account, given: Given, at: datetime) -> Opened | str:
    """What the platform sent, or the reason for the register."""
    token, query = unseal(account.secrets["token"]), given.query
    stamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
    if given.method != "POST" and not vendor.wecom:
        if not crypto.is_signed(query.get("signature", ""), token, stamp, nonce):
            return "wrong_signature"
        return Opened(query.get("echostr", ""), {}) if _fresh(stamp, at) else "old_timestamp"
    if len(given.body) > vendor.most_bytes:
        return "too_big"
    sealed = _sealed(given)
    if not sealed:
        return "not_encrypted"
    if not crypto.is_signed(query.get("msg_signature", ""), token, stamp, nonce, sealed):
        return "wrong_signature"
    if not _fresh(stamp, at):
        return "old_timestamp"
    return _read(vendor, account, given, sealed)


def _sealed(given: Given) -> str:
    if given.method != "POST":
        return given.query.get("echostr", "")
    found = _ENCRYPT.search(given.body.decode("utf-8", "replace"))
    return found[1] if found else ""


def _read(vendor: "WeChat", account: Account, given: Given, sealed: str) -> Opened | str:
    try:
        text, receiver = vendor.envelope(account).open(sealed)
        fields = rules.fields_of(text) if given.method == "POST" else {}
    except (crypto.Unreadable, rules.NoXml):
        return "unreadable"
    if receiver != vendor.receiver(account):
        return "wrong_receiver"
    if given.method == "POST" and not fields.get("FromUserName" if vendor.names_sender else "Event"):
        return "unreadable"
    return Opened(text, fields)


def _fresh(stamp: str, at: datetime) -> bool:
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 11):
        return False
    return abs(at - datetime.fromtimestamp(int(stamp), UTC)) <= WINDOW


def said_at_once(account: Account, fields: Mapping[str, str], address: str, at: datetime) -> str:
    """The text of a passive reply, "" for none."""
    settings = account.settings
    if fields.get("MsgType") != "event":
        text = str(settings.get("acknowledge") or "")
        silent = not queries.wrote_since(address, account.pk, at - rules.ACKNOWLEDGE_AGAIN)
        return text if text and silent else ""
    event = fields.get("Event", "").lower()
    if event == "subscribe":
        return str(settings.get("welcome") or "")
    if event == "click":
        return forms.pairs_of(str(settings.get("menu") or "")).get(fields.get("EventKey", ""), "")
    return ""


def passive(
    vendor: "WeChat", account: Account, fields: Mapping[str, str], text: str, *, stamp: str
) -> Answer:
    """The reply inside the answer, encrypted and signed as the platform wants it."""
    plain = rules.pairs(
        {
            "ToUserName": fields["FromUserName"],
            "FromUserName": fields.get("ToUserName", ""),
            "CreateTime": stamp,
            "MsgType": "text",
            "Content": text,
        }
    )
    sealed, nonce = vendor.envelope(account).close(plain), secrets.token_hex(8)
    signed = crypto.signature(unseal(account.secrets["token"]), stamp, nonce, sealed)
    body = rules.pairs({"Encrypt": sealed, "MsgSignature": signed, "TimeStamp": stamp, "Nonce": nonce})
    return Answer(200, body, "text/xml; charset=utf-8")
