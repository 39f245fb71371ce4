"""What happened to each demonstration case, worked out before any row is written."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from shouwen.customers.models import Asset, Customer
from shouwen.demo import company
from shouwen.demo.dice import Dice
from shouwen.demo.loading.structure import World
from shouwen.demo.texts import plots
from shouwen.people.models import Staff

CASES = 1_500
DAYS = 90
FRESH = 84  # the newest ones are still in work
UNOWNED = 14
ZONE = ZoneInfo("Asia/Shanghai")
CHANNELS = ("email",) * 5 + ("phone",) * 4 + ("web",) * 3 + ("desk",) * 2


@dataclass
class Said:
    direction: str
    author: str
    text: str
    at: datetime


@dataclass
class Story:
    plot: plots.Plot
    customer: Customer
    asset: Asset | None
    channel: str
    owner: Staff | None
    slots: dict[str, str]
    opened_at: datetime
    state: str
    said: list[Said] = field(default_factory=list)
    handoff_from: Staff | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    promise_state: str = ""
    promise_due: datetime | None = None
    levels: dict[str, int] = field(default_factory=dict)
    word: str = ""
    case: Any = None
    reopened: bool = False

    def fill(self, text: str) -> str:
        return text.format(**self.slots)


def _days(at: datetime) -> list[datetime]:
    """Local midnights of the working days of the last three months, oldest first."""
    today = at.astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    days = [today - timedelta(days=n) for n in range(DAYS, 0, -1)]
    return [day for day in days if day.weekday() < 5]


def tell(world: World, at: datetime, dice: Dice) -> list[Story]:
    """All stories, oldest first."""
    days = _days(at)
    old = sorted(dice.office_time(dice.choice(days[:-2])) for _n in range(CASES - FRESH))
    # the fresh ones lie in the last working hours before now, so that their clocks still run
    fresh = sorted(at - timedelta(minutes=dice.randint(3, 60 * 20)) for _n in range(FRESH))
    stories = [_story(world, moment, at, dice, False) for moment in old]
    in_work = [_story(world, moment, at, dice, True) for moment in fresh]
    for story in in_work[-UNOWNED:]:
        _nobody_yet(story)
    return stories + in_work


def _nobody_yet(story: Story) -> None:
    """A mail that has just come in and waits for whoever takes it first."""
    story.channel, story.owner, story.state, story.handoff_from = "email", None, "new", None
    story.said, story.promise_due, story.promise_state = story.said[:1], None, ""


def _owner(world: World, plot: plots.Plot, dice: Dice) -> Staff:
    fit = [p for p in company.STAFF if plot.team in p.teams and p.roles[0] in {"agent", "account_manager"}]
    return world.staff[dice.choice(fit).username]


def _story(world: World, moment: datetime, at: datetime, dice: Dice, fresh: bool) -> Story:
    plot = dice.choice(plots.PLOTS)
    customer = dice.choice(world.customers)
    assets = world.assets.get(customer.pk, [])
    asset = dice.choice(assets) if assets else None
    machine = (asset.name, asset.model) if asset else dice.choice(company.MACHINES)
    owner = _owner(world, plot, dice)
    channel = "desk" if plot.kind == "help" and dice.random() < 0.2 else dice.choice(CHANNELS)
    slots = dice.slots(customer.name, machine, owner.name, plot.parts)
    story = Story(plot, customer, asset, channel, owner, slots, moment, "open")
    talk(story, at, dice, fresh)
    if fresh:
        _fresh_state(story, at, dice)
    else:
        _end(story, dice)
    if story.owner and dice.random() < 0.06:
        others = [one for one in world.staff.values() if one.pk != owner.pk and one.provider_id is None]
        story.handoff_from = dice.choice([one for one in others if one.title in {"客服专员", "投诉专员"}])
    return story


def talk(story: Story, at: datetime, dice: Dice, fresh: bool) -> None:
    """The lines of the plot with believable pauses; of a fresh case only what fits before now."""
    plot, moment = story.plot, story.opened_at
    story.said.append(Said("inbound", story.customer.name, story.fill(plot.opening), moment))
    for position, line in enumerate(plot.lines):
        pause = dice.randint(4, 50) if position == 0 else dice.randint(10, 240)
        moment += timedelta(minutes=pause)
        if moment >= at or (fresh and position >= dice.randint(0, 3)):
            return
        ours = position % 2 == 0
        author = story.owner.name if ours and story.owner else story.customer.name
        story.said.append(Said("outbound" if ours else "inbound", author, story.fill(line), moment))
        if position == 0 and plot.promise:
            story.promise_due = due_of(story.fill(plot.promise), moment)


def due_of(promise: str, made_at: datetime) -> datetime:
    """When the words of a plot's promise are due; they are few, so they are simply known."""
    here = made_at.astimezone(ZONE).replace(minute=0, second=0, microsecond=0)
    if "小时内" in promise:
        return made_at + timedelta(hours=int("".join(c for c in promise if c.isdigit()) or 1))
    for words, days, hour in (
        ("今天下班前", 0, 18),
        ("明天上午", 1, 12),
        ("明天下班前", 1, 18),
        ("后天上午九点", 2, 9),
        ("本周五之前", 3, 18),
        ("三个工作日内", 3, 18),
    ):
        if words in promise:
            due = (here + timedelta(days=days)).replace(hour=hour)
            return due if due > made_at else due + timedelta(days=1)
    return made_at + timedelta(minutes=30)


def _fresh_state(story: Story, at: datetime, dice: Dice) -> None:
    replied = len(story.said) > 1
    if not replied and story.channel in {"email", "web"}:
        story.owner, story.state = None, "new"
    elif replied and dice.random() < 0.2:
        story.state = "waiting"
    if story.promise_due is not None:
        story.promise_state = (
            "open" if story.promise_due > at else dice.choices(("kept", "broken"), (9, 1))[0]
        )


def _end(story: Story, dice: Dice) -> None:
    last = story.said[-1].at
    story.resolved_at = last + timedelta(hours=dice.randint(2, 50))
    roll = dice.random()
    if story.promise_due is not None:
        story.promise_state = dice.choices(("kept", "renegotiated", "broken"), (88, 5, 7))[0]
    broken = story.promise_state == "broken"
    story.reopened = dice.random() < 0.05
    if roll < 0.7:
        story.state = "confirmed"
        story.closed_at = story.resolved_at + timedelta(hours=dice.randint(1, 40))
        story.levels = _levels(dice, story.plot.hard, broken)
        story.word = story.plot.praise or dice.choice(plots.THANKS)
    else:
        story.state = "unconfirmed"
        story.closed_at = story.resolved_at + timedelta(days=7)


def _levels(dice: Dice, hard: bool, broken: bool) -> dict[str, int]:
    """Perceptions: good on the whole, less so after trouble; timeliness suffers most from a broken promise."""
    base = 3 if hard or broken else 4
    found = {}
    for dimension in ("appearance", "attitude", "timeliness", "expertise", "integrity"):
        if dice.random() < 0.12:
            continue
        level = base + dice.choice((-1, 0, 0, 1, 1))
        if broken and dimension in {"timeliness", "integrity"}:
            level -= 1
        found[dimension] = max(1, min(5, level))
    return found or {"attitude": base}
