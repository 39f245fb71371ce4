"""One case whole, for its page: as few questions as possible, the rarely needed only when there is any."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from shouwen.cases import permissions, policies
from shouwen.cases.models import (
    Case,
    CaseLink,
    CaseMerge,
    ChecklistMark,
    Confirmation,
    Draft,
    Escalation,
    Handoff,
    Resolution,
    SolutionOption,
    State,
    Task,
    Understanding,
    Watch,
)
from shouwen.cases.models.understanding import BEHAVIOURS
from shouwen.cases.queries import one, story
from shouwen.cases.queries.because import in_words
from shouwen.cases.queries.chips import Chip, chip, chip_of
from shouwen.cases.queries.helping import call_about
from shouwen.cases.queries.similar import similar_to
from shouwen.channels import answering, lines
from shouwen.channels import queries as channels
from shouwen.channels.registry import Limit, Room
from shouwen.customers import queries as customers
from shouwen.knowledge import queries as knowledge
from shouwen.knowledge.rules import emotion
from shouwen.people import queries as people
from shouwen.platform import db
from shouwen.platform.access import Actor
from shouwen.promises import queries as promises
from shouwen.promises.models import Promise

BEHAVIOUR_WORDS: Final = {
    "tone": (_("Set the tone"), _("Greeted, name used, feeling noticed")),
    "diagnose": (_("Diagnose"), _("Asked and listened until the wish was clear")),
    "solve": (_("Solve"), _("Options offered, the customer chose")),
    "sum_up": (_("Sum up"), _("What was agreed, said once more")),
    "follow_through": (_("Follow through"), _("Promised times kept, asked whether it is solved")),
}
OFTEN_SHOWN: Final = 8
# Written out: built by the ORM, the union costs more to put together than to run.
PRESENT: Final = f"""
SELECT 'mark', behaviour, '' FROM {ChecklistMark._meta.db_table} WHERE case_id = %s
UNION ALL SELECT 'draft', sort, text FROM {Draft._meta.db_table} WHERE case_id = %s AND staff_id = %s
UNION ALL SELECT 'watch', '', '' FROM {Watch._meta.db_table} WHERE case_id = %s AND staff_id = %s
UNION ALL SELECT 'handoff', state, '' FROM {Handoff._meta.db_table} WHERE case_id = %s
UNION ALL SELECT 'task', state, '' FROM {Task._meta.db_table} WHERE case_id = %s
UNION ALL SELECT 'option', '', '' FROM {SolutionOption._meta.db_table} WHERE case_id = %s
UNION ALL SELECT 'understanding', '', '' FROM {Understanding._meta.db_table} WHERE case_id = %s
"""  # noqa: S608  names of our own tables


@dataclass(frozen=True, slots=True)
class Owed:
    """A promise on the page."""

    promise: Promise
    chip: Chip | None
    who: str
    may_settle: bool


@dataclass(frozen=True, slots=True)
class Closing:
    resolution: Resolution | None = None
    confirmation: Confirmation | None = None
    satisfaction: Any = None


@dataclass(frozen=True, slots=True)
class Person:
    """The customer as the page shows it."""

    contacts: list[Any]
    assets: list[Any]
    flags: list[Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """Where an answer goes by itself. No address on a spoken channel: it is written down.

    room  what may be written there now; `ways`: other channels that reach the customer, with the address
    """

    channel: str
    address: str
    room: Room = field(default_factory=Room)
    ways: list[tuple[str, str, Limit | None]] = field(default_factory=list)

    @property
    def shown_address(self) -> str:
        """Enough of an address that people can tell it: a WeChat one is long and says nothing."""
        return self.address if len(self.address) <= 24 else f"{self.address[:10]}…"


@dataclass(frozen=True)
class CasePage:
    case: Case
    at: datetime
    is_mine: bool
    may_work: bool
    may_answer_for: bool
    chip: Chip | None
    clocks: list[tuple[Any, Chip]]
    story: story.Story
    feelings: list[str]
    person: Person
    answer: Answer
    understanding: Understanding | None
    options: list[SolutionOption]
    behaviours: list[tuple[str, Any, Any, bool]]
    expectation: Any
    owed: list[Owed]
    settled: int
    tasks: list[tuple[Task, Chip | None]]
    handoff: Handoff | None
    untold: list[Handoff]
    escalations: list[Escalation]
    help: Any
    closing: Closing
    drafts: dict[str, str]
    watching: bool


def case_page(ref: str, actor: Actor, at: datetime, *, since: int = 0) -> CasePage:
    """Everything the page of a case shows. `since`: the message an open page begins with."""
    case = one.get(ref, actor)
    promised = promises.all_for(case.subject)
    told = story.story(case, promised, at, since=since, addresses=can_see_contacts(actor))
    small = _present(case, actor)
    groups = {group for group, _code in small}
    handoffs = _handoffs(case) if "handoff" in groups else []
    person = _person(case, at)
    return CasePage(
        case=case,
        at=at,
        is_mine=case.owner_id == actor.user_id,
        may_work=policies.may_work(actor, case),
        may_answer_for=policies.may_answer_for(actor, case),
        chip=chip_of(case, at),
        clocks=_clocks(case, at),
        story=told,
        feelings=_feelings(told.said),
        person=person,
        answer=_answer(case, told.said, person.contacts, at),
        understanding=_understood(case) if "understanding" in groups else None,
        options=list(SolutionOption.objects.filter(case=case)) if "option" in groups else [],
        behaviours=[(code, *BEHAVIOUR_WORDS[code], ("mark", code) in small) for code in BEHAVIOURS],
        expectation=next(iter(promises.expectations_for(case.subject)), None),
        owed=_owed(promised, case, actor, at),
        settled=sum(not promise.owed for promise in promised),
        tasks=_tasks(case, at) if "task" in groups else [],
        handoff=next((each for each in handoffs if each.state == "asked"), None),
        untold=[each for each in handoffs if each.state == "accepted" and each.customer_told_at is None],
        escalations=_escalations(case),
        help=call_about(case) if case.active else None,
        closing=_closing(case),
        drafts={sort: text for (group, sort), text in small.items() if group == "draft"},
        watching=("watch", "") in small,
    )


def _present(case: Case, actor: Actor) -> dict[tuple[str, str], str]:
    """What there is of the small things, in one statement: {(group, code): text}. Only what is there is fetched."""
    with db.open_cursor() as cursor:
        cursor.execute(PRESENT, [case.pk, case.pk, actor.user_id, case.pk, actor.user_id, *[case.pk] * 4])
        return {(group, code): text for group, code, text in cursor.fetchall()}


def _handoffs(case: Case) -> list[Handoff]:
    return list(Handoff.objects.filter(case=case).select_related("to", "by"))


def _understood(case: Case) -> Understanding | None:
    return Understanding.objects.filter(case=case).first()


def _person(case: Case, at: datetime) -> Person:
    pk = case.customer_id
    return Person(customers.contacts_of(pk), customers.assets_of(pk), customers.active_flags(pk, at))


def _clocks(case: Case, at: datetime) -> list[tuple[Any, Chip]]:
    if not case.active:
        return []
    live = promises.live_clocks(case.subject)
    return [
        (
            clock,
            Chip(str(_("paused")), "paused", str(clock.get_sort_display()))
            if clock.state == "paused"
            else chip(clock.due_at, clock.sort, at),
        )
        for clock in live
    ]


def _owed(promised: list[Promise], case: Case, actor: Actor, at: datetime) -> list[Owed]:
    owed = sorted((each for each in promised if each.owed), key=lambda each: each.due_at)
    known: dict[int | None, str] = {
        actor.user_id: actor.name,
        case.owner_id: case.owner.name if case.owner else "",
    }
    strangers = {each.deliver_by for each in owed if each.deliver_by} - known.keys()
    others = people.names(pk for pk in strangers if pk is not None)
    answers = case.owner_id == actor.user_id
    return [
        Owed(
            each,
            chip(each.due_at, "promise", at, each.half_at, each.most_at),
            known.get(each.deliver_by) or others.get(each.deliver_by or 0, ""),
            answers or actor.can("promises.manage") or actor.user_id in (each.made_by, each.deliver_by),
        )
        for each in owed
    ]


def _tasks(case: Case, at: datetime) -> list[tuple[Task, Chip | None]]:
    rows = Task.objects.filter(case=case).select_related("department", "provider", "assignee").order_by("-id")
    return [(task, chip(task.due_at, "task", at) if task.is_open else None) for task in rows[:20]]


def _escalations(case: Case) -> list[Escalation]:
    if not case.escalation_level:
        return []
    rows = Escalation.objects.filter(case=case, settled_at=None)
    return [in_words(row) for row in rows.select_related("raised_by").order_by("-id")]


def _closing(case: Case) -> Closing:
    if case.active and not case.reopen_count:
        return Closing()
    resolution = Resolution.objects.filter(case=case).select_related("resolved_by").first()
    confirmation = Confirmation.objects.filter(case=case).first()
    felt = None
    if confirmation is not None and confirmation.levels and case.state == State.CONFIRMED:
        felt = promises.satisfaction_of(case.subject, confirmation.levels)
    return Closing(resolution, confirmation, felt)


def _answer(case: Case, said: list[Any], contacts: list[Any], at: datetime) -> Answer:
    """The same choice as `services.answering`, read from what the page has loaded."""
    inbound = [m for m in reversed(said) if m.direction == "inbound" and not m.automatic]
    where = answering.where_to(
        case.channel,
        latest=lambda by: next((m for m in inbound if not by or m.channel == by), None),
        contacts=lambda: contacts,
        line=lines.way(case.channel, case.subject),
    )
    if where.channel == "email":
        return Answer(where.channel, where.address)
    return Answer(where.channel, where.address, channels.room_for(where, at), _ways(where.channel, contacts))


def _ways(but: str, contacts: list[Any]) -> list[tuple[str, str, Limit | None]]:
    found = []
    for code in channels.sending_channels():
        address = answering.address_of(code, contacts)
        if address and code != but:
            found.append((code, address, channels.limit_of(code)))
    return found


@lru_cache(maxsize=4096)
def _feeling(text: str) -> str:
    return str(emotion.read(text).level)


def _feelings(said: list[Any]) -> list[str]:
    return [_feeling(m.text[:2000]) for m in said if m.direction == "inbound" and not m.automatic][-12:]


@dataclass(frozen=True, slots=True)
class Related:
    """What belongs near a case; asked for by itself, after the page stands."""

    earlier: list[Case]
    links: list[tuple[CaseLink, Case]]
    merges: list[CaseMerge]
    articles: list[Any]
    similar: list[Case]
    used: set[int]


def related(case: Case, actor: Actor) -> Related:
    visible = one.visible_to(actor)
    earlier = visible.filter(customer_id=case.customer_id).exclude(pk=case.pk).order_by("-last_at", "-id")
    there = visible.exclude(pk=case.pk).only("pk", "subject_line", "state")
    links = CaseLink.objects.filter(case=case) | CaseLink.objects.filter(other=case)
    rows = list(links.order_by("-id")[:20])
    others = {
        each.pk: each
        for each in there.filter(pk__in={pk for row in rows for pk in (row.case_id, row.other_id)})
    }
    pairs = [(row, row.other_id if row.case_id == case.pk else row.case_id) for row in rows]
    asked = f"{case.subject_line}\n{case.last_words if case.last_direction == 'inbound' else ''}"
    return Related(
        earlier=list(earlier[:OFTEN_SHOWN]),
        links=[(row, others[pk]) for row, pk in pairs if pk in others],
        merges=list(CaseMerge.objects.filter(winner=case, undone_at=None).select_related("loser")[:10]),
        articles=knowledge.suggest_articles(asked, limit=4, actor=actor),
        similar=similar_to(case, actor),
        used=knowledge.articles_used_in(case.subject),
    )


def can_see_contacts(actor: Actor) -> bool:
    return actor.can("customers.see_contacts")


def may_restrict(actor: Actor) -> bool:
    return actor.can(permissions.SEE_RESTRICTED)
