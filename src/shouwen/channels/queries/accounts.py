"""Reads on mailboxes and lines."""

from django.utils.translation import gettext_lazy as _

from shouwen.channels import registry
from shouwen.channels.models import Account, Message
from shouwen.kernel.errors import NotFound
from shouwen.platform import db

OPEN = db.Read(lambda channel: Account.objects.filter(channel=channel, active=True))


def accounts(channel: str = "") -> list[Account]:
    found = Account.objects.all()
    return list(found.filter(channel=channel) if channel else found)


def account(account_id: int) -> Account:
    try:
        return Account.objects.get(pk=account_id)
    except Account.DoesNotExist:
        raise NotFound(_("There is no such mailbox.")) from None


def account_at(vendor: str, account_id: int) -> Account:
    """The account that a callback address names; one that is switched off does not exist for the other side."""
    found = Account.objects.filter(pk=account_id, vendor=vendor, active=True).first()
    if found is None:
        raise NotFound(_("There is no such account."))
    return found


def lines() -> list[Account]:
    """Accounts that have no page of their own: everything but mail."""
    return [a for a in Account.objects.all() if registry.get(a.vendor).fields]


def active_accounts(vendor: str) -> list[Account]:
    return list(Account.objects.filter(vendor=vendor, active=True).order_by("pk"))


def receiving_accounts(vendor: str, how: str) -> list[Account]:
    """Active accounts of a vendor that fetch mail in this way: "imap" or "inlet"."""
    return [
        a for a in Account.objects.filter(vendor=vendor, active=True) if a.settings.get("receive", "") == how
    ]


def inlet_accounts(vendor: str) -> dict[str, Account]:
    """Active accounts by address, for mail that is delivered to us directly."""
    return {a.address.lower(): a for a in Account.objects.filter(vendor=vendor, active=True) if a.address}


def own_addresses() -> frozenset[str]:
    """Addresses that are ours, switched off or not: mail from them is never a customer's."""
    return frozenset(a.lower() for a in Account.objects.exclude(address="").values_list("address", flat=True))


def account_for_delivery(message: Message) -> Account | None:
    """The account a message goes out by: its conversation's, the channel's default, or any that can send."""
    own = message.conversation.account_id if message.conversation else None
    return account_to(message.channel, message.address, own)


def account_to(channel: str, address: str, own: int | None = None) -> Account | None:
    """The account that writes to an address: `own`, the default, or any that can send.

    An address that names its account behind an "@" (somebody known to one WeChat account only) goes by that.
    """
    able = [a for a in OPEN.all(channel=channel) if registry.get(a.vendor).can_send(a)]
    able.sort(key=lambda a: (not _named(a, address), a.pk != own, not a.default, a.pk))
    return able[0] if able else None


def _named(account: Account, address: str) -> bool:
    return bool(account.address) and address.endswith(f"@{account.address}")


def mailbox_troubles() -> list[Account]:
    """Active accounts that cannot receive at the moment."""
    return list(Account.objects.filter(active=True, state="error"))
