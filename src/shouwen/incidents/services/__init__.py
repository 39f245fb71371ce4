"""Writes, one verb each. Keyword-only, with at= and by=, in one transaction with their fact."""

from shouwen.incidents.services.answering import answer, hear_answer, hear_words
from shouwen.incidents.services.joining import join
from shouwen.incidents.services.leading import change, close, dismiss, open_incident, open_suspected
from shouwen.incidents.services.linking import link, link_suggested, refuse_suggestion, unlink
from shouwen.incidents.services.linking_many import link_many
from shouwen.incidents.services.looking import look
from shouwen.incidents.services.problems import (
    add_case,
    add_incident,
    change_problem,
    close_problem,
    dismiss_problem,
    fix,
    record_problem,
    remove_case,
    remove_incident,
    reopen_problem,
    say_whys,
    take_on,
)
from shouwen.incidents.services.publishing import publish, restore
from shouwen.incidents.services.recurring import find_recurring, follow_problems
from shouwen.incidents.services.reopening import reopen
from shouwen.incidents.services.telling import mark_told, send_batch, tell_one, tell_some

__all__ = [
    "add_case",
    "add_incident",
    "answer",
    "change",
    "change_problem",
    "close",
    "close_problem",
    "dismiss",
    "dismiss_problem",
    "find_recurring",
    "fix",
    "follow_problems",
    "hear_answer",
    "hear_words",
    "join",
    "link",
    "link_many",
    "link_suggested",
    "look",
    "mark_told",
    "open_incident",
    "open_suspected",
    "publish",
    "record_problem",
    "refuse_suggestion",
    "remove_case",
    "remove_incident",
    "reopen",
    "reopen_problem",
    "restore",
    "say_whys",
    "send_batch",
    "take_on",
    "tell_one",
    "tell_some",
    "unlink",
]
