"""Telling the customers of an incident, a few in each transaction: whoever is told is written down in the same
transaction that queues the message, so a process killed at any moment tells nobody twice and nobody not at all."""

from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import DatabaseError, transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import queries as cases
from shouwen.cases import services as case_services
from shouwen.incidents import policies, queries
from shouwen.incidents.events import CustomerTold
from shouwen.incidents.models import Incident, Link, LinkState, Told, Update, Way
from shouwen.incidents.services import wording
from shouwen.incidents.services.publishing import SEND
from shouwen.incidents.services.recording import announce
from shouwen.kernel.errors import Fault, Refused
from shouwen.people import queries as people
from shouwen.platform.access import Actor, require
from shouwen.platform.jobs import enqueue
from shouwen.promises import queries as promise_reads
from shouwen.promises import services as promises

BATCH = 10  # short transactions: SQLite has one writer, and people are waiting for it
NEAREST = timedelta(minutes=3)  # an estimated time nearer than this is nobody's promise any more
log = structlog.get_logger(__name__)


def in_the_name_of(user_id: int | None, name: str) -> Actor:
    """Who published it, with the rights that were asked for then: the sending itself is the product's."""
    return Actor(user_id=user_id, name=name, kind="system")


@transaction.atomic
def send_batch(*, update_id: int, at: datetime) -> int:
    """Tell the next few customers and queue the rest. Returns how many were handled."""
    update = Update.objects.select_for_update(of=("self",)).select_related("incident").get(pk=update_id)
    if update.finished_at is not None:
        return 0
    rows = Link.objects.filter(incident=update.incident, state=LinkState.LINKED, pk__gt=update.cursor)
    if update.areas:
        rows = rows.filter(area__in=update.areas)
    links = list(rows.select_related("area").order_by("id")[:BATCH])
    for one in links:
        _tell_safely(one, update, at)
    if len(links) < BATCH:
        update.finished_at = at
    else:
        update.cursor = links[-1].pk
        enqueue(SEND, {"update_id": update.pk}, key=f"{SEND}:{update.pk}:{update.cursor}")
    update.save(update_fields=["cursor", "finished_at"])
    return len(links)


@transaction.atomic
def tell_one(*, link_id: int, at: datetime) -> bool:
    """The newest news for a customer whose case was linked after it had gone out. False: nothing to tell."""
    link = queries.locked_link(link_id)
    newest = queries.newest_update(link.incident_id)
    if link.state != LinkState.LINKED or newest is None or newest.asks:
        return False
    update = Update.objects.select_for_update(of=("self",)).select_related("incident").get(pk=newest.pk)
    return _tell_safely(link, update, at)


@transaction.atomic
def tell_some(*, link_ids: list[int], at: datetime) -> int:
    """The same for a few who were linked together. Returns how many were told."""
    return sum(tell_one(link_id=pk, at=at) for pk in link_ids)


def _tell_safely(link: Link, update: Update, at: datetime) -> bool:
    """One customer who cannot be told must not keep the others from hearing."""
    if Told.objects.filter(update=update, link=link).exists():
        return False
    try:
        with transaction.atomic():
            _tell(link, update, at)
    except DatabaseError:
        raise
    except Exception as trouble:
        log.exception("a customer could not be told", update=update.pk, link=link.pk)
        note = str(trouble.sentence) if isinstance(trouble, Fault) else type(trouble).__name__
        Told.objects.create(update=update, link=link, way=Way.FAILED, note=note[:200], at=at)
    return True


def _tell(link: Link, update: Update, at: datetime) -> None:
    case = cases.locked(link.case_id)
    if case.is_closed or link.answer == "working":
        Told.objects.create(update=update, link=link, way=Way.CLOSED, at=at)
        return
    by = in_the_name_of(update.made_by, update.made_by_name)
    said = wording.of(update, update.incident, case, link)
    message_id = case_services.inform(
        case_id=case.pk, title=said.title, text=said.text, brief=said.brief, kind="incident", at=at, by=by
    )
    way = Way.SENT if message_id is not None else Way.BY_HAND
    made = Told.objects.create(update=update, link=link, way=way, message_id=message_id, at=at)
    if message_id is not None:
        _followed(link, update, case, made, at, by)
    fact = CustomerTold(update.incident_id, update.pk, case.pk, update.incident.title, way)
    announce(update.incident, fact, by=by, at=at, more=[case.subject])


def _followed(link: Link, update: Update, case: Any, made: Told, at: datetime, by: Actor) -> None:
    """What it means that this customer knows now: their own promise, or the question whether it works."""
    link.told_at = at
    if update.asks:
        _keep_promise(link, update.incident, at, by)
        link.asked_at, link.answer, link.answered_at = at, "", None
        made.note = _ask(update, case, made.message_id, at, by)
        made.save(update_fields=["note"])
    elif update.estimate_at is not None:
        link.promise_id = _promised(link, update, case, made.message_id, at, by)
    link.save(update_fields=["told_at", "asked_at", "answer", "answered_at", "promise_id"])


def _promised(
    link: Link, update: Update, case: Any, message_id: int | None, at: datetime, by: Actor
) -> int | None:
    """This customer's promise of the estimated time: a new one, or the old one renegotiated before it was due."""
    due = update.estimate_at
    if due is None or due < at + NEAREST:
        return link.promise_id
    old = promise_reads.by_ids([link.promise_id]).get(link.promise_id) if link.promise_id else None
    if old is not None and old.is_open and old.due_at > at:
        if old.due_at == due:
            return old.pk
        return promises.renegotiate(
            promise_id=old.pk,
            due_at=due,
            reason=(update.text or update.text_en)[:400] or update.incident.title,
            told_message_id=message_id,
            customer_told_at=at,
            at=at,
            by=by,
        ).pk
    return promises.make(
        subject=case.subject,
        customer_id=case.customer_id,
        text=wording.promise_text(update.incident, case.customer.language),
        due_at=due,
        deliver_by=case.owner_id or update.incident.owner_id,
        channel=case.channel,
        message_id=message_id,
        team_id=case.team_id,
        at=at,
        by=by,
    ).pk


def _keep_promise(link: Link, incident: Incident, at: datetime, by: Actor) -> None:
    """Restored: what was promised has been done, in time or late."""
    old = promise_reads.by_ids([link.promise_id]).get(link.promise_id) if link.promise_id else None
    if old is not None and old.owed:
        promises.keep(promise_id=old.pk, note=incident.title[:200], at=at, by=by)


def _ask(update: Update, case: Any, message_id: int | None, at: datetime, by: Actor) -> str:
    """The case now waits for the customer's own word. What is still being worked on stays in work; why, is noted."""
    if not case.active:
        return ""
    owner_id = update.incident.owner_id or update.made_by
    owner = Actor(user_id=owner_id, name=people.name_of(owner_id) if owner_id else "", kind="system")
    summary = wording.summary(update, update.incident, case.customer.language)
    try:
        with transaction.atomic():
            case_services.resolve_asked(
                case_id=case.pk, summary=summary, message_id=message_id, owner=owner, at=at, by=by
            )
    except Fault as fault:
        return str(fault.sentence)[:200]
    return ""


@transaction.atomic
def mark_told(*, incident_id: int, case_id: int, at: datetime, by: Actor) -> Told:
    """Who could not be written to has been told by word of mouth: what follows, follows now."""
    require(by, policies.LINK)
    incident = queries.locked(incident_id, by)
    case = cases.locked(case_id, by)
    link = queries.locked_link(queries.link_of(incident.pk, case_id).pk)
    # Only the newest: a second click must not tell the older news after it, with the promise that went with that.
    made = Told.objects.filter(link=link).order_by("-id").first()
    if made is None or made.way not in (Way.BY_HAND, Way.FAILED):
        raise Refused(_("This customer has been told already."))
    update = Update.objects.select_related("incident").get(pk=made.update_id)
    made.way, made.at = Way.BY_WORD, at
    made.save(update_fields=["way", "at"])
    if case.active:
        case_services.record_contact(
            case_id=case_id,
            direction="outbound",
            channel="phone",
            text=wording.of(update, incident, case, link).text,
            at=at,
            by=by,
        )
        case = cases.locked(case_id, by)
    _followed(link, update, case, made, at, in_the_name_of(by.user_id, by.name))
    fact = CustomerTold(incident.pk, update.pk, case.pk, incident.title, Way.BY_WORD)
    announce(incident, fact, by=by, at=at, more=[case.subject])
    return made
