"""Reads. Doors: visible_to, get, locked, by_reference; inbox (views, lists, counts); pages (one case whole)."""

from shouwen.cases.queries.inbox import (
    VIEWS,
    Filter,
    count,
    counts,
    listed,
    notices,
    tasks,
    tasks_badge,
    unread_notices,
    waiting_badge,
)
from shouwen.cases.queries.kinds import active_kinds, intake_rules, kind_label, kinds
from shouwen.cases.queries.one import (
    by_pk,
    get,
    get_task,
    locked,
    locked_handoff,
    locked_task,
    open_handoff,
    open_resolution,
    visible_tasks,
    visible_to,
)
from shouwen.cases.queries.shown import answers_for, describe, may_see, search_doc

__all__ = [
    "VIEWS",
    "Filter",
    "active_kinds",
    "answers_for",
    "by_pk",
    "count",
    "counts",
    "describe",
    "get",
    "get_task",
    "intake_rules",
    "kind_label",
    "kinds",
    "listed",
    "locked",
    "locked_handoff",
    "locked_task",
    "may_see",
    "notices",
    "open_handoff",
    "open_resolution",
    "search_doc",
    "tasks",
    "tasks_badge",
    "unread_notices",
    "visible_tasks",
    "visible_to",
    "waiting_badge",
]
