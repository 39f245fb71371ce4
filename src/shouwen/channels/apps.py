"""Starts the room: vendors, permissions, pages, jobs, the parts that listen."""

from datetime import datetime

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChannelsConfig(AppConfig):
    name = "shouwen.channels"
    label = "channels"
    verbose_name = _("Channels")

    def ready(self) -> None:
        from shouwen.channels import (  # noqa: F401
            api,
            handlers,
            panels,
            policies,
            preferences,
            settings_named,
            tasks,
            vendors,
        )
        from shouwen.channels.vendors.chat import entries as chat
        from shouwen.channels.vendors.desk import entries as desk
        from shouwen.channels.vendors.email import inlet, receiver
        from shouwen.channels.vendors.phone import entries as phone
        from shouwen.platform import apikit, runtime

        policies.register_permissions()
        preferences.register()
        vendors.register_all()
        phone.register()
        desk.register()
        chat.register()
        settings_named.register()
        runtime.register("mail.receiver", receiver.start, receiver.stop)
        runtime.register("mail.inlet", inlet.start, inlet.stop)
        apikit.scope("settings:read", _("Read settings"))
        apikit.scope("settings:write", _("Change settings"))
        apikit.scope("channels:read", _("Read calls, visits and chats"))
        apikit.scope("channels:write", _("Work on calls and at the counter"))
        for address, module in api.ROUTERS.items():
            apikit.add_router(address, module)
        _entries()
        _sentences()
        _privacy()


def _entries() -> None:
    from shouwen.channels import policies
    from shouwen.platform.frame import setting

    setting(
        "mailboxes",
        _("Mailboxes"),
        "channels:mailboxes",
        "mailbox",
        policies.SET_UP,
        order=30,
        help=_("Addresses customers write to, and the servers behind them"),
    )
    setting(
        "lines",
        _("Connected channels"),
        "channels:lines",
        "plug",
        policies.SET_UP,
        order=30,
        help=_("WeChat, short messages and systems of your own"),
    )
    setting(
        "outgoing",
        _("Outgoing queue"),
        "channels:outgoing",
        "send",
        policies.TEND,
        order=31,
        help=_("What is on its way, what failed, what was possibly sent"),
    )
    setting(
        "refusals",
        _("Refused contacts"),
        "channels:refusals",
        "mail-x",
        policies.REGISTER,
        order=32,
        help=_("Mails and callbacks that opened no request, with the reason"),
    )


def _sentences() -> None:
    from shouwen.platform.ledger import books
    from shouwen.platform.ledger.describe import sentence

    sentence("channels.message_received", _("A message came in"))
    sentence("channels.message_sent", _("The message was delivered to the customer's server"))
    sentence("channels.delivery_failed", _("The message to %(address)s was not delivered"))
    sentence("channels.delivery_maybe", _("The message was possibly sent; somebody should look"))
    sentence("channels.file_added", _("The file “%(name)s” was fetched"))
    books.enter(books.SETTINGS, "channels.account_changed")
    sentence("channels.account_changed", _("The channel “%(name)s” was set up or changed"))


def _privacy() -> None:
    from shouwen.channels import queries, services
    from shouwen.platform.access import Actor
    from shouwen.platform.privacy import register

    def erase(customer_id: int, *, at: datetime, by: Actor) -> None:
        services.erase_customer(customer_id=customer_id, at=at, by=by)

    register("channels", export=queries.export_of, erase=erase)
