"""The ledger of the demonstration cases, and the search index."""

from datetime import datetime, timedelta
from typing import Any

from shouwen.cases import events as facts
from shouwen.cases.models import Handoff, Resolution
from shouwen.demo.loading.stories import Story
from shouwen.kernel.events import Fact
from shouwen.platform.ledger.models import Event, EventSubject
from shouwen.platform.search.registry import Doc
from shouwen.platform.search.services import put, words_of
from shouwen.promises import events as promise_facts
from shouwen.promises.models import Promise


def write(stories: list[Story]) -> None:
    rows: list[tuple[datetime, Fact, Story, str]] = []
    promised = {promise.subject_id: promise for promise in Promise.objects.filter(subject_kind="case")}
    resolved = {one.case_id: one.pk for one in Resolution.objects.all()}
    handed = {one.case_id: one for one in Handoff.objects.all()}
    for story in stories:
        rows += _facts(
            story, promised.get(story.case.pk), resolved.get(story.case.pk, 0), handed.get(story.case.pk)
        )
    rows.sort(key=lambda row: row[0])
    events = Event.objects.bulk_create([_event(*row) for row in rows], batch_size=500)
    subjects = [
        EventSubject(event=event, kind=kind, subject_id=pk)
        for event, (_at, _fact, story, _by) in zip(events, rows, strict=True)
        for kind, pk in (("case", story.case.pk), ("customer", story.customer.pk))
    ]
    EventSubject.objects.bulk_create(subjects, batch_size=800)


def _event(at: datetime, fact: Fact, story: Story, by: str) -> Event:
    ours = by == "staff" and story.owner is not None
    known: dict[str, Any] = {
        "staff": (story.owner.pk if story.owner else None, story.owner.name if story.owner else ""),
        "customer": (story.customer.pk, story.customer.name),
        "system": (None, "system"),
    }
    by_id, name = known[by if by != "staff" or ours else "system"]
    return Event(
        name=fact.wire,
        at=at,
        by_kind=by,
        by_id=by_id,
        by_name=name,
        data=fact.data(),
        topics=["inbox"],
        pending=False,
    )


def _facts(
    story: Story, promise: Promise | None, resolution_id: int, handoff: Handoff | None
) -> list[tuple[datetime, Fact, Story, str]]:
    case, owner = story.case, story.owner
    found: list[tuple[datetime, Fact, str]] = [
        (story.opened_at, facts.CaseOpened(case.pk, case.kind, case.channel, story.customer.pk), "customer")
    ]
    if owner is not None:
        first = story.handoff_from or owner
        found.append(
            (story.opened_at + timedelta(minutes=2), facts.CaseTaken(case.pk, first.pk, first.name), "staff")
        )
        text = story.fill(story.plot.understood)
        found.append((story.opened_at + timedelta(minutes=6), facts.CaseUnderstood(case.pk, text), "staff"))
    if handoff is not None and owner is not None and handoff.decided_at:
        accepted = facts.HandoffAccepted(
            case.pk, handoff.pk, handoff.owner_before_id, owner.pk, owner.name, 1
        )
        found.append((handoff.decided_at, accepted, "staff"))
    for position, said in enumerate(story.said[1:], 1):
        if said.direction == "outbound":
            found.append((said.at, facts.CaseReplied(case.pk, 0, case.channel, position == 1), "staff"))
        else:
            found.append((said.at, facts.CaseReceived(case.pk, case.channel), "customer"))
    if promise is not None:
        found += _promise_facts(promise)
    if story.resolved_at is not None:
        summary = story.fill(story.plot.done)
        found.append((story.resolved_at, facts.CaseResolved(case.pk, resolution_id, summary, ""), "staff"))
    if story.closed_at is not None and story.state == "confirmed":
        found.append((story.closed_at, facts.CaseConfirmed(case.pk, 0, story.levels), "customer"))
    elif story.closed_at is not None:
        found.append((story.closed_at, facts.CaseClosedUnconfirmed(case.pk), "system"))
    return [(at, fact, story, by) for at, fact, by in found]


def _promise_facts(promise: Promise) -> list[tuple[datetime, Fact, str]]:
    due = promise.due_at.isoformat()
    made = promise_facts.PromiseMade(promise.pk, promise.text, due, promise.made_by, promise.deliver_by)
    found: list[tuple[datetime, Fact, str]] = [(promise.made_at, made, "staff")]
    if promise.state == "kept" and promise.settled_at:
        found.append((promise.settled_at, promise_facts.PromiseKept(promise.pk, promise.text), "staff"))
    if promise.state == "broken":
        broken = promise_facts.PromiseBroken(
            promise.pk,
            promise.text,
            due,
            promise.made_by,
            promise.deliver_by,
            promise.customer_id,
            "case",
            promise.subject_id,
        )
        found.append((promise.due_at, broken, "system"))
    return found


def index(stories: list[Story]) -> None:
    """The same documents as the cases' own, made from what is at hand instead of asking for each."""
    rows = []
    for story in stories:
        body = "\n".join([story.case.reference, *story.case.tags, *(said.text for said in story.said)])
        doc = Doc(title=story.case.subject_line, body=body, names=(story.customer.name,))
        rows.append((story.case.pk, words_of(doc)))
    put("case", rows)
