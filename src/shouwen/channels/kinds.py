"""The channels there are: how they read on screens, and how a customer who came by one is answered.

A vendor carries a channel; two vendors may carry the same one (an Official Account and WeCom are both WeChat).
A room above that lists channels reads them here, so that a new one is added in one place.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Channel:
    """One way of contact.

    answered_by  the channel an answer goes out by; itself, but for the public form, which mail answers
    contact      the kind of contact point that says where somebody is reached; "" when none does
    """

    code: str
    label: Any
    icon: str
    answered_by: str = ""
    contact: str = ""


_KNOWN: dict[str, Channel] = {}


def register(channel: Channel) -> None:
    """Make a channel known; a second one of the same code replaces the first."""
    _KNOWN[channel.code] = channel


for _one in (
    Channel("phone", _("Phone"), "phone"),
    Channel("desk", _("Service desk"), "concierge-bell"),
    Channel("email", _("E-mail"), "mail", contact="email"),
    Channel("web", _("Web form"), "globe", answered_by="email"),
    Channel("chat", _("Chat"), "message-square"),
    Channel("wechat", _("WeChat"), "message-circle", contact="wechat"),
    Channel("sms", _("SMS"), "smartphone", contact="phone"),
    Channel("letter", _("Letter or fax"), "mailbox"),
    Channel("social", _("Forum or social post"), "share-2"),
    Channel("return_visit", _("Return visit"), "phone-outgoing"),
    Channel("internal", _("Internal"), "building"),
    Channel("webhook", _("Connected system"), "webhook"),
):
    register(_one)


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
