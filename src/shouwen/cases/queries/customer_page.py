"""A case as its customer sees it. Built from what may be shown, field by field: nothing internal gets here.

Left out on purpose: notes, tasks, escalations, offers, flags, checklists, expectations as we judged them,
reasons and summaries of handoffs, words that can still be taken back, and machine mail.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from shouwen.cases.models import Case, Confirmation, Handoff, HandoffState, Resolution, State, Understanding
from shouwen.cases.rules import states
from shouwen.channels import queries as channels
from shouwen.channels import reading
from shouwen.channels.models import Message
from shouwen.kernel.errors import NotFound
from shouwen.people import queries as people
from shouwen.platform.files import queries as files
from shouwen.platform.web.environment import local_time
from shouwen.promises import queries as promises

MOST_ANSWERS = 20
MOST_MESSAGES = 200
# Of what we sent, only these sorts are shown; a sort nobody thought of stays inside.
SHOWN = frozenset({"reply", "contact", "handoff", "new_time"})


@dataclass(frozen=True)
class Step:
    """One line of the story. `state`: done, now or next."""

    state: str
    title: str
    text: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Said:
    """A message, with only what the customer knows anyway."""

    mine: bool
    author: str
    at: datetime
    body: Any
    files: list[dict[str, Any]]
    channel: str


@dataclass(frozen=True)
class Promised:
    text: str
    due_at: datetime
    state: str
    late: bool


@dataclass(frozen=True)
class CustomerPage:
    case: Case
    headline: str
    tone: str
    next_text: str
    understanding: Understanding | None
    owner: Any
    photo: str | None
    praised: bool
    notice: str
    promises: list[Promised]
    steps: list[Step]
    messages: list[Said]
    resolution: Resolution | None
    confirmation: Confirmation | None
    may_answer: bool
    may_write: bool
    opens_new: bool


def of_link(case_id: int) -> Case:
    """The case a signed link stands for. The signature is the right to see it."""
    found = Case.objects.select_related("customer", "merged_into", "service_item").filter(pk=case_id).first()
    if found is None or found.customer.erased_at is not None:
        raise NotFound(_("This link leads nowhere any more."))
    return found


def answered_at(case: Case) -> str:
    """The mail address our answer goes to; "" when there is none."""
    last = channels.latest_inbound(case.subject)
    return last.address if last is not None else ""


def of(case: Case, at: datetime) -> CustomerPage:
    """Everything on the customer's page, in about ten questions."""
    resolution = Resolution.objects.filter(case=case).first()
    asked = case.state == State.RESOLVED
    answers = list(Confirmation.objects.filter(case=case)[:MOST_ANSWERS])
    confirmation = answers[0] if answers else None
    understanding = Understanding.objects.filter(case=case).first()
    words, tone = headline(case)
    given = _promises(case, at)
    owner = people.staff(case.owner_id) if case.owner_id else None
    return CustomerPage(
        case=case,
        headline=words,
        tone=tone,
        next_text=_next(case, given, resolution, at),
        understanding=understanding,
        owner=owner,
        photo=files.link(owner.photo) if owner is not None and owner.photo else None,
        praised=Case.objects.filter(kind="praise", links__other=case).exists(),
        notice=_notice(case),
        promises=given,
        steps=_steps(case, understanding, resolution, answers),
        messages=_messages(case, at),
        resolution=resolution if asked or case.is_closed else None,
        confirmation=confirmation if case.is_closed else None,
        may_answer=asked,
        may_write=case.state != State.MERGED,
        opens_new=case.is_closed and at - (case.closed_at or at) > timedelta(days=states.REOPEN_DAYS),
    )


def _notice(case: Case) -> str:
    """What to know before the service begins, while it is going on."""
    item = case.service_item if case.active else None
    return promises.notice_of(item, case.customer.language) if item is not None and item.sends_notice else ""


def headline(case: Case) -> tuple[str, str]:
    return {
        State.NEW: (_("We have it; somebody will take care of it"), "info"),
        State.OPEN: (_("We are working on it"), "info"),
        State.WAITING: (_("We wait for your answer"), "warn"),
        State.RESOLVED: (_("Is it solved? Please tell us"), "warn"),
        State.CONFIRMED: (_("Solved, thank you for telling us"), "good"),
        State.CLOSED_UNCONFIRMED: (_("Closed; we did not hear from you"), "neutral"),
        State.MERGED: (_("We answer this together with another request of yours"), "neutral"),
    }[State(case.state)]


def _next(case: Case, given: list[Promised], resolution: Resolution | None, at: datetime) -> str:
    """One sentence: what happens now, and by when."""
    nearest = next((one for one in given if one.state == "open" and not one.late), None)
    if case.state == State.WAITING:
        return _("Answer below; then we go on at once.")
    if case.state == State.RESOLVED and resolution is not None:
        return _("If we hear nothing until %(time)s, we close it without your answer.") % {
            "time": local_time(resolution.close_at)
        }
    if case.is_closed or case.state == State.MERGED:
        return _("If it comes back, write below: the same person goes on.") if case.owner_id else ""
    if nearest is not None:
        words = {"text": nearest.text, "time": local_time(nearest.due_at)}
        return _("Next: %(text)s, by %(time)s.") % words
    if case.due_at is not None and case.due_at > at and case.due_sort in {"first_reply", "next_reply"}:
        return _("You will hear from us by %(time)s.") % {"time": local_time(case.due_at)}
    return _("You will hear from us as soon as there is news.")


def _promises(case: Case, at: datetime) -> list[Promised]:
    """What we promised, the next one first; withdrawn ones and those with a newer time are left out."""
    found = [
        Promised(one.text, one.due_at, one.state, one.state == "broken" or one.is_overdue(at))
        for one in promises.all_for(case.subject)
        if one.state in {"open", "kept", "broken"}
    ]
    return sorted(found, key=lambda one: (one.state == "kept", one.due_at))


def _steps(
    case: Case,
    understanding: Understanding | None,
    resolution: Resolution | None,
    answers: list[Confirmation],
) -> list[Step]:
    """What happened in its order; what the customer said stays, also once it is solved."""
    steps = [Step("done", _("We received your request"), at=case.opened_at)]
    steps += _owners(case)
    if understanding is not None:
        agreed = understanding.confirmed_at is not None
        words = _("You confirmed what we understood") if agreed else _("We wrote down what we understood")
        steps.append(Step("done", words, at=understanding.confirmed_at or understanding.restated_at))
    if case.first_replied_at is not None:
        steps.append(Step("done", _("First answer"), at=case.first_replied_at))
    not_yet = [one for one in answers if not one.solved]
    steps += [Step("done", _("You told us: not solved yet"), text=one.word, at=one.at) for one in not_yet]
    steps.sort(key=lambda step: step.at or case.opened_at)
    return [*steps, *_ending(case, resolution, answers[0] if answers else None)]


def _owners(case: Case) -> list[Step]:
    """Who took it, and who took over."""
    rows = Handoff.objects.filter(case=case, state=HandoffState.ACCEPTED).select_related("to", "owner_before")
    accepted = list(rows.order_by("id"))
    if not accepted:
        if case.owner_id is None:
            return []
        name = people.name_of(case.owner_id)
        return [Step("done", _("%(name)s takes care of it") % {"name": name}, at=case.owned_since)]
    steps = []
    if accepted[0].owner_before is not None:
        steps.append(Step("done", _("%(name)s takes care of it") % {"name": accepted[0].owner_before.name}))
    for handoff in accepted:
        words = _("%(name)s takes care of it from here") % {"name": handoff.to.name}
        steps.append(Step("done", words, at=handoff.decided_at))
    return steps


def _ending(case: Case, resolution: Resolution | None, confirmation: Confirmation | None) -> list[Step]:
    if case.state == State.CONFIRMED:
        return [
            Step("done", _("You confirmed that it is solved"), at=confirmation.at if confirmation else None)
        ]
    if case.state == State.CLOSED_UNCONFIRMED:
        return [Step("done", _("Closed without your answer"), at=case.closed_at)]
    if case.state == State.MERGED:
        return [Step("done", _("Joined with another request of yours"), at=case.closed_at)]
    if case.state == State.RESOLVED and resolution is not None:
        return [
            Step("done", _("We say it is solved"), at=resolution.resolved_at),
            Step("now", _("You tell us whether it is")),
        ]
    if case.state == State.WAITING:
        return [Step("now", _("We wait for your answer")), Step("next", _("Solved, as you say it"))]
    words = _("We are working on it") if case.owner_id else _("Somebody takes it")
    return [Step("now", words), Step("next", _("Solved, as you say it"))]


def _messages(case: Case, at: datetime) -> list[Said]:
    """What was said between the customer and us, oldest first."""
    found = [
        row for row in channels.messages_of(case.subject, limit=MOST_MESSAGES) if _for_the_customer(row, at)
    ]
    return [
        Said(
            mine=shown.side == "in",
            author=shown.author,
            at=shown.at,
            body=shown.body,
            files=list(shown.files),
            channel=shown.channel,
        )
        for shown in reading.shown(found)
    ]


def _for_the_customer(row: Message, at: datetime) -> bool:
    if row.direction == "inbound":
        return not row.automatic
    if row.direction != "outbound" or row.kind not in SHOWN or row.meta.get("undone"):
        return False
    return row.undo_until is None or row.undo_until <= at  # until then it can be taken back
