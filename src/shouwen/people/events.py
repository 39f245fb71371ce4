"""Facts that people announce. Ids and plain values only."""

from shouwen.kernel.events import Fact, fact


@fact("people.hired")
class PersonHired(Fact):
    staff_id: int
    team_ids: list[int]


@fact("people.changed")
class PersonChanged(Fact):
    staff_id: int


@fact("people.presence_changed")
class PresenceChanged(Fact):
    staff_id: int
    presence: str
    was: str


@fact("people.leave_noted")
class LeaveNoted(Fact):
    """First and last day as ISO dates; both empty when the leave was taken back."""

    staff_id: int
    first: str
    last: str


@fact("people.teams_assigned")
class TeamsAssigned(Fact):
    staff_id: int
    team_ids: list[int]


@fact("people.skills_granted")
class SkillsGranted(Fact):
    staff_id: int


@fact("people.roles_changed")
class RolesChanged(Fact):
    staff_id: int
    roles: list[str]
    name: str = ""


@fact("people.left")
class PersonLeft(Fact):
    staff_id: int
    name: str = ""


@fact("people.returned")
class PersonReturned(Fact):
    staff_id: int
    name: str = ""


@fact("people.help_asked")
class HelpAsked(Fact):
    """Somebody reached a limit and asks a colleague to step in."""

    staff_id: int
    call_id: int
    words: str
    subject_kind: str = ""
    subject_id: int | None = None


@fact("people.help_given")
class HelpGiven(Fact):
    staff_id: int
    call_id: int
    helper_id: int
    subject_kind: str = ""
    subject_id: int | None = None
    name: str = ""


@fact("people.help_withdrawn")
class HelpWithdrawn(Fact):
    """Whoever asked needs nobody any more."""

    staff_id: int
    call_id: int
    subject_kind: str = ""
    subject_id: int | None = None


@fact("people.team_changed")
class TeamChanged(Fact):
    team_id: int


@fact("people.department_changed")
class DepartmentChanged(Fact):
    department_id: int


@fact("people.provider_changed")
class ProviderChanged(Fact):
    provider_id: int
