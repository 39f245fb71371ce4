"""The demonstration incidents and problems: some of the stories share a cause."""

from datetime import datetime, timedelta
from typing import Any

from shouwen.channels.models import Message
from shouwen.customers.models import Customer
from shouwen.demo.dice import Dice
from shouwen.demo.loading import stories
from shouwen.demo.loading.stories import Said, Story
from shouwen.demo.loading.structure import World
from shouwen.demo.texts import outages, plots
from shouwen.incidents import events as facts
from shouwen.incidents.models import (
    Area,
    Incident,
    Link,
    Problem,
    ProblemCase,
    Told,
    Update,
)
from shouwen.incidents.rules import words
from shouwen.platform.access import Actor
from shouwen.platform.ledger import bus
from shouwen.promises.models import Promise

AREAS = ("河东区", "河西区", "开发区")
MANY, EARLIER = 12, 8
FIXED_DAYS = 28


def retell(told: list[Story], at: datetime) -> tuple[list[Story], list[Story]]:
    """Give twelve fresh stories and eight old ones one cause each, and let one trouble become rare after its fix."""
    fresh = [
        s
        for s in told
        if s.owner is not None and s.state == "open" and s.opened_at > at - timedelta(hours=20)
    ]
    now_ = fresh[-MANY:]
    for story in now_:
        _becomes(story, outages.PLATFORM)
        story.promise_due, story.promise_state = at + timedelta(hours=3), "open"
    ended = [s for s in told if s.state == "confirmed" and s.owner is not None]
    past = ended[-60 : -60 + EARLIER]
    for story in past:
        _becomes(story, outages.PARTS_PORTAL)
        story.promise_due, story.promise_state = None, ""
    _rarer(told, at)
    return now_, past


def _becomes(story: Story, plot: plots.Plot) -> None:
    """The same customer and owner, another trouble; short, as everybody is told the same."""
    story.plot, story.handoff_from = plot, None
    owner = story.owner.name if story.owner else ""
    story.said = [
        Said("inbound", story.customer.name, story.fill(plot.opening), story.opened_at),
        Said("outbound", owner, story.fill(plot.lines[0]), story.opened_at + timedelta(minutes=4)),
    ]


def _rarer(told: list[Story], at: datetime) -> None:
    """Four of five oil leaks since the fix were something else: the fix has helped."""
    dice = Dice(7)
    since = at - timedelta(days=FIXED_DAYS)
    leaks = [s for s in told if s.plot is LEAK and s.opened_at > since and s.resolved_at is not None]
    other = next(plot for plot in plots.PLOTS if plot.team == LEAK.team and plot is not LEAK)
    for story in (story for number, story in enumerate(leaks) if number % 5):
        story.plot, story.said, story.promise_due = other, [], None
        stories.talk(story, at, dice, False)
        story.promise_state = "kept" if story.promise_due else ""
        story.resolved_at = max(story.resolved_at or at, story.said[-1].at + timedelta(minutes=5))
        story.closed_at = max(story.closed_at or at, story.resolved_at + timedelta(minutes=5))


LEAK = next(plot for plot in plots.PLOTS if "漏得厉害" in plot.subject)
COLD = next(plot for plot in plots.PLOTS if "打不着火" in plot.subject)


def write(now_: list[Story], past: list[Story], told: list[Story], world: World, at: datetime) -> None:
    jiang = world.staff["jiang"]
    by = Actor(user_id=jiang.pk, name=jiang.name, kind="staff")
    began = min(story.opened_at for story in now_) - timedelta(minutes=6)
    platform = _incident(
        "设备监控平台无法登录", "Machine monitoring platform unreachable", began, jiang, "open"
    )
    platform.cause = "机房外光缆被道路施工挖断"
    platform.interim = "恢复前可以打调度电话查询设备位置。"
    platform.interim_en = "our dispatcher tells you by phone where your machines are."
    platform.estimate_at, platform.public = at + timedelta(hours=3), True
    platform.terms = sorted(words.terms("设备监控平台登录不上 离线"))
    platform.save()
    _linked(
        platform,
        now_,
        "机房光缆被施工挖断，正在抢修，预计三小时内恢复。",
        "Roadworks cut the fibre of our computer room; we expect to be back within three hours.",
        by,
        at - timedelta(minutes=30),
    )
    shop_began = min(story.opened_at for story in past) - timedelta(minutes=10)
    shop = _incident("配件商城付款失败", "Payments fail in the parts shop", shop_began, jiang, "closed")
    ended = max(story.closed_at or at for story in past)
    shop.cause, shop.restored_at, shop.closed_at = "支付通道证书过期", shop_began + timedelta(hours=9), ended
    shop.changed_at = ended
    shop.save()
    _linked(
        shop,
        past,
        "支付通道故障，已切换备用通道。",
        "A payment channel failed; we have switched to another one.",
        by,
        shop_began + timedelta(hours=1),
        working=True,
    )
    _problems(told, jiang, by, at)


def _incident(title: str, english: str, began: datetime, owner: Any, state: str) -> Incident:
    incident = Incident(title=title, title_en=english, owner=owner, began_at=began, made_at=began)
    incident.changed_at = incident.opened_at = began + timedelta(minutes=15)
    incident.set_state(state)
    incident.save()
    return incident


def _linked(
    incident: Incident,
    cases: list[Story],
    text: str,
    english: str,
    by: Actor,
    at: datetime,
    working: bool = False,
) -> None:
    """Every customer linked, told once and, where it is over, content."""
    areas = [
        Area.objects.create(incident=incident, name=name, restored_at=incident.restored_at) for name in AREAS
    ]
    for number, story in enumerate(cases):
        Customer.objects.filter(pk=story.customer.pk).update(region=AREAS[number % len(AREAS)])
    promised = dict(
        Promise.objects.filter(subject_kind="case", subject_id__in=[s.case.pk for s in cases]).values_list(
            "subject_id", "pk"
        )
    )
    common: dict[str, Any] = {"state": "linked", "made_at": at, "made_by": by.user_id, "changed_at": at}
    if working:
        common |= {"asked_at": incident.restored_at, "answer": "working", "answered_at": incident.closed_at}
    links = Link.objects.bulk_create(
        [
            Link(
                incident=incident,
                case=story.case,
                area=areas[number % len(areas)],
                told_at=at,
                promise_id=promised.get(story.case.pk),
                **common,
            )
            for number, story in enumerate(cases)
        ]
    )
    incident.area_names, incident.linked_count = list(AREAS), len(links)
    incident.save(update_fields=["area_names", "linked_count"])
    _told(incident, links, text, english, by, at)
    _say(incident, facts.IncidentOpened(incident.pk, incident.title), by, incident.began_at)
    _say(incident, facts.CaseLinked(incident.pk, incident.title, links[0].case_id), by, at, links)
    if working:
        _say(
            incident, facts.IncidentRestored(incident.pk, list(AREAS), False), by, incident.restored_at or at
        )
        _say(incident, facts.IncidentClosed(incident.pk, incident.title), by, incident.closed_at or at)


def _told(incident: Incident, links: list[Link], text: str, english: str, by: Actor, at: datetime) -> None:
    """One update that reached every one of them."""
    update = Update.objects.create(
        incident=incident,
        sort="news",
        text=text,
        text_en=english,
        estimate_at=incident.estimate_at,
        made_by=by.user_id,
        made_by_name=by.name,
        made_at=at,
        wanted=len(links),
        finished_at=at + timedelta(minutes=1),
    )
    sent = Message.objects.filter(
        subject_kind="case", subject_id__in=[link.case_id for link in links], direction="outbound"
    ).order_by("-id")
    messages = dict(sent.values_list("subject_id", "pk"))
    Told.objects.bulk_create(
        [
            Told(update=update, link=link, way="sent", message_id=messages.get(link.case_id), at=at)
            for link in links
        ]
    )


def _say(incident: Any, fact: Any, by: Actor, at: datetime, links: list[Link] | None = None) -> None:
    more = [("case", link.case_id) for link in links or []]
    bus.announce(fact, subjects=[incident.subject, *more], by=by, at=at)


def _problems(told: list[Story], owner: Any, by: Actor, at: datetime) -> None:
    fixed = at - timedelta(days=FIXED_DAYS)
    leak = Problem(
        title="液压油渗漏反复发生",
        kind="repair",
        terms=sorted(words.terms("液压油漏得厉害")),
        whys=["管接头渗油", "密封圈老化快", "密封圈材质不耐高温", "采购时没有写明耐温要求"],
        fix="改用氟橡胶密封圈，保养时全部更换，采购标准写明耐温一百五十度。",
        fixed_at=fixed,
        owner=owner,
        made_at=fixed - timedelta(days=20),
        changed_at=fixed,
    )
    cold = Problem(
        title="早上打不着火的报修集中",
        kind="repair",
        terms=sorted(words.terms("早上打不着火")),
        whys=["低温时电瓶亏电", "停机后监控终端仍在耗电"],
        owner=owner,
        made_at=at - timedelta(days=5),
        changed_at=at - timedelta(days=1),
    )
    for problem, plot, state in ((leak, LEAK, "watching"), (cold, COLD, "cause_known")):
        problem.set_state(state)
        problem.save()
        rows = [s for s in told if s.plot is plot]
        ProblemCase.objects.bulk_create(
            [ProblemCase(problem=problem, case=s.case, opened_at=s.opened_at, found=True) for s in rows]
        )
        problem.case_count = len(rows)
        problem.save(update_fields=["case_count"])
        _say(problem, facts.ProblemRecorded(problem.pk, problem.title), by, problem.made_at)
        note = problem.fix if state == "watching" else problem.cause
        _say(problem, facts.ProblemMoved(problem.pk, state, note), by, problem.changed_at)
