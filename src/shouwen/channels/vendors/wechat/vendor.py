"""The vendor of WeChat Official Accounts; WeCom differs in a few places and is built on it."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import httpx
from django.utils.translation import gettext_lazy as _

from shouwen.channels import forms, queries, services
from shouwen.channels.callbacks import GO_ON, MESSAGE, NOTED, STOP, Answer, Entry, Given, Loose
from shouwen.channels.models import Account, InboundRecord, Message
from shouwen.channels.registry import Checked, Common, Field, Limit, Outcome, Room, Step
from shouwen.channels.services.keys import NoKey
from shouwen.channels.signing import mark
from shouwen.channels.vendors.wechat import answering, crypto, notices, sending
from shouwen.channels.vendors.wechat import rules as wechat_rules
from shouwen.channels.vendors.wechat.client import Client, PlatformError
from shouwen.platform.secrets import unseal

SAYS_WHAT: dict[str, Any] = {
    "image": _("[Picture]"),
    "voice": _("[Voice message]"),
    "video": _("[Video]"),
    "file": _("[File]"),
    "location": _("[Location]"),
    "link": _("[Link]"),
}
CLOSED: dict[str, Any] = {
    "never": _(
        "This customer has not written to us by WeChat, so it does not let us write. Call, mail or send an SMS."
    ),
    "over": _(
        "48 hours have passed since the customer last wrote, so WeChat does not let us answer here. Call, mail or send an "
        "SMS, or wait until they write again."
    ),
    "used": _(
        "WeChat allows five answers to each message of a customer, and they are used. Call, mail or send an SMS, or "
        "wait until they write again."
    ),
    "notice": _(
        "WeChat lets no answer through now: this goes out as a short notice, with the way to the customer's own page, "
        "where they read it in full and can answer."
    ),
    "left": _("The customer no longer follows the Official Account. Call, mail or send an SMS."),
}
SECRETS = (
    Field("app_secret", _("Secret of the application (AppSecret)"), "secret", required=True),
    Field("token", _("Callback token"), "secret", required=True, made=32),
    Field("aes_key", _("Encryption key (EncodingAESKey)"), "secret", required=True, made=crypto.KEY_LETTERS),
)
TEXTS = (
    Field(
        "acknowledge",
        _("Said at once"),
        "lines",
        help=_(
            "Sent in the same second when somebody writes who was silent for twelve hours. Empty: nothing."
        ),
    ),
)


def in_words(words: wechat_rules.Words) -> tuple[str, str]:
    """Title and text of what came, where it is not text alone."""
    if words.sort == "other":
        told = str(_("[A message of the sort “%(sort)s”; it can be read in WeChat only]"))
        return words.text, told % {"sort": words.text}
    head = str(SAYS_WHAT.get(words.sort, ""))
    return words.text or head, " ".join(part for part in (head, words.text) if part)


class WeChat(Common):
    code = "wechat"
    channel = "wechat"
    label = _("WeChat Official Account")
    icon = "message-circle"
    has_accounts = True
    delivers = True
    wecom = False
    names_sender = True  # its callbacks say who wrote
    limit = Limit(wechat_rules.MOST_BYTES, "bytes")
    rationed = True
    fields: tuple[Field, ...] = (
        Field("app_id", _("AppID of the Official Account"), required=True),
        *SECRETS,
        Field("welcome", _("Said to new followers"), "lines", help=_("Empty: nothing.")),
        *TEXTS,
        Field(
            "menu",
            _("Answers to menu keys"),
            "lines",
            help=_("One a line: KEY = text. A click on that key of your menu is answered at once."),
        ),
        *notices.FIELDS,
        Field("api", _("Address of the platform"), "url", default="https://api.weixin.qq.com"),
    )

    def validate_settings(self, values: Mapping[str, Any], before: Account | None) -> Checked:
        known = frozenset(before.secrets) if before else frozenset[str]()
        settings, sealed, errors = forms.checked(self.fields, values, known)
        if "aes_key" in sealed:
            try:
                crypto.key_bytes(sealed["aes_key"])
            except crypto.Unreadable:
                errors["aes_key"] = str(_("It has exactly 43 letters and digits."))
        if "token" in sealed and not (3 <= len(sealed["token"]) <= 32 and sealed["token"].isalnum()):
            errors["token"] = str(_("It has 3 to 32 letters and digits."))
        notices.wrong(settings, errors)
        address = self.address_of(settings, errors)
        forms.must_be_right(errors)
        return Checked(address, settings, sealed)

    def address_of(self, settings: Mapping[str, Any], errors: dict[str, Any]) -> str:
        """The account's id on the platform, as it stands in addresses and in encrypted messages."""
        return str(settings["app_id"])

    def receiver(self, account: Account) -> str:
        return str(account.settings["app_id"])

    def reaches(self, address: str) -> bool:
        """Only who is known by an account: a WeChat name that somebody typed in is no address."""
        return "@" in address.strip("@")

    def room(self, account: Account | None, address: str, at: datetime) -> Room:
        reach = queries.reach(account.pk, address) if account else None
        if reach is not None and reach.stopped_at is not None:
            return Room(self.limit, closed=CLOSED["left"])
        found = wechat_rules.window(reach.last_in_at if reach else None, reach.sent_since if reach else 0, at)
        if found.until is not None and found.why and notices.wanted(account):
            return Room(self.limit, told=CLOSED["notice"])
        if found.why:
            return Room(self.limit, closed=CLOSED[found.why])
        return Room(self.limit, until=found.until, left=found.left)

    def test(self, account: Account) -> list[Step]:
        """Asks the platform for an access token; nothing reaches a customer."""
        try:
            Client(account, wecom=self.wecom).token()
        except PlatformError as trouble:
            return [Step(_("Access token"), False, str(trouble))]
        except (httpx.HTTPError, httpx.InvalidURL, NoKey) as trouble:
            return [Step(_("Access token"), False, type(trouble).__name__)]
        return [Step(_("Access token"), True, _("The platform knows this account."))]

    def deliver(self, message: Message, account: Account, on_data: Callable[[], None]) -> Outcome:
        return sending.deliver(Client(account, wecom=self.wecom), message, account, on_data)

    def fetch(self, account: Account, wanted: dict[str, Any]) -> Loose:
        content = Client(account, wecom=self.wecom).media(str(wanted["media"]))
        return Loose(str(wanted["name"]), content)

    def callback(self, account: Account, given: Given, at: datetime) -> Answer:
        """Genuine or not, then kept, then answered: far within the platform's five seconds."""
        opened = answering.opened(self, account, given, at)
        if isinstance(opened, str):
            services.refuse(account=account, reason=opened, sender=given.network, at=at)
            return Answer(403, "refused")
        if given.method != "POST":
            return Answer(200, opened.text)
        told = answering.said_at_once(account, opened.fields, self.address(account, opened.fields), at)
        accepted = services.accept(
            account=account,
            key=wechat_rules.name_of(opened.fields),
            mark=mark(given.query.get("msg_signature", "")),
            body=json.dumps({"xml": opened.text, "told": told}, ensure_ascii=False).encode(),
            sender=self.address(account, opened.fields),
            title=opened.fields.get("Content", "")[:60] or opened.fields.get("MsgType", ""),
            at=at,
        )
        if accepted.state == "replay":
            services.refuse(
                account=account,
                reason="replay",
                sender=given.network,
                title=opened.fields.get("MsgId", ""),
                at=at,
            )
        if accepted.state != "new" or not told:
            return Answer(200, "success")
        return answering.passive(self, account, opened.fields, told, stamp=str(int(at.timestamp())))

    def address(self, account: Account, fields: Mapping[str, str]) -> str:
        return f"{fields.get('FromUserName', '')[:200]}@{account.address}"

    def take_in(self, record: InboundRecord, body: bytes, at: datetime) -> Entry:
        kept = json.loads(body)
        fields = wechat_rules.fields_of(kept["xml"])
        account = record.account
        assert account is not None, "callbacks.take_in looks first"
        address = self.address(account, fields)
        if fields.get("MsgType") == "event":
            event = fields.get("Event", "").lower()
            if event == "templatesendjobfinish":
                return notices.report(account, fields)
            consent = {"subscribe": GO_ON, "unsubscribe": STOP}.get(event, "")
            return Entry(
                NOTED,
                address=address,
                consent=consent,
                detail=f"{event} {fields.get('EventKey', '')}".strip(),
            )
        words = wechat_rules.words_of(fields)
        title, text = in_words(words)
        wanted = {"media": words.media, "name": f"{words.sort}-{fields.get('MsgId', '')}.{words.form}"}
        return Entry(
            MESSAGE,
            text=text,
            title=title,
            name=str(self.person(fields)),
            address=address,
            contact=(("wechat", address),),
            external_id=f"{account.pk}:{fields.get('MsgId', '')}" if fields.get("MsgId") else "",
            fetch=(wanted,) if words.media else (),
            told=str(kept.get("told") or ""),
        )

    def person(self, fields: Mapping[str, str]) -> Any:
        """The platform tells no names: the end of the id, so that two can be told apart."""
        return _("WeChat user %(id)s") % {"id": fields.get("FromUserName", "")[-6:]}

    def envelope(self, account: Account) -> crypto.Envelope:
        return crypto.Envelope(unseal(account.secrets["aes_key"]), self.receiver(account))
