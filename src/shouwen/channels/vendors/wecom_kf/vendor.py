"""The vendor of WeCom's customer service. The same 48 hours and five answers as an Official Account has."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import httpx
from django.utils.translation import gettext_lazy as _

from shouwen.channels import services
from shouwen.channels.callbacks import MESSAGE, NOTED, REPORT, Answer, Entry, Given, Loose
from shouwen.channels.models import Account, InboundRecord, Message
from shouwen.channels.registry import Field, Outcome, Step
from shouwen.channels.services.keys import NoKey
from shouwen.channels.signing import mark
from shouwen.channels.vendors.wechat import answering, sending
from shouwen.channels.vendors.wechat.client import PlatformError
from shouwen.channels.vendors.wechat.vendor import SECRETS, WeChat, in_words
from shouwen.channels.vendors.wecom_kf import fetching, rules, tasks
from shouwen.channels.vendors.wecom_kf.client import Kf


class WeComKf(WeChat):
    code = "wecom_kf"
    label = _("WeCom customer service")
    icon = "headset"
    wecom = True
    names_sender = False
    fields: tuple[Field, ...] = (
        Field("corp_id", _("Id of the enterprise (CorpID)"), required=True),
        Field(
            "open_kfid",
            _("Id of the customer-service account (open_kfid)"),
            required=True,
            help=_("One line here for each; the platform calls one address for all of an enterprise."),
        ),
        *SECRETS,
        Field("welcome", _("Said to who opens the window"), "lines", help=_("Empty: nothing.")),
        Field("api", _("Address of the platform"), "url", default="https://qyapi.weixin.qq.com"),
    )

    def address_of(self, settings: Mapping[str, Any], errors: dict[str, Any]) -> str:
        if not re.fullmatch(r"[\w-]{1,120}", str(settings["open_kfid"]), re.ASCII):
            errors["open_kfid"] = str(_("It has letters, digits, “-” and “_” only."))
        return str(settings["open_kfid"])

    def receiver(self, account: Account) -> str:
        return str(account.settings["corp_id"])

    def test(self, account: Account) -> list[Step]:
        """Asks for an access token and for what has come, and keeps nothing of it."""
        steps = super().test(account)
        if not steps[-1].ok:
            return steps
        try:
            Kf(account).came(fetching.cursor_of(account), "")
        except (PlatformError, NoKey, httpx.HTTPError, httpx.InvalidURL) as trouble:
            return [*steps, Step(_("Customer-service account"), False, str(trouble))]
        return [*steps, Step(_("Customer-service account"), True, _("Its messages can be fetched."))]

    def deliver(self, message: Message, account: Account, on_data: Callable[[], None]) -> Outcome:
        return sending.deliver(Kf(account), message, account, on_data)

    def poll(self, account: Account, at: datetime) -> int:
        return fetching.fetch_all(account, "", at)

    def callback(self, account: Account, given: Given, at: datetime) -> Answer:
        """The platform says that something is there; a job fetches it."""
        opened = answering.opened(self, account, given, at)
        if isinstance(opened, str):
            services.refuse(account=account, reason=opened, sender=given.network, at=at)
            return Answer(403, "refused")
        if given.method != "POST":
            return Answer(200, opened.text)
        if opened.fields.get("Event") != "kf_msg_or_event":
            return Answer(200, "success")
        desk = fetching.desk_of(account, opened.fields.get("OpenKfId", ""))
        with services.once(account=account, mark=mark(given.query.get("msg_signature", "")), at=at) as new:
            if new and desk is not None:
                tasks.fetch_soon(desk.pk, opened.fields.get("Token", "")[:128])
        if not new:
            services.refuse(account=account, reason="replay", sender=given.network, at=at)
        return Answer(200, "success")

    def take_in(self, record: InboundRecord, body: bytes, at: datetime) -> Entry:
        kept = json.loads(body)
        message, account = kept["message"], record.account
        assert account is not None, "callbacks.take_in looks first"
        name, event = f"{account.pk}:{rules.text(message, 'msgid')}", rules.event_of(message)
        address, said_at = fetching.address_of(account, message), rules.said_at(message)
        if event == "msg_send_fail":
            lost = rules.text(rules.part(message, "event"), "fail_msgid")
            return Entry(
                REPORT, reference=f"{account.pk}:{lost}", delivered=False, detail=rules.why_failed(message)
            )
        if event:
            return Entry(NOTED, address=address, detail=event)
        words, called = rules.words_of(message), str(kept.get("name") or "")
        title, text = in_words(words)
        wanted = {
            "media": words.media,
            "name": f"{words.sort}-{rules.text(message, 'msgid')[-16:]}.{words.form}",
        }
        return Entry(
            MESSAGE,
            at=min(said_at, at) if said_at else None,
            text=text,
            title=title,
            name=called or str(_("WeChat user %(id)s") % {"id": rules.who(message)[-6:]}),
            address=address,
            contact=(("wechat", f"{rules.who(message)[:200]}@{account.settings['corp_id']}"),),
            external_id=name,
            fetch=(wanted,) if words.media else (),
        )

    def fetch(self, account: Account, wanted: dict[str, Any]) -> Loose:
        return Loose(str(wanted["name"]), Kf(account).media(str(wanted["media"])))
