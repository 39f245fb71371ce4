"""The vendor of e-mail."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from shouwen.channels.models import Account, Message
from shouwen.channels.registry import Checked, Common, Outcome, Step
from shouwen.channels.vendors.email import identity, receiver, rules, sending, servers
from shouwen.platform.mail import connection, imap, smtp


class Email(Common):
    code = "email"
    channel = "email"
    label = _("E-mail")
    icon = "mail"
    has_accounts = True
    delivers = True
    receives = True

    def validate_settings(self, values: Mapping[str, Any], before: Account | None) -> Checked:
        checked = rules.mailbox(values, frozenset(before.secrets) if before else frozenset())
        return Checked(address=checked.address, settings=checked.settings, secrets=checked.secrets)

    def test(self, account: Account) -> list[Step]:
        """Every step to the servers and what each said. Nothing is sent and nothing is marked read."""
        steps: list[Step] = []
        if account.settings.get("receive") == "imap":
            tried = imap.test_connection(servers.imap_server(account), servers.fetching(account))
            steps += _shown("IMAP", tried)
        if account.settings.get("send") == "smtp":
            tried = smtp.test_connection(servers.smtp_server(account), sender=account.address)
            steps += _shown("SMTP", tried)
        return steps or [
            Step(_("Nothing is connected to: this mailbox receives by the inlet or not at all."), True)
        ]

    def deliver(self, message: Message, account: Account, on_data: Callable[[], None]) -> Outcome:
        return sending.deliver(message, account, on_data)

    def poll(self, account: Account, at: datetime) -> int:
        """Fetch what is new once; the number of mails stored."""
        return receiver.mailbox(account).fetch_once()

    def can_send(self, account: Account) -> bool:
        return bool(account.settings.get("send", "") == "smtp")

    def new_id(self, message: Message, address: str) -> str:
        return identity.new_message_id(message, address)


def _shown(protocol: str, tried: list[connection.Step]) -> list[Step]:
    return [
        Step(label=protocol, ok=step.ok, note=say(step.sentence.msgid) % step.sentence.params)
        for step in tried
    ]
