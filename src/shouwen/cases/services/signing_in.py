"""Customers sign in to the portal by a code in a mail; there is no account and no password.

Asking costs and answers the same whether we know the address or not: it writes one row and queues one job,
and only the job looks who it is. The code is made there, stored as a keyed hash, and sent past the register
of messages, so that nobody of ours can read it.
"""

import hmac
import secrets
from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import transaction
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from shouwen.cases.models import PortalCode
from shouwen.cases.rules import portal as rules
from shouwen.channels.vendors.email import private
from shouwen.customers import queries as customers
from shouwen.customers import rules as customer_rules
from shouwen.kernel.errors import Invalid, Refused
from shouwen.platform import preferences
from shouwen.platform.jobs import enqueue
from shouwen.platform.web.pages import render_words

log = structlog.get_logger(__name__)
SEND = "cases.send_portal_code"
_without_mailbox: list[Callable[[str, str], None]] = []


def without_mailbox(show: Callable[[str, str], None]) -> None:
    """Who shows a code (address, code) where no mailbox is set up: the demonstration company's terminal."""
    _without_mailbox[:] = [show]


@transaction.atomic
def ask_code(*, address: str, network: str, language: str, at: datetime) -> int:
    """Ask for a code; the id of the asking, which the browser keeps. Says nothing about who is known."""
    if not address.strip():
        raise Invalid(_("Enter your e-mail address."), field="email")
    normalised = customer_rules.normalise("email", address)
    since = at - rules.WINDOW
    of_address = PortalCode.objects.filter(address=normalised, asked_at__gt=since).count()
    of_network = PortalCode.objects.filter(network=network[:60], asked_at__gt=since).count()
    rules.not_too_many(of_address=of_address, of_network=of_network)
    made = PortalCode.objects.create(
        address=normalised,
        network=network[:60],
        language=language,
        asked_at=at,
        expires_at=at + rules.GOOD_FOR,
    )
    enqueue(SEND, {"asking_id": made.pk})
    return made.pk


def send_code(*, asking_id: int, at: datetime) -> None:
    """Make the code and send it, where we know the address. Done again after a crash, it is another code."""
    asked = PortalCode.objects.filter(pk=asking_id, used_at=None, expires_at__gt=at).first()
    if asked is None or customers.of_contact("email", asked.address) is None:
        return
    code = f"{secrets.randbelow(10**rules.DIGITS):0{rules.DIGITS}d}"
    PortalCode.objects.filter(pk=asked.pk).update(code_hash=_hash(asked.pk, code))
    with translation.override(asked.language):
        organisation = preferences.get("organisation.name")
        text = render_words(
            "cases/mail/portal_code.txt",
            {"code": code, "minutes": rules.GOOD_FOR.seconds // 60, "organisation": organisation},
        )
        title = say("%(code)s is your code for %(organisation)s") % {
            "code": code,
            "organisation": organisation,
        }
    sent = private.send(to=asked.address, title=title, text=text, key=f"portal:{asked.pk}:{code}", at=at)
    if not sent:
        log.warning("no mailbox can send the portal's code", asking=asked.pk)
        for show in _without_mailbox:
            show(asked.address, code)


def sign_in(*, asking_id: int | None, code: str, at: datetime) -> str:
    """The address that the code proves, once. Every try is counted, whatever becomes of it."""
    if not rules.typed(code):
        raise Invalid(_("Enter the code from our mail."), field="code")
    address = _tried(asking_id, rules.typed(code), at)
    if address is None:
        raise Refused(_("This code is not right or no longer good. Look again, or ask for a new one."))
    return address


@transaction.atomic
def _tried(asking_id: int | None, code: str, at: datetime) -> str | None:
    asked = PortalCode.objects.select_for_update().filter(pk=asking_id or 0).first()
    hashed = asked.code_hash if asked is not None else ""
    # compared in any case, with what can't be right where there is none: the answer takes as long
    right = hmac.compare_digest(hashed or "-" * 64, _hash(asking_id or 0, code)) and bool(hashed)
    if asked is None:
        return None
    good = rules.usable(tries=asked.tries, expires_at=asked.expires_at, used_at=asked.used_at, at=at)
    asked.tries = min(asked.tries + 1, 100)
    asked.used_at = at if right and good else asked.used_at
    asked.save(update_fields=["tries", "used_at"])
    return asked.address if right and good else None


def forget_codes(*, at: datetime) -> int:
    """Askings are kept for a day, to count them."""
    return PortalCode.objects.filter(asked_at__lt=at - rules.KEPT_FOR).delete()[0]


def _hash(asking_id: int, code: str) -> str:
    return salted_hmac("shouwen.portal", f"{asking_id}:{code}", algorithm="sha256").hexdigest()
