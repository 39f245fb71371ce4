"""What a customer sends by themselves: the public form, and words on their own page. Both go in by channels."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import queries
from shouwen.cases.models import Case
from shouwen.cases.rules import fields as field_rules
from shouwen.cases.rules import requesting as rules
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
TWICE = timedelta(minutes=10)  # the same words again within this time are a second click


def send_request(
    *,
    request: form_rules.Request,
    kind: str = "",
    fields: Mapping[str, Any] | None = None,
    uploads: Sequence[Upload] = (),
    trap: str,
    filled_seconds: float | None,
    stamp: str,
    proof: str = "",
    before: rules.Sent | None = None,
    network: str,
    language: str,
    at: datetime,
    by: Actor = ANONYMOUS,
) -> rules.Sent:
    """A request from the public form: its case, and the prints by which the browser that sent it is known again.

    The same stamp twice is a second click. The same words again from the same browser (`before`), from a page
    opened anew, are the same request: nothing new opens, and only more files are added to it.
    """
    known = channels.subject_of(WEB, rules.once(stamp))
    words = (request.name, request.title, request.text, request.email, request.phone, kind)
    made = partial(rules.sent, words=words, files=[(one.name, one.size) for one in uploads])
    if known is not None:
        return made(known[1])
    again = before if before is not None and made(before.case_id).words == before.words else None
    if again is not None and made(again.case_id).files in {again.files, ""}:
        return again
    accept = partial(
        web_form.accept,
        request=request,
        trap=trap,
        filled_seconds=filled_seconds,
        network=network,
        uploads=[web_form.Upload(one.name, one.size, one.content) for one in uploads],
        meta={"kind": kind, "fields": _checked(request, kind, fields or {}, uploads)},
        language=language,
        external_id=rules.once(stamp),
        proof=form_rules.proved(stamp, proof),
        goes_on=("case", again.case_id) if again is not None else None,
    )
    try:
        return made(accept(at=at, by=by).subject[1])
    except IntegrityError:  # the other click was quicker
        taken = channels.subject_of(WEB, rules.once(stamp))
        if taken is None:
            raise
        return made(taken[1])


def _checked(
    request: form_rules.Request, kind: str, fields: Mapping[str, Any], uploads: Sequence[Upload]
) -> dict[str, Any]:
    """The own fields in their types. Invalid names every wrong field of the form at once, as the form calls it."""
    chosen = queries.kinds().get(kind)
    errors = form_rules.faults(form_rules.trimmed(request))
    if kind and (chosen is None or not chosen.active):
        errors["kind"] = _("Choose what it is about.")
    values: dict[str, Any] = {}
    try:
        form_rules.files_fit([one.size for one in uploads])
    except Invalid as fault:
        errors |= fault.errors
    try:
        values = field_rules.checked(chosen.fields if chosen else [], fields)
    except Invalid as fault:
        errors |= {name.replace("fields.", f"field.{kind}."): text for name, text in fault.errors.items()}
    if errors:
        raise Invalid(_("Please look at the marked fields."), errors=errors)
    return values


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
    if not uploads and _said_just_now(case, text, at):
        return case.subject
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


def _said_just_now(case: Case, text: str, at: datetime) -> bool:
    last = channels.latest_inbound(case.subject, WEB)
    return (
        last is not None and last.text == text and at - last.at < TWICE and case.last_direction == "inbound"
    )


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
