"""The vendor of short messages."""

import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.utils.translation import gettext_lazy as _

from shouwen.channels import forms, queries, services, signing
from shouwen.channels.callbacks import MESSAGE, REPORT, Answer, Entry, Given
from shouwen.channels.models import Account, InboundRecord, Message
from shouwen.channels.registry import Checked, Common, Field, Limit, Outcome, Room, Step
from shouwen.channels.vendors.sms import rules as sms_rules
from shouwen.channels.vendors.sms import sending
from shouwen.customers.rules import normalise
from shouwen.kernel.errors import Invalid
from shouwen.platform.secrets import unseal

INCOMING = "phone = phone\ntext = text\nid = id\nreport = report\nstatus = status"
REASONS = {
    signing.UNSIGNED: "wrong_signature",
    signing.WRONG: "wrong_signature",
    signing.OLD: "old_timestamp",
    signing.BAD_TIME: "old_timestamp",
}


class Sms(Common):
    code = "sms"
    channel = "sms"
    label = _("Short messages")
    icon = "smartphone"
    has_accounts = True
    delivers = True
    rationed = True
    limit = Limit(sms_rules.MOST_PARTS, "sms")
    fields = (
        Field("signature", _("Signature in front"), help=_("Such as 【首问科技】, as your provider registered it.")),
        Field("send_url", _("Address of the provider"), "url", required=True),
        Field(
            "auth",
            _("How the provider knows us"),
            "choice",
            choices=(
                ("bearer", _("Key as bearer token")),
                ("basic", _("User name and key (basic)")),
                ("body", _("In the fields below: {user} and {key}")),
            ),
            default="bearer",
        ),
        Field("api_user", _("User name at the provider")),
        Field("api_key", _("Key of the provider"), "secret"),
        Field("format", _("Sent as"), "choice", choices=(("json", "JSON"), ("form", _("Form"))), default="json"),
        Field(
            "numbers",
            _("Mobile numbers are written"),
            "choice",
            choices=(("local", "13800000000"), ("international", "+8613800000000")),
            default="local",
        ),
        Field(
            "body",
            _("Fields of a message"),
            "lines",
            default="phone = {phone}\ntext = {text}\nid = {id}",
            help=_("One a line: name = value, with {phone}, {text}, {id}, {user} and {key}."),
        ),
        Field("ok", _("Taken when"), "lines", default="code = 0", help=_("Fields of the answer, such as data.code = 0.")),
        Field("id_at", _("Where the answer names the message"), default="id"),
        Field("never", _("Codes that never help"), "lines", help=_("One a line; every other code is tried again later.")),
        Field("incoming", _("Fields of callbacks"), "lines", default=INCOMING, help=_("One a line: ours = theirs.")),
        Field(
            "delivered",
            _("Delivered when the status is"),
            "lines",
            default="DELIVRD\ndelivered",
            help=_("Every other status of a report means not delivered."),
        ),
        Field(
            "proof",
            _("How callbacks prove themselves"),
            "choice",
            choices=(("signed", _("Signature of ours")), ("key", _("Secret in the address (?key=…)"))),
            default="signed",
        ),
        Field("secret", _("Secret"), "secret", required=True, made=43),
        Field("stop", _("Words that ask for no more"), "lines", default="\n".join(sms_rules.STOP_WORDS)),
        Field("back", _("Words that ask for them again"), "lines", default="\n".join(sms_rules.BACK_WORDS)),
    )  # fmt: skip

    def validate_settings(self, values: Mapping[str, Any], before: Account | None) -> Checked:
        known = frozenset(before.secrets) if before else frozenset[str]()
        settings, sealed, errors = forms.checked(self.fields, values, known)
        template = forms.pairs_of(settings.get("body", ""))
        if not all(any(f"{{{part}}}" in text for text in template.values()) for part in ("phone", "text")):
            errors["body"] = str(_("It must have {phone} and {text}."))
        if not forms.pairs_of(settings.get("ok", "")):
            errors["ok"] = str(_("Write lines such as: code = 0"))
        forms.must_be_right(errors)
        return Checked("", settings, sealed)

    def canonical(self, address: str) -> str:
        try:
            return normalise("phone", address)
        except Invalid:
            return address

    def room(self, account: Account | None, address: str, at: datetime) -> Room:
        reach = queries.stopped(self.channel, self.canonical(address))
        if reach is None or (reach.last_in_at and reach.stopped_at and reach.last_in_at > reach.stopped_at):
            return Room(self.limit)
        return Room(
            self.limit,
            closed=_(
                "The customer asked for no more short messages. Call or mail, or wait until they write."
            ),
        )

    def test(self, account: Account) -> list[Step]:
        """Whether the provider answers at all; sending needs a message, and nothing reaches a customer here."""
        url = account.settings["send_url"]
        try:
            answer = httpx.head(url, timeout=sending.TIMEOUT)
        except (httpx.HTTPError, httpx.InvalidURL) as trouble:
            return [Step(urlsplit(url).netloc, False, type(trouble).__name__)]
        return [Step(urlsplit(url).netloc, True, f"HTTP {answer.status_code}")]

    def deliver(self, message: Message, account: Account, on_data: Callable[[], None]) -> Outcome:
        return sending.deliver(message, account, on_data)

    def callback(self, account: Account, given: Given, at: datetime) -> Answer:
        """Genuine, readable, then each item kept by itself; a second sending of the same ones changes nothing."""
        if given.method != "POST" or len(given.body) > self.most_bytes:
            return Answer(413 if given.body else 405, "refused")
        fault = _fault(account, given, at)
        if fault:
            services.refuse(account=account, reason=fault, sender=given.network, at=at)
            return Answer(401, "refused")
        try:
            items = sms_rules.items_of(given.body, forms.pairs_of(account.settings["incoming"]))
        except (ValueError, RecursionError):
            services.refuse(account=account, reason="unreadable", sender=given.network, at=at)
            return Answer(422, "unreadable")
        mark = signing.mark(given.headers.get(signing.SIGNATURE.lower(), "")) if _signed(account) else ""
        return self._kept(account, given, items, mark, at)

    def _kept(
        self, account: Account, given: Given, items: list[sms_rules.Incoming], mark: str, at: datetime
    ) -> Answer:
        """The mark of the whole stands with its last item: until then a second try is taken for what it is."""
        state = ""
        for number, item in enumerate(items, 1):
            body = json.dumps(asdict(item), ensure_ascii=False)
            name = f"{item.id}:{item.report}:{item.status}" if item.id or item.report else body
            state = services.accept(
                account=account,
                key=name,
                mark=mark if number == len(items) else "",
                body=body.encode(),
                sender=self.canonical(item.phone),
                title=item.text[:60],
                at=at,
            ).state
        if state == "replay":
            services.refuse(account=account, reason="replay", sender=given.network, at=at)
            return Answer(409, "replay")
        return Answer(200, "OK")

    def take_in(self, record: InboundRecord, body: bytes, at: datetime) -> Entry:
        item, account = sms_rules.Incoming(**json.loads(body)), record.account
        assert account is not None, "callbacks.take_in looks first"
        settings, phone = account.settings, self.canonical(item.phone)
        if item.report:
            good = item.status in forms.lines_of(settings["delivered"])
            reference = f"{account.pk}:{item.report}"
            return Entry(REPORT, reference=reference, delivered=good, detail="" if good else item.status)
        stop, back = ({w.upper() for w in forms.lines_of(settings[part])} for part in ("stop", "back"))
        return Entry(
            MESSAGE,
            text=item.text,
            address=phone,
            contact=(("phone", item.phone),),
            external_id=f"{account.pk}:{item.id}" if item.id else "",
            consent=sms_rules.wish(item.text, frozenset(stop), frozenset(back)),
        )


def _signed(account: Account) -> bool:
    return bool(account.settings["proof"] == "signed")


def _fault(account: Account, given: Given, at: datetime) -> str:
    """Why a callback is not genuine, "" when it is."""
    secret = unseal(account.secrets["secret"])
    if not _signed(account):
        fits = hmac.compare_digest(given.query.get("key", "").encode(), secret.encode())
        return "" if fits else "wrong_signature"
    fault = signing.fault(
        secret=secret,
        timestamp=given.headers.get(signing.TIMESTAMP.lower(), ""),
        signature=given.headers.get(signing.SIGNATURE.lower(), ""),
        body=given.body,
        at=at,
    )
    return REASONS[fault] if fault else ""
