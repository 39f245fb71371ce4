"""Reads of incidents and problems."""

from shouwen.incidents.queries.incidents import (
    areas_of,
    badge,
    counts,
    get,
    links_of_case,
    listed,
    locked,
    newest_update,
    titles,
    visible_to,
)
from shouwen.incidents.queries.linked import (
    LinkPage,
    cases_to_link,
    link_of,
    linked_elsewhere,
    links,
    locked_link,
    named_cases,
    suggested_count,
    suggested_ids,
)
from shouwen.incidents.queries.offers import Offer, active_banner, offers_for
from shouwen.incidents.queries.page import IncidentPage, incident_page
from shouwen.incidents.queries.problems import (
    ProblemPage,
    cases_of,
    get_problem,
    listed_problems,
    locked_problem,
    problem_page,
    watch_of,
)
from shouwen.incidents.queries.status import public_status

__all__ = [
    "IncidentPage",
    "LinkPage",
    "Offer",
    "ProblemPage",
    "active_banner",
    "areas_of",
    "badge",
    "cases_of",
    "cases_to_link",
    "counts",
    "get",
    "get_problem",
    "incident_page",
    "link_of",
    "linked_elsewhere",
    "links",
    "links_of_case",
    "listed",
    "listed_problems",
    "locked",
    "locked_link",
    "locked_problem",
    "named_cases",
    "newest_update",
    "offers_for",
    "problem_page",
    "public_status",
    "suggested_count",
    "suggested_ids",
    "titles",
    "visible_to",
    "watch_of",
]
