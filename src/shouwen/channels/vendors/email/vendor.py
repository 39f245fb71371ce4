"""The vendor of e-mail."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.channels.models import Account
from shouwen.channels.registry import Checked
from shouwen.channels.vendors.email import rules


class Email:
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
