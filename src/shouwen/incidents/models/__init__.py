"""Tables of incidents and problems."""

from shouwen.incidents.models.incidents import Area, Incident, Link, LinkState, State
from shouwen.incidents.models.problems import Problem, ProblemCase, ProblemIncident, ProblemState
from shouwen.incidents.models.updates import Told, Update, Way
from shouwen.incidents.models.watching import Sighting

__all__ = [
    "Area",
    "Incident",
    "Link",
    "LinkState",
    "Problem",
    "ProblemCase",
    "ProblemIncident",
    "ProblemState",
    "Sighting",
    "State",
    "Told",
    "Update",
    "Way",
]
