"""A mail whose words are kept nowhere with us: a code that only its reader may know."""

from datetime import datetime

from django.template.defaultfilters import truncatechars

from shouwen.channels.models import Account
from shouwen.channels.queries.accounts import accounts
from shouwen.channels.vendors.email import identity
from shouwen.channels.vendors.email.servers import smtp_server
from shouwen.platform.mail import smtp
from shouwen.platform.mail.composing import MAX_SUBJECT, compose
from shouwen.platform.mail.parsing import Address


class NotHandedOver(RuntimeError):
    """The server could not take it now; whoever asked tries again."""


def sender() -> Account | None:
    """The default mailbox that can send, or any."""
    able = [one for one in accounts("email") if one.active and one.settings.get("send") == "smtp"]
    return min(able, key=lambda one: (not one.default, one.pk), default=None)


def send(*, to: str, title: str, text: str, key: str, at: datetime) -> bool:
    """Hand it to the mail server; False when no mailbox can send. A refusal for good is the end of it."""
    account = sender()
    if account is None:
        return False
    mail = compose(
        from_=Address(str(account.settings.get("from_name") or account.name), account.address),
        to=[Address("", to)],
        subject=truncatechars(title, MAX_SUBJECT),
        text=text,
        key=f"{identity.loop_key()}:{key}",
        domain=identity.own_domain(account.address),
        at=at,
        automatic=True,
        loop_key=identity.loop_key(),
    )
    sent = smtp.send(mail.as_bytes(), [to], smtp_server(account), sender=account.address)
    if isinstance(sent, smtp.TemporaryFailure):
        raise NotHandedOver(str(sent.sentence))
    return True
