"""Facts of the room: ids and plain values."""

from dataclasses import field

from shouwen.kernel.events import Fact, fact


@fact("incidents.suspected")
class IncidentSuspected(Fact):
    incident_id: int
    title: str
    cases: int


@fact("incidents.opened")
class IncidentOpened(Fact):
    incident_id: int
    title: str


@fact("incidents.dismissed")
class IncidentDismissed(Fact):
    incident_id: int
    reason: str


@fact("incidents.changed")
class IncidentChanged(Fact):
    """Title, cause, interim measure, publicity or owner; before and after say how."""

    incident_id: int
    what: list[str]


@fact("incidents.linked")
class CaseLinked(Fact):
    """`case_ids` are all that were linked with it, `case_id` the first."""

    incident_id: int
    title: str
    case_id: int
    case_ids: list[int] = field(default_factory=list)


@fact("incidents.unlinked")
class CaseUnlinked(Fact):
    incident_id: int
    title: str
    case_id: int


@fact("incidents.update_published")
class UpdatePublished(Fact):
    incident_id: int
    update_id: int
    sort: str
    text: str
    estimate_at: str = ""


@fact("incidents.customer_told")
class CustomerTold(Fact):
    incident_id: int
    update_id: int
    case_id: int
    title: str
    way: str


@fact("incidents.restored")
class IncidentRestored(Fact):
    """Everywhere, or in `areas` only (`partly`)."""

    incident_id: int
    areas: list[str]
    partly: bool


@fact("incidents.answered")
class CustomerAnswered(Fact):
    """A customer said whether it works again."""

    incident_id: int
    case_id: int
    working: bool


@fact("incidents.reopened")
class IncidentReopened(Fact):
    incident_id: int
    title: str
    case_id: int | None
    reason: str


@fact("incidents.closed")
class IncidentClosed(Fact):
    incident_id: int
    title: str


@fact("incidents.problem_recorded")
class ProblemRecorded(Fact):
    problem_id: int
    title: str


@fact("incidents.problem_changed")
class ProblemChanged(Fact):
    problem_id: int
    what: list[str]


@fact("incidents.problem_moved")
class ProblemMoved(Fact):
    """The state changed: cause found, fixed, closed, open again, dismissed."""

    problem_id: int
    state: str
    note: str = ""
