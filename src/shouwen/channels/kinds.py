"""The channels there are: how they read on screens, and how a customer who came by one is answered.

A vendor carries a channel; two vendors may carry the same one (an Official Account and WeCom are both WeChat).
A room above that lists channels reads them here, so that a new one is added in one place.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.platform import ways


@dataclass(frozen=True)
class Channel:
    """One way of contact.

    answered_by  the channel an answer goes out by; itself, but for the public form, which mail answers
    contact      the kind of contact point that says where somebody is reached; "" when none does
    by_hand      a colleague may write such a contact down
    spoken       both speak at the same time, so that the customer hears what was understood
    """

    code: str
    label: Any
    icon: str
    answered_by: str = ""
    contact: str = ""
    by_hand: bool = False
    spoken: bool = False


_KNOWN: dict[str, Channel] = {}


def register(channel: Channel) -> None:
    """Make a channel known; a second one of the same code replaces the first."""
    _KNOWN[channel.code] = channel
    ways.register(channel.code, channel.label, channel.icon)


for _one in (
    Channel("phone", _("Phone"), "phone", by_hand=True, spoken=True),
    Channel("desk", _("Service desk"), "concierge-bell", by_hand=True, spoken=True),
    Channel("email", _("E-mail"), "mail", contact="email"),
    Channel("web", _("Web form"), "globe", answered_by="email"),
    Channel("chat", _("Chat"), "message-square"),
    Channel("wechat", _("WeChat"), "message-circle", contact="wechat", by_hand=True),
    Channel("sms", _("SMS"), "smartphone", contact="phone", by_hand=True),
    Channel("letter", _("Letter"), "mailbox", by_hand=True),
    Channel("fax", _("Fax"), "printer", by_hand=True),
    Channel("ivr", _("IVR note"), "voicemail", by_hand=True),
    Channel("social", _("Forum or social post"), "share-2", by_hand=True),
    Channel("return_visit", _("Return visit"), "phone-outgoing", by_hand=True, spoken=True),
    Channel("internal", _("Internal"), "building", by_hand=True, spoken=True),
    Channel("webhook", _("Connected system"), "webhook"),
):
    register(_one)


def every() -> list[Channel]:
    """In the order people look for them."""
    return list(_KNOWN.values())


def by_hand() -> list[str]:
    """What a colleague writes down, in the order people look for them."""
    return [code for code, channel in _KNOWN.items() if channel.by_hand]


def is_spoken(code: str) -> bool:
    return code in _KNOWN and _KNOWN[code].spoken


def codes() -> frozenset[str]:
    return frozenset(_KNOWN)


def labels() -> dict[str, Any]:
    """Code and label of every channel, in the order people look for them."""
    return {code: channel.label for code, channel in _KNOWN.items()}


def icons() -> dict[str, str]:
    return {code: channel.icon for code, channel in _KNOWN.items()}


def label(code: str) -> Any:
    return _KNOWN[code].label if code in _KNOWN else code


def answered_by(code: str) -> str:
    """The channel an answer to somebody who came by `code` goes out by."""
    return (_KNOWN[code].answered_by if code in _KNOWN else "") or code


def contact(code: str) -> str:
    return _KNOWN[code].contact if code in _KNOWN else ""
