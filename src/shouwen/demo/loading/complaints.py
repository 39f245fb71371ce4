"""Complaints of the demonstration company: most of them over and reviewed, some twenty at every stage of the path."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from shouwen.complaints import services
from shouwen.complaints.models import Basis, Complaint, Explanation, Option
from shouwen.complaints.rules.path import STAGES
from shouwen.demo.dice import Dice
from shouwen.demo.loading.stories import Story
from shouwen.demo.loading.structure import World
from shouwen.demo.texts import complaints as texts
from shouwen.people.models import Staff
from shouwen.platform.access import SYSTEM, Actor
from shouwen.platform.access.middleware import actor_from_user
from shouwen.platform.preferences import services as preferences

STEP = timedelta(minutes=25)
AT_STAGES = 20


@dataclass
class Told:
    """One complaint on its way, with a clock of its own that never runs past now."""

    complaint: Complaint
    plot: texts.Plot
    by: Actor
    boss: Actor
    moment: datetime
    until: datetime

    def step(self) -> dict[str, Any]:
        self.moment = min(self.moment + STEP, self.until)
        return {"complaint_id": self.complaint.pk, "at": self.moment, "by": self.by}


def write(stories: list[Story], world: World, at: datetime, dice: Dice) -> None:
    """After the cases stand. The newest complaints are told step by step, the older ones only how they ended."""
    preferences.change(values={"complaints.outside_ways": texts.WAYS}, at=at, by=SYSTEM)
    bases = library(at)
    budgets(at)
    known = [story for story in stories if story.plot.kind == "complaint" and story.owner is not None]
    newest = sorted(known, key=lambda one: one.opened_at)[-AT_STAGES:]
    _over([story for story in known if story not in newest], dice)
    boss = _actor(world.staff["shen"])
    for number, story in enumerate(reversed(newest)):
        _tell(story, boss, bases, at, number)


def _actor(staff: Staff) -> Actor:
    return actor_from_user(staff.user)


def library(at: datetime) -> dict[str, Basis]:
    return {
        code: services.save_basis(
            sort=sort,
            title=title,
            source=source,
            clause=clause,
            text=text,
            valid_from=date.fromisoformat(since),
            at=at,
            by=SYSTEM,
        )
        for code, sort, title, source, clause, text, since in texts.LIBRARY
    }


def budgets(at: datetime) -> None:
    day = at.date()
    for _month in range(4):
        services.set_budget(month=day, amount=2_000_000, at=at, by=SYSTEM)
        day = day.replace(day=1) - timedelta(days=1)


def _over(stories: list[Story], dice: Dice) -> None:
    """Complaints of the last months, closed and reviewed."""
    rows = []
    for story in stories:
        end = story.closed_at or story.opened_at + timedelta(days=3)
        rows.append(
            Complaint(
                case=story.case,
                state="closed",
                stage="reviewed",
                stage_since=end,
                opened_at=story.opened_at,
                remedy_sought=story.said[0].text,
                acknowledged_at=story.said[1].at if len(story.said) > 1 else end,
                severity=2,
                complexity=1,
                impact=dice.randint(1, 2),
                assessed_at=story.opened_at,
                weight=2,
                validity="valid" if dice.random() < 0.8 else "invalid",
                demand="reasonable",
                liability=dice.choice(("ours", "ours", "ours", "shared", "customer", "none")),
                cause=dice.choice(("delay", "attitude", "price", "price", "information", "delivery")),
                lesson="已在班会上复盘。",
                performed_at=end,
                confirmed_at=story.closed_at if story.state == "confirmed" else None,
                reviewed_at=end,
                closed_at=end,
            )
        )
    for one in rows:
        if one.validity == "invalid":
            one.liability = "none"
    Complaint.objects.bulk_create(rows, batch_size=500)
    services.reckon(Complaint.objects.all())


def _tell(story: Story, boss: Actor, bases: dict[str, Basis], at: datetime, number: int) -> None:
    plot = texts.BY_CASE[story.plot.subject]
    opened = services.open_for(case_id=story.case.pk, at=story.opened_at, by=SYSTEM)
    if opened is None or story.owner is None:
        return
    told = Told(opened, plot, _actor(story.owner), boss, story.opened_at, at)
    _from_outside(told, number)
    wanted = STAGES[number % len(STAGES)] if story.case.active else "reviewed"
    steps = (_receipt, _acknowledge, _facts, _nature, _explain, _propose, _agree, _perform, _end, _review)
    for stage, take in zip(STAGES, steps, strict=True):
        if stage == wanted and not (stage == "reviewed" and not story.case.active):
            break
        take(told, bases)
        services.pass_stage(**{**told.step(), "by": told.boss})


def _from_outside(told: Told, number: int) -> None:
    if number % 7 == 3:
        services.record_outside(
            body="12315",
            name="12315（演示）",
            reference=f"演示-{number:04d}",
            asks="请在时限内告知是否受理调解。",
            limit_code=texts.LIMIT,
            **told.step(),
        )
    if number % 9 == 4:
        services.add_member(name="同工地的另一位客户（演示）", representative=True, **told.step())


def _receipt(told: Told, bases: dict[str, Basis]) -> None:
    plot = told.plot
    services.record_receipt(
        remedy_sought=plot.sought,
        wanted_amount=plot.wanted or None,
        happened_on=told.complaint.opened_at.date(),
        **told.step(),
    )


def _acknowledge(told: Told, bases: dict[str, Basis]) -> None:
    services.acknowledge(how="电话告知已受理和负责人", **told.step())
    severity, complexity, impact = told.plot.levels
    services.assess(severity=severity, complexity=complexity, impact=impact, **told.step())


def _facts(told: Told, bases: dict[str, Basis]) -> None:
    plot = told.plot
    services.name_investigator(
        staff_id=told.boss.user_id or 0, interest=False, checked="与双方无亲属和经济关系", **told.step()
    )
    services.add_account(party="customer", who=plot.customer, text=plot.customer_says, **told.step())
    services.add_account(party=plot.party, who=plot.who, text=plot.other_says, **told.step())
    for sort, title, shows in plot.evidence:
        services.add_evidence(sort=sort, party="ours", title=title, shows=shows, **told.step())
    ids = list(told.complaint.accounts.values_list("pk", flat=True)[:1])
    services.record_customers_answer(accounts=ids, evidence=[], word=plot.answer, **told.step())


def _nature(told: Told, bases: dict[str, Basis]) -> None:
    plot = told.plot
    rests = [bases[code].pk for code in plot.bases]
    services.decide_nature(
        validity=plot.validity,
        demand=plot.demand,
        liability=plot.liability,
        our_share=plot.share,
        bases={"validity": rests, "demand": rests[-1:], "liability": rests[:1]},
        reasons=plot.reasons,
        **{**told.step(), "by": told.boss},
    )


def _explain(told: Told, bases: dict[str, Basis]) -> None:
    step = told.step()
    Explanation.objects.create(
        complaint=told.complaint,
        finding=told.complaint.findings.all()[0],
        sort=plot_sort(told.plot),
        text=told.plot.explained,
        how="phone",
        told_by=told.by.user_id,
        told_at=step["at"],
    )


def plot_sort(plot: texts.Plot) -> str:
    return "ours" if plot.liability in {"ours", "shared"} else "theirs_proven"


def _propose(told: Told, bases: dict[str, Basis]) -> None:
    for remedy, title, amount, effort, gain, worry, declined, cost, acceptance, note in told.plot.options:
        option = services.add_option(
            remedy=remedy,
            title=title,
            amount=amount,
            effort=effort,
            gain=gain,
            gain_amount=amount,
            worry=worry,
            if_declined=declined,
            declined_cost=cost,
            **told.step(),
        )
        services.set_acceptance(option_id=option.pk, acceptance=acceptance, note=note, **told.step())


def _agree(told: Told, bases: dict[str, Basis]) -> None:
    option = Option.objects.filter(complaint=told.complaint, acceptance="said").order_by("amount").first()
    if option is None:
        return
    services.choose_option(option_id=option.pk, **told.step())
    if option.amount:
        asked = services.ask_approval(option_id=option.pk, why="客户已表示可以接受", **told.step())
        services.sign(approval_id=asked.pk, yes=True, word="同意", at=told.moment, by=told.boss)


def _perform(told: Told, bases: dict[str, Basis]) -> None:
    services.carry_out(note=told.plot.done, settled_ref=f"演示凭证-{told.complaint.pk}", **told.step())
    if told.plot.liability in {"ours", "shared"}:
        planned = services.plan_recovery(
            sort="apology",
            text="主管致电道歉，并告知流程已改",
            follow_up_at=told.moment + timedelta(days=7),
            **told.step(),
        )
        if told.until - planned.follow_up_at > timedelta(0):
            services.follow_recovery(recovery_id=planned.pk, level=4, word="这次处理得不错", **told.step())


def _end(told: Told, bases: dict[str, Basis]) -> None:
    services.record_customers_word(confirmed=True, **told.step())


def _review(told: Told, bases: dict[str, Basis]) -> None:
    plot = told.plot
    services.review(
        cause=plot.cause, lesson=plot.lesson, measure=plot.measure, **{**told.step(), "by": told.boss}
    )
