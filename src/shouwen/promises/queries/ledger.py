"""Reads on the promise ledger."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid, NotFound
from shouwen.people import queries as people
from shouwen.platform import db
from shouwen.platform.access import SYSTEM, Actor
from shouwen.platform.waiting import Counted
from shouwen.promises import policies, subjects
from shouwen.promises.models import Promise, PromiseState
from shouwen.promises.queries.wording import CAUSE_LABELS, WITHOUT_LABELS, WORK_LABELS
from shouwen.promises.rules.words import Subject

NEAR: Final = timedelta(hours=1)
BOARD_ROWS: Final = 200
FEW: Final = 5
FOLDED: Final = 50
WHOSE: Final = ("mine", "team", "all")
UNEXPLAINED: Final = "none"
WITHOUT: Final = ("staff", "team", "department", "provider")


@dataclass(frozen=True)
class Filter:
    """What the ledger shows. `whose` mine, team or all; the rest narrows, None or "" being no matter.

    `cause` "none" is broken and not explained yet; `without` names what the maker has not: a team, a department,
    a provider (our own house), or "staff" where nobody made it.
    """

    whose: str = "mine"
    state: str = ""
    staff_id: int | None = None
    team_id: int | None = None
    customer_id: int | None = None
    settled_since: datetime | None = None
    due_before: datetime | None = None
    due_at: datetime | None = None
    owed: bool = False
    subject: Subject | None = None
    department_id: int | None = None
    provider_id: int | None = None
    work: str = ""
    cause: str = ""
    without: str = ""


def about(subject: Subject) -> QuerySet[Promise]:
    kind, pk = subject
    return Promise.objects.filter(subject_kind=kind, subject_id=pk)


PRESSING = db.Read(
    lambda staff, until: (
        Promise.objects.filter(deliver_by=staff, owed=True, due_at__lte=until)
        .order_by()  # in no order: in that of the due times it would be looked for among everybody's
        .values_list("pk")[:100]
    )
)
ALL = db.Read(lambda kind, pk: about((kind, pk)).order_by("made_at", "id"))


def open_for(subject: Subject) -> list[Promise]:
    """What the customer still waits for: open promises and broken ones not delivered yet, soonest first."""
    return list(about(subject).filter(owed=True).order_by("due_at", "id"))


def owed_by_subject(kind: str, ids: Iterable[int]) -> dict[int, list[Promise]]:
    """What customers still wait for in several subjects of a kind, soonest first, in one question."""
    found: dict[int, list[Promise]] = {}
    rows = Promise.objects.filter(subject_kind=kind, subject_id__in=list(ids), owed=True)
    for promise in rows.order_by("due_at", "id"):
        found.setdefault(promise.subject_id, []).append(promise)
    return found


def all_for(subject: Subject) -> list[Promise]:
    """Every promise of a subject, oldest first; a renegotiated one stands beside the one it became."""
    return ALL.all(kind=subject[0], pk=subject[1])


def by_ids(promise_ids: Iterable[int]) -> dict[int, Promise]:
    """Promises by id, for a room that keeps the ids of its own; whether they may be seen it has asked already."""
    return Promise.objects.in_bulk(set(promise_ids))


def for_customer(customer_ids: Iterable[int], actor: Actor, limit: int = 20) -> list[Promise]:
    found = visible_to(actor).filter(customer_id__in=list(customer_ids))
    return list(found.order_by("-owed", "-due_at")[:limit])


def visible_to(actor: Actor) -> QuerySet[Promise]:
    """One's own, one's teams', or everybody's, as the permissions say."""
    every = Promise.objects.all()
    if actor.is_system or actor.can(policies.SEE_ALL):
        return every
    if not actor.can(policies.SEE):
        return every.none()
    return every.filter(_mine(actor) | Q(team_id__in=list(actor.team_ids)))


def get(promise_id: int, actor: Actor) -> Promise:
    """One promise: in the ledger that the actor may see, or of a case that is the actor's to answer for."""
    found = Promise.objects.select_related("previous", "calendar").filter(pk=promise_id).first()
    if found is None or found.subject not in subjects.lines([found.subject], actor):
        raise NotFound(_("There is no such promise."))
    # A subject that a room above has described to this actor is one the actor may read (CAS-3).
    if not policies.may_see(actor, found) and not subjects.known(found.subject_kind):
        raise NotFound(_("There is no such promise."))
    return found


def chain(promise: Promise) -> list[Promise]:
    """The promise with what it was before, oldest first, and what it became."""
    found = [promise]
    while (earlier := found[0].previous) is not None:
        found.insert(0, earlier)
    while (later := Promise.objects.filter(previous=found[-1]).first()) is not None:
        found.append(later)
    return found


def subject_of(promise_id: int) -> Subject:
    found = Promise.objects.filter(pk=promise_id).values_list("subject_kind", "subject_id").first()
    if found is None:
        raise NotFound(_("There is no such promise."), field="promise")
    return found


def locked(promise_id: int) -> Promise:
    found = Promise.objects.select_for_update().filter(pk=promise_id).first()
    if found is None:
        raise NotFound(_("There is no such promise."), field="promise")
    return found


def ledger(actor: Actor, chosen: Filter) -> QuerySet[Promise]:
    """The promises an actor may see, narrowed by a filter; the caller pages them by (due_at, id)."""
    if chosen.whose not in WHOSE:
        raise Invalid(_("Choose mine, team or all."), field="whose")
    if chosen.state and chosen.state not in PromiseState.values:
        raise Invalid(_("There is no such state."), field="state")
    found = visible_to(actor)
    if chosen.whose == "mine":
        found = found.filter(_mine(actor))
    elif chosen.whose == "team":
        found = found.filter(team_id__in=list(actor.team_ids))
    exact = {
        "state": chosen.state,
        "made_by": chosen.staff_id,
        "team_id": chosen.team_id,
        "customer_id": chosen.customer_id,
        "settled_at__gte": chosen.settled_since,
        "due_at__lt": chosen.due_before,
        "due_at": chosen.due_at,
        "owed": chosen.owed,
        "work": chosen.work,
    }
    if chosen.subject:
        exact["subject_kind"], exact["subject_id"] = chosen.subject
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if chosen.cause:
        found = found.filter(
            cause="" if chosen.cause == UNEXPLAINED else chosen.cause, state=PromiseState.BROKEN
        )
    return _made_where(found, chosen)


def _made_where(found: QuerySet[Promise], chosen: Filter) -> QuerySet[Promise]:
    """By the maker's department and provider of today, as the figures count them."""
    for column, pk in (("department_id", chosen.department_id), ("provider_id", chosen.provider_id)):
        if pk:
            found = found.filter(made_by__in=_staff(**{column: pk}))
    if chosen.without in ("department", "provider"):
        return found.exclude(made_by__in=_staff(**{f"{chosen.without}_id__isnull": False}))
    nobody = {"team": "team_id", "staff": "made_by"}.get(chosen.without)
    return found.filter(**{f"{nobody}__isnull": True}) if nobody else found


def _staff(**where: Any) -> list[int]:
    """Their ids and not a subquery: where there is nobody, the database then looks through nothing."""
    return list(people.visible_to(SYSTEM).filter(**where).values_list("pk", flat=True))


@dataclass(frozen=True)
class Board:
    """Owed promises by when they are due. `full` says that more than the board's rows are waiting. `alike` says of a
    promise how many customers were promised the same for the same time, where one card stands for them all."""

    overdue: list[Promise]
    near: list[Promise]
    today: list[Promise]
    later: list[Promise]
    full: bool
    alike: dict[int, int]

    def number(self, rows: Iterable[Promise]) -> int:
        """How many promises stand on these cards."""
        return sum(self.alike.get(row.pk, 1) for row in rows)


def board(actor: Actor, chosen: Filter, at: datetime, midnight: datetime) -> Board:
    """`midnight` is the end of today in the viewer's zone. Two queries, one more where cards are folded; at most 200
    cards. What an incident promised to a thousand customers is one card: it must not push all others off."""
    owed = ledger(actor, chosen).filter(owed=True)
    alike = _alike(owed)
    first = {one["first"]: one["n"] for one in alike}
    folded = Q(pk__in=[])
    for one in alike:
        folded |= Q(due_at=one["due_at"], text=one["text"])
    rows = list(owed.exclude(folded).order_by("due_at", "id")[: BOARD_ROWS + 1])
    rows = sorted([*rows, *by_ids(first).values()] if first else rows, key=lambda row: (row.due_at, row.pk))
    found = Board([], [], [], [], len(rows) > BOARD_ROWS, first)
    for row in rows[:BOARD_ROWS]:
        if row.due_at <= at:
            found.overdue.append(row)
        elif row.due_at <= at + NEAR:
            found.near.append(row)
        elif row.due_at < midnight:
            found.today.append(row)
        else:
            found.later.append(row)
    return found


def _alike(owed: QuerySet[Promise]) -> list[dict[str, Any]]:
    """The same words for the same time, said to more than a few."""
    same: Any = owed.order_by().values("due_at", "text").annotate(n=Count("id"), first=Min("id"))
    return list(same.filter(n__gt=FEW).order_by("due_at", "first")[:FOLDED])


def first_whose(actor: Actor) -> str:
    """Whose promises the board opens on: the nearest to oneself of which one is owed, else one's own."""
    choices = WHOSE if actor.can(policies.SEE_ALL) else WHOSE[:2]
    owed = (whose for whose in choices if ledger(actor, Filter(whose=whose, owed=True)).exists())
    return next(owed, WHOSE[0])


def pressing(actor: Actor, at: datetime) -> Counted:
    """How many promises this person must deliver that are overdue or due within the hour; a hundred at most."""
    return Counted(((PRESSING, {"staff": actor.user_id or 0, "until": at + NEAR}),))


def subjects_due(staff_id: int, kind: str, *, until: datetime, limit: int = 500) -> list[int]:
    """Ids of the subjects of one kind for which this person owes something by `until`, nearest first."""
    owed = Promise.objects.filter(deliver_by=staff_id, owed=True, due_at__lte=until, subject_kind=kind)
    return list(dict.fromkeys(owed.order_by("due_at").values_list("subject_id", flat=True)[:limit]))


def filter_names(chosen: Filter) -> list[tuple[str, str]]:
    """What narrows the ledger beside whose and state, as (name in the address, words)."""
    found = []
    if chosen.staff_id:
        found.append(("staff", people.name_of(chosen.staff_id)))
    if chosen.team_id:
        found.append(("team", people.team(chosen.team_id).name))
    if chosen.department_id:
        found.append(("department", people.department(chosen.department_id).name))
    if chosen.provider_id:
        found.append(("provider", people.provider(chosen.provider_id).name))
    if chosen.without:
        found.append(("without", str(WITHOUT_LABELS[chosen.without])))
    if chosen.work:
        found.append(("work", str(WORK_LABELS[chosen.work])))
    if chosen.cause:
        words = CAUSE_LABELS.get(chosen.cause, _("Not explained yet"))
        found.append(("cause", str(words)))
    if chosen.settled_since:
        since = timezone.localtime(chosen.settled_since)
        found.append(("days", gettext("Settled since %(date)s") % {"date": since.strftime("%Y-%m-%d")}))
    if chosen.due_at:
        due = timezone.localtime(chosen.due_at).strftime("%Y-%m-%d %H:%M")
        found.append(("due", gettext("Due %(date)s") % {"date": due}))
    if chosen.owed:
        found.append(("owed", gettext("Still owed")))
    return found


def _mine(actor: Actor) -> Q:
    return Q(made_by=actor.user_id) | Q(deliver_by=actor.user_id)
