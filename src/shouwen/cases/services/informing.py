"""One message to the customer of a case that somebody wrote for many: told on their own channel, counted as an answer.

For the rooms above. Nothing here chooses what is said, or to whom.
"""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from shouwen.cases import queries
from shouwen.cases.events import CaseTaken
from shouwen.cases.models import Awaiting, Case, Offer, Resolution
from shouwen.cases.services import answering, recording, telling
from shouwen.cases.services.closing import resolve
from shouwen.cases.services.ownership import own
from shouwen.channels import queries as channel_reads
from shouwen.channels.answering import Where
from shouwen.platform.access import Actor
from shouwen.promises import services as promises


@transaction.atomic
def inform(
    *, case_id: int, title: str, text: str, brief: str, kind: str, at: datetime, by: Actor
) -> int | None:
    """Send `text` the way this customer is reached; where it does not fit, `brief`. The message's id, or None when
    nothing reaches them: then nothing has changed, and somebody has to tell them."""
    case = queries.locked(case_id)
    to, words = _way(case, text, brief, at)
    message_id = telling.send(case, to, title=title, text=words, kind=kind, at=at, by=by)
    if message_id is not None:
        told(case, text=words, at=at, by=by)
    return message_id


def told(case: Case, *, text: str, at: datetime, by: Actor) -> None:
    """The locked case after our words: the clock they were due by is met, the newest words are ours."""
    first = case.first_replied_at is None
    if first:
        case.first_replied_at = at
    promises.meet(subject=case.subject, sort="first_reply" if first else "next_reply", at=at)
    recording.said(case, text=text, direction="outbound", author=by.name, at=at)
    if case.awaiting == Awaiting.US:
        case.awaiting = Awaiting.CUSTOMER
    recording.look_at_deadlines(case)
    case.save()


def _way(case: Case, text: str, brief: str, at: datetime) -> tuple[Where, str]:
    """The customer's own channel where it carries the words, else mail, else any channel that has their address."""
    own_way = answering.where_to(case)
    if own_way.channel == "email" and own_way.address:
        return own_way, text
    ways = [own_way, answering.where_to(case, "email")]
    if not ways[1].address:
        ways += [answering.where_to(case, code) for code in channel_reads.sending_channels()]
    for way in ways:
        for words in (text, brief):
            if channel_reads.may_say(way, words, at):
                return way, words
    return Where(own_way.channel), text


@transaction.atomic
def resolve_asked(
    *, case_id: int, summary: str, message_id: int | None, owner: Actor, at: datetime, by: Actor
) -> Resolution:
    """Say that it is solved, where the message that asks the customer has been sent already (`message_id`).

    A case that nobody owns becomes `owner`'s: somebody must answer for what is said to be solved.
    """
    case = queries.locked(case_id)
    if case.owner_id is None and case.active:
        own(case, owner, at)
        case.save()
        Offer.objects.filter(case=case, ended_at=None).update(ended_at=at)
        fact = CaseTaken(case.pk, owner.user_id or 0, owner.name)
        recording.announce(case, fact, by=replace(by, name=owner.name), at=at)
    made = resolve(case_id=case_id, summary=summary, at=at, by=by)
    if message_id is not None:
        made.message_id = message_id
        made.save(update_fields=["message_id"])
    return made
