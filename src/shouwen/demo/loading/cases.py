"""Stories become rows, in bulk: cases, conversations, messages."""

from datetime import UTC, timedelta
from typing import Any

from shouwen.cases.models import ACTIVE, Case
from shouwen.cases.rules.priority import priority
from shouwen.channels.models import Conversation, Message
from shouwen.customers.models import Customer
from shouwen.demo.loading.stories import Story
from shouwen.demo.loading.structure import World
from shouwen.knowledge.rules import emotion

WEIGHTS = {"repair": (2, 2), "complaint": (2, 1), "praise": (3, 3), "suggestion": (3, 3)}


def write(stories: list[Story], world: World, repairs: int) -> None:
    cases = Case.objects.bulk_create([_case(story, world, repairs) for story in stories], batch_size=500)
    for story, case in zip(stories, cases, strict=True):
        story.case = case
    conversations = Conversation.objects.bulk_create(
        [_conversation(story) for story in stories], batch_size=500
    )
    rows: list[Message] = []
    for story, conversation in zip(stories, conversations, strict=True):
        rows += _messages(story, conversation, world)
    Message.objects.bulk_create(rows, batch_size=500)
    _last_contacts(stories)


def _last_contacts(stories: list[Story]) -> None:
    """Customers stand in the order of their latest words with us."""
    met = {story.customer.pk: story.customer for story in stories}
    for story in stories:
        one = met[story.customer.pk]
        one.last_contact_at = max([one.last_contact_at, *(said.at for said in story.said)])
    Customer.objects.bulk_update(met.values(), ["last_contact_at"], batch_size=500)


def _case(story: Story, world: World, repairs: int) -> Case:
    impact, urgency = WEIGHTS.get(story.plot.kind, (2, 2))
    last = story.said[-1]
    replies = [one for one in story.said if one.direction == "outbound"]
    owner = story.owner
    return Case(
        subject_line=story.fill(story.plot.subject),
        kind=story.plot.kind,
        channel=story.channel,
        customer=story.customer,
        state=story.state,
        active=story.state in ACTIVE,
        awaiting=_awaiting(story),
        awaiting_since=last.at,
        owner=owner,
        owned_since=story.opened_at + timedelta(minutes=2) if owner else None,
        first_asked=(story.handoff_from or owner) if owner else None,
        team=world.teams[story.plot.team],
        asset=story.asset,
        service_item_id=repairs if story.plot.kind == "repair" else None,
        impact=impact,
        urgency=urgency,
        priority=priority(impact, urgency, story.customer.tier),
        tier=story.customer.tier,
        opened_at=story.opened_at,
        last_at=last.at,
        last_words=last.text[:200],
        last_direction=last.direction,
        last_author=last.author[:80],
        message_count=len(story.said),
        first_replied_at=replies[0].at if replies else None,
        handoff_count=1 if story.handoff_from and owner else 0,
        reopen_count=int(story.reopened),
        emotion=emotion.read(story.said[0].text).level,
        resolved_at=story.resolved_at,
        closed_at=story.closed_at,
        tags=["演示"],
    )


def _awaiting(story: Story) -> str:
    if story.state not in ACTIVE:
        return "nobody"
    return "us" if story.said[-1].direction == "inbound" else "customer"


def _conversation(story: Story) -> Conversation:
    return Conversation(
        channel=story.channel,
        customer_id=story.customer.pk,
        subject_kind="case",
        subject_id=story.case.pk,
        started_at=story.opened_at,
    )


def _messages(story: Story, conversation: Conversation, world: World) -> list[Message]:
    rows = []
    written = story.channel in {"email", "web"}
    for said in story.said:
        ours = said.direction == "outbound"
        values: dict[str, Any] = {
            "author_kind": "staff" if ours else "customer",
            "author_id": story.owner.pk if ours and story.owner else story.customer.pk,
            "delivery": "sent" if ours and written else "none",
            "delivered_at": said.at if ours and written else None,
        }
        rows.append(
            Message(
                conversation=conversation,
                subject_kind="case",
                subject_id=story.case.pk,
                direction=said.direction,
                channel="email" if ours and written else story.channel,
                author_name=said.author,
                address=world.mails[story.customer.pk] if written else "",
                title=story.case.subject_line,
                text=said.text,
                at=said.at.astimezone(UTC),
                meta={"demo": True},
                **values,
            )
        )
    return rows
