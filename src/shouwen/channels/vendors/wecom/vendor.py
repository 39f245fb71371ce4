"""The vendor of WeCom applications. No 48 hours: members of the enterprise may be written to at any time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.channels.models import Account
from shouwen.channels.registry import Field, Room
from shouwen.channels.vendors.wechat.vendor import SECRETS, TEXTS, WeChat


class WeCom(WeChat):
    code = "wecom"
    label = _("WeCom application")
    icon = "building-2"
    wecom = True
    rationed = False
    fields: tuple[Field, ...] = (
        Field("corp_id", _("Id of the enterprise (CorpID)"), required=True),
        Field("agent_id", _("Id of the application (AgentId)"), "number", required=True),
        *SECRETS,
        *TEXTS,
        Field("api", _("Address of the platform"), "url", default="https://qyapi.weixin.qq.com"),
    )

    def address_of(self, settings: Mapping[str, Any], errors: dict[str, Any]) -> str:
        return f"{settings['corp_id']}.{settings['agent_id']}"

    def receiver(self, account: Account) -> str:
        return str(account.settings["corp_id"])

    def room(self, account: Account | None, address: str, at: datetime) -> Room:
        return Room(self.limit)

    def person(self, fields: Mapping[str, str]) -> Any:
        return fields.get("FromUserName", "")
