"""The vendor of the public request form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.channels import intake, queries, rules, services
from shouwen.channels.intake import Inbound
from shouwen.channels.models import Message
from shouwen.channels.registry import Recorded
from shouwen.channels.vendors.web_form import rules as form_rules
from shouwen.channels.vendors.web_form.rules import Request
from shouwen.customers.services import recognise
from shouwen.kernel.errors import Refused
from shouwen.platform.access import ANONYMOUS, Actor
from shouwen.platform.files.services import store


class WebForm(Recorded):
    code = "web_form"
    channel = "web"
    label = _("Web form")
    icon = "globe"


@dataclass(frozen=True)
class Upload:
    """A file somebody attached; `content` is read once."""

    name: str
    size: int
    content: IO[bytes] | bytes


@dataclass(frozen=True)
class Accepted:
    """Where a request went."""

    result: str
    subject: tuple[str, int]
    message: Message


def accept(
    *,
    request: Request,
    trap: str,
    filled_seconds: float | None,
    network: str,
    at: datetime,
    uploads: Sequence[Upload] = (),
    meta: dict[str, Any] | None = None,
    language: str = "zh-hans",
    external_id: str = "",
    proof: bool = False,
    goes_on: tuple[str, int] | None = None,
    by: Actor = ANONYMOUS,
) -> Accepted:
    """Take a public request in.

    trap            the hidden field, which people leave empty
    filled_seconds  how long the form was open, from a signed time in it; None when that is missing or forged
    network         the sender's network address, counted for an hour and then forgotten
    meta            what the page knows besides, such as the kind chosen
    language        the page's; a new customer is written to in it
    external_id     stands for this one form: the database takes it once only
    proof           the sender's machine has done the work that the form asked for
    goes_on         what it is added to, when it says the same thing again with more files

    Refused for machines and floods, Invalid naming every wrong field.
    """
    form_rules.human(trap=trap, filled_seconds=filled_seconds, proof=proof)
    complete = form_rules.complete(request)
    form_rules.files_fit([upload.size for upload in uploads])
    form_rules.not_too_many(_sent_this_hour(network, at), proof=proof)
    form = _Form(complete, uploads, dict(meta or {}), language, external_id, goes_on)
    return _take_in(form, at=at, by=by)


def _sent_this_hour(network: str, at: datetime) -> int:
    """How many requests came from there this hour before this one; counts this one."""
    key = f"web_form:{network[:60]}:{at:%Y%m%d%H}"
    cache.add(key, 0, timeout=3700)
    try:
        return int(cache.incr(key)) - 1
    except ValueError:  # the cache has just forgotten it
        return 0


@dataclass(frozen=True)
class _Form:
    request: Request
    uploads: Sequence[Upload]
    meta: dict[str, Any]
    language: str
    external_id: str
    goes_on: tuple[str, int] | None


@transaction.atomic
def _take_in(form: _Form, *, at: datetime, by: Actor) -> Accepted:
    request = form.request
    if not intake.is_open():
        raise Refused(_("Requests cannot be taken in at the moment."))
    customer, is_new = recognise(
        name=request.name,
        email=request.email or None,
        phone=request.phone or None,
        language=form.language,
        at=at,
        by=by,
    )
    files = [
        store(name=u.name, content=u.content, at=at, limit=form_rules.MOST_FILE_BYTES)
        for u in form.uploads
        if u.size
    ]
    inbound = Inbound(
        channel=WebForm.channel,
        at=at,
        customer_id=customer.pk,
        customer=customer,
        new_customer=is_new,
        from_name=request.name,
        from_address=request.email,
        title=request.title or request.text.splitlines()[0][:60],
        text=request.text,
        attachments=tuple(file.pk for file in files),
        external_id=form.external_id,
        subject=form.goes_on,
        meta={**form.meta, **({"phone": request.phone} if request.phone else {})},
    )
    taken = intake.offer(inbound)
    if taken.message_id is not None:
        return Accepted(taken.result, taken.subject, queries.message(taken.message_id))
    message = services.receive(
        channel=inbound.channel,
        customer_id=customer.pk,
        subject=taken.subject,
        title=inbound.title,
        text=inbound.text,
        author_name=inbound.from_name,
        address=inbound.from_address,
        external_id=inbound.external_id,
        attachments=inbound.attachments,
        new_subject=taken.result == rules.OPENED,
        meta=inbound.meta,
        at=at,
    )
    return Accepted(taken.result, taken.subject, message)
