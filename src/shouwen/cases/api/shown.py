"""Rows of the room as the API says them."""

from typing import Any

from shouwen.channels import queries as channels
from shouwen.promises import queries as promises

INTERACTIONS = 50


def case_out(case: Any) -> dict[str, Any]:
    """One case with its customer and owner loaded."""
    return {
        "ref": case.reference,
        "subject": case.subject_line,
        "kind": case.kind,
        "channel": case.channel,
        "state": case.state,
        "awaiting": case.awaiting,
        "priority": case.priority,
        "tier": case.tier,
        "customer": {"id": case.customer_id, "name": case.customer.name},
        "owner": {"id": case.owner_id, "name": case.owner.name} if case.owner_id and case.owner else None,
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


def clock_out(clock: Any) -> dict[str, Any]:
    return {
        "id": clock.pk,
        "sort": clock.sort,
        "state": clock.state,
        "due_at": clock.due_at,
        "provisional": clock.provisional,
    }


def case_whole(case: Any) -> dict[str, Any]:
    """A case with its newest interactions, its promises and its clocks."""
    return {
        **case_out(case),
        "interactions": [interaction_out(m) for m in channels.messages_of(case.subject, limit=INTERACTIONS)],
        "promises": [promise_out(p) for p in promises.all_for(case.subject)],
        "clocks": [clock_out(c) for c in promises.clocks_for(case.subject)],
    }
