"""What follows by itself from what happened: messages to the customer, warnings to us. All may run twice."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from shouwen.cases import links, queries
from shouwen.cases.models import Case, Handoff, HandoffState, Resolution, Task, Understanding
from shouwen.cases.services import before_service, handoffs
from shouwen.cases.services.noticing import notify
from shouwen.cases.services.telling import tell
from shouwen.knowledge import queries as knowledge
from shouwen.people import queries as people
from shouwen.platform import db, preferences
from shouwen.platform.access import SYSTEM
from shouwen.promises import queries as promise_reads
from shouwen.promises import services as promises

ACKNOWLEDGED = frozenset({"email", "web"})


def _spoken(moment: datetime, case: Case) -> str:
    """A time as the customer reads it, in their zone."""
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(case.customer.zone or settings.TIME_ZONE)
    return timezone.localtime(moment, zone).strftime("%Y-%m-%d %H:%M")


@transaction.atomic
def acknowledge(*, case_id: int, at: datetime) -> int | None:
    """Tell the customer at once: it has arrived, its number, and by when somebody answers."""
    case = queries.locked_with_customer(case_id)
    already = "acknowledged" in case.fields
    if case.channel not in ACKNOWLEDGED or already or not preferences.get("cases.acknowledge"):
        return None
    notice = before_service.due(case)
    case.fields = {**case.fields, "acknowledged": True}
    by_when = _spoken(case.due_at, case) if case.due_at and case.due_sort == "first_reply" else ""
    with translation.override(case.customer.language):
        title = _("We have received your request %(ref)s: %(subject)s") % {
            "ref": case.reference,
            "subject": case.subject_line,
        }
    context = {"by_when": by_when, "url": links.customer_page(case), "notice": notice}
    told = tell(case, kind="acknowledgement", template="acknowledgement", context=context, title=title, at=at)
    if told and notice:
        before_service.mark(case, at)
    db.update(case, "fields")
    return told


@transaction.atomic
def tell_of_handoff(*, handoff_id: int, at: datetime) -> None:
    """The customer hears who answers now; where there is no address, the new owner has to say it."""
    handoff = queries.locked_handoff(handoff_id)
    if handoff.customer_told_at is not None or handoff.state != HandoffState.ACCEPTED:
        return
    case = handoff.case
    with translation.override(case.customer.language):
        title = _("%(name)s now takes care of your request %(ref)s") % {
            "name": handoff.to.name,
            "ref": case.reference,
        }
    message_id = tell(
        case,
        kind="handoff",
        template="handoff",
        context={"to": handoff.to, "url": links.customer_page(case)},
        title=title,
        at=at,
    )
    if message_id is None:
        notify(user_id=handoff.to_id, kind="tell_handoff", case=case, at=at, cause_key=f"tell:{handoff.pk}")
        return
    handoffs.mark_customer_told(handoff_id=handoff.pk, at=at, by=SYSTEM, message_id=message_id)


@transaction.atomic
def ask_whether_solved(*, resolution_id: int, at: datetime) -> None:
    """The mail with the link: what we understood, did and promised; solved or not yet."""
    resolution = (
        Resolution.objects.select_for_update(of=("self",)).filter(pk=resolution_id, ended_at=None).first()
    )
    if resolution is None or resolution.message_id is not None:
        return
    case = resolution.case
    with translation.override(case.customer.language):
        title = _("Is your request %(ref)s solved?") % {"ref": case.reference}
    context: dict[str, Any] = {
        "resolution": resolution,
        "understanding": Understanding.objects.filter(case=case).first(),
        "promises": promise_reads.all_for(case.subject),
        "url": links.customer_page(case),
        "close_at": _spoken(resolution.close_at, case),
    }
    message_id = tell(case, kind="confirmation", template="confirmation", context=context, title=title, at=at)
    if message_id is None:
        notify(user_id=case.owner_id, kind="ask_solved", case=case, at=at, cause_key=f"ask:{resolution.pk}")
        return
    resolution.message_id = message_id
    resolution.save(update_fields=["message_id"])


class NewTimes:
    """Registered with promises: the customer hears of a new time in the act that agrees on it."""

    def hold(self, subject_id: int) -> None:
        queries.locked(subject_id)

    def tell(self, subject_id: int, promise: Any, words: str, at: datetime) -> int | None:
        return _say_new_time(queries.locked(subject_id), promise, words, at)


def _say_new_time(case: Case, promise: Any, reason: str, at: datetime) -> int | None:
    with translation.override(case.customer.language):
        title = _("A new time for your request %(ref)s") % {"ref": case.reference}
    context = {"promise": promise, "due": _spoken(promise.due_at, case), "reason": reason}
    return tell(case, kind="new_time", template="new_time", context=context, title=title, at=at)


@transaction.atomic
def tell_of_new_time(*, promise_id: int, reason: str, at: datetime) -> None:
    """A renegotiated promise: the customer is told before the old time has come."""
    promise = promise_reads.locked(promise_id)
    if promise.customer_told_at is not None:
        return
    case = queries.locked(promise.subject_id)
    message_id = _say_new_time(case, promise, reason, at)
    if message_id is None:
        who = promise.deliver_by or promise.made_by or case.owner_id
        params = {"text": promise.text}
        notify(
            user_id=who,
            kind="tell_new_time",
            case=case,
            at=at,
            cause_key=f"tellp:{promise_id}",
            params=params,
        )
        return
    promises.mark_told(promise_id=promise_id, message_id=message_id, at=at, by=SYSTEM)


def say_broken(case: Case, fact: Any, at: datetime) -> None:
    params = {"text": fact.text, "due": fact.due_at}
    concerned = [fact.deliver_by, fact.made_by, case.owner_id]
    concerned += [person.id for person in people.supervisors_of(case.team_id)] if case.team_id else []
    for user_id in dict.fromkeys(concerned):
        key = f"broken:{fact.promise_id}"
        notify(user_id=user_id, kind="promise_broken", case=case, at=at, cause_key=key, params=params)


def warn_of_clock(fact: Any, at: datetime) -> None:
    case = queries.by_pk(fact.subject_id)
    if case is None:
        return
    concerned = [case.owner_id] if case.owner_id else []
    if not concerned and case.team_id:
        concerned = [person.id for person in people.supervisors_of(case.team_id)]
    for user_id in concerned:
        params = {"sort": fact.sort, "due": fact.due_at}
        notify(
            user_id=user_id,
            kind="clock_warned",
            case=case,
            at=at,
            cause_key=f"clock:{fact.clock_id}",
            params=params,
        )


def say_task_late(fact: Any, at: datetime) -> None:
    """A task's own clock ran out: who does it and who asked for it hear of it."""
    task = Task.objects.select_related("case").filter(pk=fact.subject_id).first()
    if fact.subject_kind != "task" or task is None:
        return
    for user_id in dict.fromkeys([task.assignee_id, task.asked_by_id, task.case.owner_id]):
        params = {"title": task.title}
        notify(
            user_id=user_id,
            kind="task_late",
            case=task.case,
            at=at,
            cause_key=f"late:{fact.clock_id}",
            params=params,
        )


def say_undelivered(fact: Any, at: datetime) -> None:
    case = queries.by_pk(fact.subject_id)
    if case is not None:
        params = {"address": fact.address, "reason": fact.reason}
        key = f"undelivered:{fact.message_id}"
        notify(user_id=case.owner_id, kind="undelivered", case=case, at=at, cause_key=key, params=params)


def untold(case_id: int) -> list[Handoff]:
    """Accepted handoffs the customer has not heard of."""
    rows = Handoff.objects.filter(case_id=case_id, state=HandoffState.ACCEPTED, customer_told_at=None)
    return list(rows.select_related("to"))


def warn_of_wording(*, old_id: int, topic: str, at: datetime) -> None:
    """Owners of open cases in which the old wording was said hear that it has changed."""
    for kind, pk in knowledge.subjects_using(old_id):
        case = queries.by_pk(pk) if kind == "case" else None
        if case is not None and case.active:
            key = f"wording:{old_id}"
            params = {"topic": topic}
            notify(
                user_id=case.owner_id,
                kind="wording",
                case=case,
                at=at,
                cause_key=f"{key}:{pk}",
                params=params,
            )


def offer_break(*, case_id: int, user_id: int | None, at: datetime) -> None:
    """After a contact with an angry customer: a few minutes, if one likes. Once an hour at most, never an order."""
    key = f"break:{at:%Y%m%d%H}"
    notify(user_id=user_id, kind="break", case=queries.by_pk(case_id), at=at, cause_key=key)
