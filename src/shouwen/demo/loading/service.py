"""What hangs on the demonstration cases: clocks, promises, expectations, tasks, handoffs, endings."""

from datetime import datetime, timedelta
from typing import Any

from shouwen.cases.models import Case, Confirmation, Escalation, Handoff, Resolution, Task, Understanding
from shouwen.demo.loading.stories import Story
from shouwen.demo.loading.structure import World
from shouwen.promises import queries as promises
from shouwen.promises.models import Clock, Expectation, Promise
from shouwen.promises.queries import policy
from shouwen.promises.rules.leeway import work_of

HOUR = 3600
TARGETS = (("first_reply", 4 * HOUR), ("solution", 24 * HOUR))
MOST_SHARE = 0.8
RAISED = (
    ("by_hand", "客户要求主管出面，赔偿金额超出我的权限"),
    ("broken_promise", "承诺的回电晚了三小时，客户很不满"),
    ("time", "超过首次答复时限"),
)


def write(stories: list[Story], world: World, at: datetime) -> None:
    Clock.objects.bulk_create([clock for story in stories for clock in _clocks(story, at)], batch_size=500)
    Promise.objects.bulk_create(
        [_promise(story, at) for story in stories if story.promise_due is not None], batch_size=500
    )
    owned = [story for story in stories if story.owner is not None]
    Understanding.objects.bulk_create([_understanding(story) for story in owned], batch_size=500)
    Expectation.objects.bulk_create([_expectation(s) for s in owned if s.plot.expects], batch_size=500)
    Task.objects.bulk_create(
        [_task(s, world, at) for s in owned if s.plot.task and s.case.pk % 3], batch_size=500
    )
    Handoff.objects.bulk_create([_handoff(s) for s in owned if s.handoff_from], batch_size=500)
    ended = [story for story in owned if story.resolved_at is not None]
    resolutions = Resolution.objects.bulk_create([_resolution(story) for story in ended], batch_size=500)
    Confirmation.objects.bulk_create(
        [
            _confirmation(story, resolution)
            for story, resolution in zip(ended, resolutions, strict=True)
            if story.state == "confirmed"
        ],
        batch_size=500,
    )
    _deadlines([story for story in stories if story.case.active])


def trouble(stories: list[Story], world: World, at: datetime) -> None:
    """What a supervisor meets in the morning: raised cases, a handoff that waits, a broken promise still owed."""
    hard = [s for s in stories if s.case.active and s.owner is not None and s.promise_due is not None]
    for story, (trigger, reason) in zip(hard, RAISED, strict=False):
        story.case.escalation_level = 1
        story.case.save(update_fields=["escalation_level"])
        Escalation.objects.create(
            case=story.case,
            level=1,
            trigger=trigger,
            reason=reason,
            raised_by=story.owner,
            raised_at=at - timedelta(hours=1),
        )
    late = hard[len(RAISED) :][:2]
    for story in late:
        Promise.objects.filter(subject_kind="case", subject_id=story.case.pk).update(
            state="broken",
            owed=True,
            look_at=None,
            reason="",
            delivered_at=None,
            due_at=at - timedelta(minutes=40),
            settled_at=at - timedelta(minutes=40),
        )
    wang = world.staff["wang"]
    others = [s for s in hard[len(RAISED) + 2 :] if s.owner and s.owner.pk != wang.pk][:1]
    for story in others:
        Handoff.objects.create(
            case=story.case,
            by=story.owner,
            owner_before=story.owner,
            to=wang,
            reason="明天调休，客户的设备您更熟",
            summary=story.fill(story.plot.understood),
            asked_at=at - timedelta(minutes=12),
        )


def _clocks(story: Story, at: datetime) -> list[Clock]:
    """First reply and solution; of an active case those not met still run."""
    held = policy.current()
    calendar_id = held.calendar_id(None)
    settled = {"first_reply": story.case.first_replied_at, "solution": story.resolved_at}
    rows = []
    for sort, seconds in TARGETS:
        due = promises.due_for(None, story.opened_at, seconds)
        met_at = settled[sort]
        late = due.due < (met_at or at)
        state = ("breached" if late else "met") if met_at else ("breached" if late else "running")
        rows.append(
            Clock(
                subject_kind="case",
                subject_id=story.case.pk,
                sort=sort,
                started_at=story.opened_at,
                counted_from=story.opened_at,
                target_seconds=seconds,
                calendar_id=calendar_id,
                due_at=due.due,
                look_at=due.due if state == "running" else None,
                provisional=due.provisional,
                state=state,
                settled_at=met_at,
                breached_at=due.due if state == "breached" else None,
            )
        )
    return rows


def _promise(story: Story, at: datetime) -> Promise:
    made_at = next(one.at for one in story.said if one.direction == "outbound")
    due = story.promise_due or at
    state = story.promise_state
    span = due - made_at
    half, most = made_at + span / 2, made_at + span * MOST_SHARE
    values: dict[str, Any] = {"look_at": None, "settled_at": made_at + span * 0.9, "owed": False}
    if state == "open":
        values = {"look_at": max(half, at + timedelta(seconds=1)), "settled_at": None, "owed": True}
    elif state == "broken":
        values = {"look_at": None, "settled_at": due, "delivered_at": due + timedelta(hours=3), "owed": False}
    elif state == "kept":
        values["delivered_at"] = values["settled_at"]
    owner_id = story.owner.pk if story.owner else None
    text = story.fill(story.plot.promise)
    return Promise(
        subject_kind="case",
        subject_id=story.case.pk,
        customer_id=story.customer.pk,
        text=text,
        work=work_of(text),
        due_at=due,
        made_by=owner_id,
        deliver_by=owner_id,
        team_id=story.case.team_id,
        channel=story.channel,
        state=state,
        made_at=made_at,
        reason="前一单延误，未及时告知" if state == "broken" else "",
        half_at=half,
        most_at=most,
        **values,
    )


def _understanding(story: Story) -> Understanding:
    moment = story.opened_at + timedelta(minutes=6)
    sure = story.case.pk % 3 != 0
    return Understanding(
        case=story.case,
        text=story.fill(story.plot.understood),
        restated_by=story.owner,
        restated_at=moment,
        confirmed_at=moment if sure else None,
        confirmed_how=("phone" if story.channel == "phone" else "email") if sure else "",
    )


def _expectation(story: Story) -> Expectation:
    text, sort, managed, agreed = story.plot.expects or ("", "reasonable", "", "")
    return Expectation(
        subject_kind="case",
        subject_id=story.case.pk,
        customer_id=story.customer.pk,
        text=story.fill(text),
        sort=sort,
        managed=story.fill(managed),
        agreed=story.fill(agreed),
        levels={"timeliness": 5} if sort == "too_high" else {},
        recorded_by=story.owner.pk if story.owner else None,
        recorded_at=story.opened_at + timedelta(minutes=8),
    )


def _task(story: Story, world: World, at: datetime) -> Task:
    department, title, ask, delivery = story.plot.task or ("", "", "", "")
    asked_at = story.opened_at + timedelta(minutes=15)
    done = story.resolved_at is not None
    helper = world.staff["qin" if department == "财务部" else ("yang", "zhu")[story.case.pk % 2]]
    return Task(
        case=story.case,
        title=story.fill(title),
        ask=story.fill(ask),
        standard="结论明确；附照片或单据；说明下一步",
        department=world.departments[department],
        assignee=helper if done or story.case.pk % 2 else None,
        asked_by=story.owner,
        state="approved" if done else ("accepted" if story.case.pk % 2 else "asked"),
        asked_at=asked_at,
        due_at=promises.due_for(None, asked_at, 4 * HOUR).due,
        accepted_at=asked_at + timedelta(minutes=12) if done or story.case.pk % 2 else None,
        delivered_at=asked_at + timedelta(hours=2) if done else None,
        settled_at=asked_at + timedelta(hours=3) if done else None,
        delivery=story.fill(delivery) if done else "",
    )


def _handoff(story: Story) -> Handoff:
    asked_at = story.opened_at + timedelta(minutes=3)
    return Handoff(
        case=story.case,
        by=story.handoff_from,
        owner_before=story.handoff_from,
        to=story.owner,
        reason="下午休假，专业更对口",
        summary=story.fill(story.plot.understood),
        state="accepted",
        asked_at=asked_at,
        decided_at=asked_at + timedelta(minutes=1),
        customer_told_at=asked_at + timedelta(minutes=2),
    )


def _resolution(story: Story) -> Resolution:
    moment = story.resolved_at or story.opened_at
    return Resolution(
        case=story.case,
        summary=story.fill(story.plot.done),
        resolved_by=story.owner,
        resolved_at=moment,
        close_at=moment + timedelta(days=7),
        ended_at=story.closed_at,
    )


def _confirmation(story: Story, resolution: Resolution) -> Confirmation:
    return Confirmation(
        case=story.case,
        resolution=resolution,
        solved=True,
        levels=story.levels,
        word=story.word,
        at=story.closed_at or story.opened_at,
    )


def _deadlines(stories: list[Story]) -> None:
    """The nearest deadline of each active case, as its row shows it."""
    changed: list[Case] = []
    for story in stories:
        nearest = promises.next_due(story.case.subject, with_promises=True)
        if nearest is not None:
            story.case.due_at, story.case.due_sort = nearest.due_at, nearest.sort
            changed.append(story.case)
    Case.objects.bulk_update(changed, ["due_at", "due_sort"], batch_size=200)
