"""What a callback says, written down: words of a customer, a delivery report, a wish not to be written to.

Inner steps of the transaction in callbacks.take_in.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from shouwen.channels import intake, queries, rules
from shouwen.channels.callbacks import GO_ON, MESSAGE, STOP, Entry, Later
from shouwen.channels.intake import Inbound
from shouwen.channels.models import Account, Direction, InboundRecord, Reach
from shouwen.channels.services.conversations import receive, record
from shouwen.channels.services.reporting import note_report
from shouwen.customers.models import Customer
from shouwen.customers.queries import current
from shouwen.customers.services import recognise
from shouwen.kernel.errors import Invalid
from shouwen.platform.access import Actor
from shouwen.platform.files.services import store
from shouwen.platform.jobs import enqueue

FETCH = "channels.fetch"
PATIENCE = timedelta(minutes=5)  # a report may overtake the answer to the request that it speaks of


def note_reach(account: Account, entry: Entry, at: datetime) -> None:
    """What this says about writing to the address: somebody is there, wants no more, or wants again."""
    if not entry.address or (entry.sort != MESSAGE and not entry.consent):
        return
    reach, _made = Reach.objects.get_or_create(account=account, address=entry.address)
    said = entry.at or at
    if entry.sort == MESSAGE and (reach.last_in_at is None or reach.last_in_at < said):
        reach.last_in_at, reach.sent_since = said, 0
    if entry.consent == STOP:
        reach.stopped_at, reach.stopped_by = at, (entry.text or entry.detail)[:40] or STOP
    elif entry.consent == GO_ON:
        reach.stopped_at, reach.stopped_by = None, ""
    reach.save()


def take_report(
    account: Account, entry: Entry, arrived_at: datetime, *, at: datetime, by: Actor
) -> tuple[str, str]:
    """Result and reason for the register. Later, when the message's own answer has not been written yet."""
    own = entry.reference.removeprefix(f"{account.pk}:")
    message = queries.sent_as(account.channel, entry.reference) or queries.sent_as(account.channel, own)
    if message is None:
        if at - arrived_at < PATIENCE:
            raise Later
        return rules.NOTED, f"report_unknown: {entry.reference}"
    note_report(message_id=message.pk, delivered=entry.delivered, detail=entry.detail, at=at, by=by)
    return rules.NOTED, "report"


def take_message(
    account: Account, line: InboundRecord, entry: Entry, *, at: datetime, by: Actor
) -> tuple[str, int | None]:
    """Hand the words upstairs and write them down: the result, and the message."""
    before = queries.conversation_with(account.pk, entry.address)
    subject = before.subject if before is not None and _joins(before, line.arrived_at) else None
    if entry.consent:
        return _keep_folded(account, line, entry, subject)
    customer, is_new = _writer(account, entry, before, at, by)
    inbound = _inbound(account, line, entry, customer, is_new, subject)
    taken = intake.offer(inbound)
    message_id = taken.message_id
    if message_id is None:
        message_id = _written(inbound, taken.subject, new=taken.result == rules.OPENED)
    for number, _wanted in enumerate(entry.fetch):
        enqueue(FETCH, {"record_id": line.pk, "number": number, "message_id": message_id})
    if entry.told:
        _told(account, entry, taken.subject, customer.pk, line.arrived_at, by)
    return taken.result, message_id


def _joins(conversation: queries.Known, at: datetime) -> bool:
    return rules.joins(queries.goes_on(conversation.subject), conversation.last_at, at)


def _keep_folded(
    account: Account, line: InboundRecord, entry: Entry, subject: intake.Subject | None
) -> tuple[str, int | None]:
    """“TD” opens, reopens and answers nothing; it lies folded where we last spoke."""
    known = queries.conversation_with(account.pk, entry.address)
    if known is None or subject is None:
        return rules.NOTED, None
    message = receive(
        channel=account.channel,
        account_id=account.pk,
        customer_id=known.customer_id,
        subject=subject,
        text=entry.text,
        author_name=entry.name or entry.address,
        address=entry.address,
        external_id=entry.external_id,
        automatic=True,
        key=entry.address,
        meta={"folded": True},
        at=line.arrived_at,
    )
    return rules.AUTO_REPLY, message.pk


def _writer(
    account: Account, entry: Entry, before: queries.Known | None, at: datetime, by: Actor
) -> tuple[Customer, bool]:
    """Who it is: by a contact that says so, by the conversation so far, else somebody new."""
    known = dict(entry.contact)
    name = rules.clean(entry.name).strip() or entry.address
    if known:
        try:
            return recognise(
                name=name,
                email=known.get("email"),
                phone=known.get("phone"),
                wechat=known.get("wechat"),
                at=at,
                by=by,
            )
        except Invalid:
            pass  # a number or an address that cannot be one: the person still has a name
    if before is not None:
        return current(before.customer_id), False
    return recognise(name=name, at=at, by=by)


def _inbound(
    account: Account,
    line: InboundRecord,
    entry: Entry,
    customer: Customer,
    is_new: bool,
    subject: intake.Subject | None,
) -> Inbound:
    text = rules.clean(entry.text).strip() or _("(No words)")
    files = tuple(
        store(name=rules.clean(one.name) or _("file"), content=one.content, at=line.arrived_at).pk
        for one in entry.files
        if one.content
    )
    return Inbound(
        channel=account.channel,
        at=line.arrived_at,
        customer_id=customer.pk,
        customer=customer,
        new_customer=is_new,
        account_id=account.pk,
        team_id=account.team_id,
        from_name=rules.clean(entry.name) or customer.name,
        from_address=rules.clean(entry.address),
        title=" ".join(rules.clean(entry.title).split())[:300] or text.splitlines()[0][:60],
        text=text,
        attachments=files,
        external_id=entry.external_id,
        subject=subject,
        key=entry.address,
        meta=dict(entry.meta),
    )


def _written(inbound: Inbound, subject: intake.Subject, *, new: bool) -> int:
    message = receive(
        channel=inbound.channel,
        account_id=inbound.account_id,
        customer_id=inbound.customer_id,
        subject=subject,
        text=inbound.text,
        title=inbound.title,
        author_name=inbound.from_name,
        address=inbound.from_address,
        external_id=inbound.external_id,
        attachments=inbound.attachments,
        new_subject=new,
        key=inbound.key,
        meta=inbound.meta,
        at=inbound.at,
    )
    return message.pk


def _told(
    account: Account, entry: Entry, subject: intake.Subject, customer_id: int, at: datetime, by: Actor
) -> None:
    """What the platform passed on for us in the same breath."""
    record(
        subject=subject,
        direction=Direction.OUTBOUND,
        channel=account.channel,
        text=entry.told,
        customer_id=customer_id,
        kind="acknowledgement",
        automatic=True,
        at=at,
        by=by,
    )
