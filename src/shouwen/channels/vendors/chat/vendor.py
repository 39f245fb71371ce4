"""The vendor of live chat. What we write stands in the visitor's window at once, so nothing is carried."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.channels.models import Account
from shouwen.channels.registry import Checked, Recorded, Step
from shouwen.channels.vendors.chat import queries, rules
from shouwen.platform.access import now


class Chat(Recorded):
    code = "chat"
    channel = queries.CHANNEL
    label = _("Chat")
    icon = "message-circle"
    has_accounts = True

    def validate_settings(self, values: Mapping[str, Any], before: Account | None) -> Checked:
        """The public key in the snippet is made once and never changes."""
        key = before.address if before else secrets.token_hex(8)
        return Checked(address=key, settings=rules.settings(values))

    def test(self, account: Account) -> list[Step]:
        at: datetime = now()
        return [
            Step(
                _("Sites that may show it"),
                bool(account.settings.get("sites")),
                len(account.settings["sites"]),
            ),
            Step(_("Somebody answers now"), queries.is_staffed(account, at), queries.on_duty(account)),
        ]
