"""A customer asked for two things at once: some of the words become a case of their own, with the same owner."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import policies, queries
from shouwen.cases.events import CaseOpened, CaseSplit
from shouwen.cases.models import Case, CaseLink, State
from shouwen.cases.rules import intake, states
from shouwen.cases.rules.priority import priority
from shouwen.cases.services import feeling, opening, recording
from shouwen.channels import queries as channels
from shouwen.channels.models import Message
from shouwen.channels.services import moving as messages
from shouwen.kernel.errors import Invalid
from shouwen.platform.access import Actor, ensure
from shouwen.platform.search import services as search

MOST_MESSAGES = 2_000


@transaction.atomic
def split(
    *, case_id: int, message_ids: Iterable[int], subject: str, kind: str = "", at: datetime, by: Actor
) -> Case:
    """Move the chosen messages into a new case of the same customer and owner, linked with this one."""
    case = queries.locked(case_id, by)
    ensure(policies.may_work, by, case)
    states.must_be_active(case.state)
    subject = states.text(subject, "subject", least=1, most=300)
    if kind and kind not in queries.kinds():
        raise Invalid(_("There is no such kind of case."), field="kind")
    said = channels.messages_of(case.subject, limit=MOST_MESSAGES)
    wanted = set(message_ids)
    taken = [message for message in said if message.pk in wanted]
    if not any(message.direction == "inbound" for message in taken):
        raise Invalid(_("Choose at least one thing the customer said."), field="messages")
    if len(taken) == len(said):
        raise Invalid(_("Something has to stay here."), field="messages")
    made = _opened(case, taken, subject, kind, at)
    messages.move_messages(
        message_ids=[message.pk for message in taken],
        from_subject=case.subject,
        to_subject=made.subject,
        customer_id=case.customer_id,
        at=at,
    )
    _left(case, [message for message in said if message.pk not in wanted])
    CaseLink.objects.create(case=made, other=case, sort="split", made_by_id=by.user_id, made_at=at)
    recording.announce(case, CaseSplit(case.pk, made.pk), by=by, at=at, more=[made.subject])
    # the customer has an answer to these words already: no machine acknowledges them a second time
    fact = CaseOpened(made.pk, made.kind, made.channel, made.customer_id, taken[0].pk, automatic=True)
    recording.announce(made, fact, by=by, at=at)
    search.index("case", case.pk)
    return made


def _opened(case: Case, taken: list[Message], subject: str, kind: str, at: datetime) -> Case:
    words = "\n".join(message.text for message in taken if message.direction == "inbound")
    proposal = intake.propose(
        queries.intake_rules(), subject=subject, text=words, channel=case.channel, tier=case.tier
    )
    impact, urgency = proposal.impact or case.impact, proposal.urgency or case.urgency
    newest = taken[-1]
    made = Case(
        subject_line=subject,
        kind=kind or proposal.kind or case.kind,
        channel=newest.channel if newest.direction == "inbound" else case.channel,
        customer=case.customer,
        state=State.OPEN if case.owner_id else State.NEW,
        owner_id=case.owner_id,
        owned_since=at if case.owner_id else None,
        first_asked_id=case.first_asked_id,
        team_id=case.team_id,
        asset_id=case.asset_id,
        impact=impact,
        urgency=urgency,
        priority=priority(impact, urgency, case.tier),
        tier=case.tier,
        opened_at=at,
        awaiting_since=at,
        last_at=newest.at,
        last_words=recording.last_words(newest.text),
        last_direction=newest.direction,
        last_author=newest.author_name[:80],
        message_count=len(taken),
        tags=proposal.tags,
        emotion=feeling.of(words),
    )
    made.save(force_insert=True)
    opening.start_clocks(made, at)
    return made


def _left(case: Case, rest: list[Message]) -> None:
    """What the old case shows once some words are gone."""
    newest = rest[-1]
    case.message_count = len(rest)
    case.last_words = recording.last_words(newest.text)
    case.last_direction, case.last_author = newest.direction, newest.author_name[:80]
    case.save(update_fields=["message_count", "last_words", "last_direction", "last_author"])
