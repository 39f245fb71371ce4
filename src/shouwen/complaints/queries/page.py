"""One complaint whole, for its page and its record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shouwen.complaints import policies
from shouwen.complaints.models import Approval, Complaint, Option, Remedy, Stage
from shouwen.complaints.queries import authority, labels, settings
from shouwen.complaints.queries.one import get
from shouwen.complaints.queries.parts import Parts, held, parts
from shouwen.complaints.rules import path, remedies
from shouwen.complaints.rules.authority import Room
from shouwen.kernel.money import Money
from shouwen.people import queries as people
from shouwen.platform.access import Actor
from shouwen.promises import queries as promises


@dataclass(frozen=True)
class Need:
    """A required record of the present stage: in words, where it is written down, whether it is there."""

    code: str
    label: Any
    form: str
    done: bool


@dataclass(frozen=True)
class Way:
    """An option as the comparison shows it."""

    option: Option
    amount: Money
    cost: Money
    gain: Money
    declined: Money
    customer_gains: bool
    we_gain: bool
    picked: bool
    approval: Approval | None
    may_sign: bool
    mine: bool
    deciders: list[authority.Decider]
    hands: int


@dataclass(frozen=True)
class Page:
    complaint: Complaint
    at: datetime
    parts: Parts
    path: list[tuple[Any, str, str, str | None]]
    needs: list[Need]
    may_work: bool
    may_pass: bool
    pass_roles: list[str]
    independent: bool
    late: bool
    left: str
    ways: list[Way]
    pick: remedies.Pick | None
    names: dict[int, str]
    days: dict[str, float]

    @property
    def ready(self) -> bool:
        return all(one.done for one in self.needs)

    @property
    def open_move(self) -> Any:
        return next((one for one in self.parts.moves if one.outcome == "open"), None)


def page(ref: str, actor: Actor, at: datetime) -> Page:
    """Everything the page of a complaint shows."""
    return page_of(get(ref, actor), actor, at)


def page_of(complaint: Complaint, actor: Actor, at: datetime) -> Page:
    has = parts(complaint)
    roles = settings.stage_setting(complaint.stage).roles
    late = complaint.is_active and complaint.due_at is not None and complaint.due_at <= at
    pick = remedies.cheapest([plain(one) for one in has.options])
    return Page(
        complaint=complaint,
        at=at,
        parts=has,
        path=drawn(complaint, has),
        needs=needs(complaint, has),
        may_work=policies.may_work(actor, complaint) and complaint.is_active,
        may_pass=complaint.is_active and policies.may_pass(actor, complaint, roles),
        pass_roles=roles,
        independent=policies.is_independent(actor, complaint),
        late=late,
        left=promises.left_text(complaint.due_at, at) if complaint.is_active and complaint.due_at else "",
        ways=ways(complaint, has, actor, at, pick),
        pick=pick,
        names=people.names(everybody(complaint, has)),
        days={stage: round(s / 86_400, 1) for stage, s in spent(has, at).items()},
    )


def spent(has: Parts, at: datetime) -> dict[str, float]:
    return path.spent([(one.stage, one.entered_at, one.left_at) for one in has.visits], at)


def needs(complaint: Complaint, has: Parts) -> list[Need]:
    missing = set(path.missing(complaint.stage, held(complaint, has)))
    return [
        Need(code, *labels.NEEDS[code], done=code not in missing) for code in path.REQUIRED[complaint.stage]
    ]


def drawn(complaint: Complaint, has: Parts) -> list[tuple[Any, str, str, str | None]]:
    """The path for `ui.stages`: what is done, where it stands, what comes."""
    here = path.STAGES.index(complaint.stage)
    over = complaint.state == "closed"
    found = []
    for place, (code, label) in enumerate(Stage.choices):
        current = place == here and complaint.is_active
        state = "current" if current else "done" if place < here or over else "todo"
        if state == "todo" and not complaint.is_active:
            state = "skipped"
        found.append((label, state, "", f"#stage-{code}" if current else None))
    return found


def plain(option: Option) -> remedies.Way:
    return remedies.Way(
        option.pk,
        option.cost,
        option.gain_amount or option.amount,
        option.declined_cost,
        option.acceptance,
        bool(option.worry),
    )


def _deciders(
    complaint: Complaint, option: Option, hands: int, asker: int | None, at: datetime
) -> list[authority.Decider]:
    """Who can decide an option now. Where two are needed, who asks is neither of them."""
    left_out = [complaint.about_staff_id, asker if hands > 1 else None]
    found = authority.deciders(option.remedy, option.amount, at, hands=hands, but=left_out)
    return found[: authority.SHOWN]


def ways(
    complaint: Complaint, has: Parts, actor: Actor, at: datetime, pick: remedies.Pick | None
) -> list[Way]:
    rooms: dict[str, Room] = {}
    found = []
    for option in has.options:
        if option.remedy not in rooms:
            rooms[option.remedy] = authority.room_of(actor, option.remedy, at)
        asked = has.approval_of(option)
        open_question = asked if asked is not None and asked.state == "asked" else None
        undecided = option.amount and (asked is None or asked.state in {"asked", "declined", "withdrawn"})
        gains = remedies.win_win(plain(option))
        hands = authority.hands(option.amount)
        who = (
            _deciders(
                complaint, option, hands, open_question.asked_by if open_question else actor.user_id, at
            )
            if undecided and complaint.is_active
            else []
        )
        found.append(
            Way(
                option=option,
                amount=Money(option.amount),
                cost=Money(option.cost),
                gain=Money(option.gain_amount),
                declined=Money(option.declined_cost),
                customer_gains=gains[0],
                we_gain=gains[1],
                picked=pick is not None and pick.id == option.pk,
                approval=asked,
                may_sign=open_question is not None
                and authority.may_decide(actor, complaint, open_question, at),
                mine=hands == 1
                and rooms[option.remedy].covers(option.amount)
                and actor.user_id != complaint.about_staff_id,
                deciders=who,
                hands=hands,
            )
        )
    return found


def everybody(complaint: Complaint, has: Parts) -> Iterable[int]:
    """Ids of all colleagues named on the page."""
    ids = {complaint.about_staff_id, complaint.investigator_id, complaint.assessed_by, complaint.received_by}
    ids |= {one.settled_by for one in has.grants} | {one.recorded_by for one in has.outside}
    ids |= {one.recorded_by for one in has.accounts} | {one.added_by for one in has.evidence}
    ids |= {one.decided_by for one in has.findings} | {one.told_by for one in has.explanations}
    ids |= {one.asked_by for one in has.approvals} | {one.granted_by for one in has.grants}
    ids |= {sign.by for one in has.approvals for sign in one.signatures.all()}
    ids |= {one.made_by for one in has.moves} | {one.to_id for one in has.moves}
    ids |= {one.planned_by for one in has.recoveries} | {one.followed_by for one in has.recoveries}
    ids |= {one.left_by for one in has.visits}
    ids |= {pk for one in has.interests for pk in (one.staff_id, one.declared_by, one.lifted_by)}
    return {pk for pk in ids if pk is not None}


def remedy_label(code: str) -> str:
    return str(dict(Remedy.choices).get(code, code))


def names_of(ids: Iterable[int]) -> dict[int, str]:
    return people.names(set(ids))
