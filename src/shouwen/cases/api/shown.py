"""Rows of the room as the API says them."""

from typing import Any

from shouwen.cases import queries
from shouwen.channels import queries as channels
from shouwen.kernel.references import reference
from shouwen.promises import queries as promises


def case_out(case: Any) -> dict[str, Any]:
    """One case with its customer and owner loaded."""
    return _out(case, case.customer.name, case.owner.name if case.owner_id and case.owner else None)


def plain_out(case: queries.Plain) -> dict[str, Any]:
    return _out(case, case.customer__name, case.owner__name)


def _out(case: Any, customer: str, owner: str | None) -> dict[str, Any]:
    return {
        "ref": reference(case.id),
        "subject": case.subject_line,
        "kind": case.kind,
        "channel": case.channel,
        "state": case.state,
        "awaiting": case.awaiting,
        "priority": case.priority,
        "tier": case.tier,
        "customer": {"id": case.customer_id, "name": customer},
        "owner": {"id": case.owner_id, "name": owner} if case.owner_id else None,
        "first_asked_id": case.first_asked_id,
        "team_id": case.team_id,
        "opened_at": case.opened_at,
        "last_at": case.last_at,
        "last_words": case.last_words,
        "due_at": case.due_at,
        "due_sort": case.due_sort,
        "handoff_count": case.handoff_count,
        "escalation_level": case.escalation_level,
        "emotion": case.emotion,
        "tags": case.tags,
        "resolved_at": case.resolved_at,
        "closed_at": case.closed_at,
    }


def interaction_out(message: Any) -> dict[str, Any]:
    return {
        "id": message.pk,
        "direction": message.direction,
        "channel": message.channel,
        "author": message.author_name,
        "text": message.text,
        "at": message.at,
        "delivery": message.delivery,
        "attachments": [one.file.name for one in message.attachments.all()],
    }


def promise_out(promise: Any) -> dict[str, Any]:
    return {
        "id": promise.pk,
        "text": promise.text,
        "due_at": promise.due_at,
        "state": promise.state,
        "deliver_by": promise.deliver_by,
        "previous_id": promise.previous_id,
    }


def said_out(said: channels.Said) -> dict[str, Any]:
    return {
        "id": said.id,
        "direction": said.direction,
        "channel": said.channel,
        "author": said.author_name,
        "text": said.text,
        "at": said.at,
        "delivery": said.delivery,
        "attachments": said.files,
    }


def whole_out(case: queries.Plain) -> dict[str, Any]:
    """A case with its newest interactions, its promises and its clocks."""
    subject = ("case", case.id)
    return {
        **plain_out(case),
        "interactions": [said_out(said) for said in channels.newest_said(subject)],
        "promises": [promise_out(promise) for promise in promises.all_for(subject)],
        "clocks": [clock._asdict() for clock in promises.deadlines_of(subject)],
    }
