"""What a customer sends by themselves: the public form, and words on their own page. Both go in by channels."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import queries
from shouwen.cases.models import Case
from shouwen.cases.rules import fields as field_rules
from shouwen.cases.rules import states
from shouwen.cases.services.answering import BY_MAIL, mail_address
from shouwen.cases.services.registering import Upload, keep_files
from shouwen.channels import intake
from shouwen.channels import queries as channels
from shouwen.channels import services as channel_services
from shouwen.channels.intake import Inbound
from shouwen.channels.vendors.web_form import rules as form_rules
from shouwen.channels.vendors.web_form import vendor as web_form
from shouwen.customers import queries as customers
from shouwen.kernel.errors import Invalid, Refused
from shouwen.platform.access import ANONYMOUS, Actor

WEB = "web"
MOST_AN_HOUR = 30  # words of one customer about one case; a person in distress still gets through
TWICE_SECONDS = 600


def send_request(
    *,
    request: form_rules.Request,
    kind: str = "",
    fields: Mapping[str, Any] | None = None,
    uploads: Sequence[Upload] = (),
    trap: str,
    filled_seconds: float | None,
    stamp: str,
    network: str,
    language: str,
    at: datetime,
    by: Actor = ANONYMOUS,
) -> int:
    """A request from the public form; the id of its case. The same stamp twice is a second click: the same case."""
    sent = cache.get(f"request:{stamp}") if stamp else None
    if sent is not None:
        return int(sent)
    chosen = queries.kinds().get(kind)
    if kind and (chosen is None or not chosen.active):
        raise Invalid(_("Choose what it is about."), field="kind")
    form_rules.human(trap=trap, filled_seconds=filled_seconds)
    form_rules.complete(request)
    values = field_rules.checked(chosen.fields if chosen else [], fields or {})
    accepted = web_form.accept(
        request=request,
        trap=trap,
        filled_seconds=filled_seconds,
        network=network,
        uploads=[web_form.Upload(one.name, one.size, one.content) for one in uploads],
        meta={"kind": kind, "fields": values},
        language=language,
        at=at,
        by=by,
    )
    if stamp:
        cache.set(f"request:{stamp}", accepted.subject[1], TWICE_SECONDS)
    return accepted.subject[1]


@transaction.atomic
def write_in(
    *, case_id: int, text: str, uploads: Sequence[Upload] = (), at: datetime, by: Actor
) -> tuple[str, int]:
    """The customer writes on their own page. What it belongs to: this case, or a new one when it ended long ago."""
    case = queries.locked(case_id)
    text = states.text(
        text, "text", least=1, most=form_rules.MOST_TEXT, sentence=_("Write what you want to tell us.")
    )
    form_rules.files_fit([upload.size for upload in uploads])
    _not_too_many(case.pk, at)
    customer = customers.current(case.customer_id)
    inbound = Inbound(
        channel=WEB,
        at=at,
        customer_id=customer.pk,
        from_name=customer.name,
        from_address=_address(case),
        title=case.subject_line,
        text=text,
        attachments=tuple(keep_files(uploads, at)),
        subject=case.subject,
        token_subject=case.subject,
        meta={"page": True},
    )
    taken = intake.offer(inbound)
    if taken.message_id is None:
        channel_services.receive(
            channel=WEB,
            customer_id=customer.pk,
            subject=taken.subject,
            text=text,
            author_name=customer.name,
            address=inbound.from_address,
            attachments=inbound.attachments,
            meta=inbound.meta,
            at=at,
            by=by,
        )
    return taken.subject


def _address(case: Case) -> str:
    """Where answers to this customer went so far: a word on the page does not change that."""
    last = channels.latest_inbound(case.subject, case.channel) if case.channel in BY_MAIL else None
    return last.address if last is not None and last.address else mail_address(case.customer_id)


def _not_too_many(case_id: int, at: datetime) -> None:
    key = f"page:{case_id}:{at:%Y%m%d%H}"
    cache.add(key, 0, timeout=3700)
    try:
        sent = int(cache.incr(key))
    except ValueError:  # the cache has just forgotten it
        return
    if sent > MOST_AN_HOUR:
        raise Refused(
            _("You have written many times this hour; we have it all and will answer. Please call us.")
        )
