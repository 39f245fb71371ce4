"""Facts that complaints announce: ids and plain values only."""

from shouwen.kernel.events import Fact, fact


@fact("complaints.opened")
class ComplaintOpened(Fact):
    complaint_id: int
    case_id: int


@fact("complaints.recorded")
class ComplaintRecorded(Fact):
    """One of the required records was made or changed: `what` is its code."""

    complaint_id: int
    case_id: int
    what: str
    text: str = ""


@fact("complaints.stage_passed")
class StagePassed(Fact):
    complaint_id: int
    case_id: int
    stage: str
    next_stage: str


@fact("complaints.stage_returned")
class StageReturned(Fact):
    complaint_id: int
    case_id: int
    stage: str
    to_stage: str
    reason: str


@fact("complaints.stage_overdue")
class StageOverdue(Fact):
    complaint_id: int
    case_id: int
    stage: str


@fact("complaints.nature_decided")
class NatureDecided(Fact):
    complaint_id: int
    case_id: int
    finding_id: int
    validity: str
    demand: str
    liability: str


@fact("complaints.explained")
class NatureExplained(Fact):
    complaint_id: int
    case_id: int
    sort: str


@fact("complaints.option_chosen")
class ComplaintOptionChosen(Fact):
    complaint_id: int
    case_id: int
    option_id: int
    text: str


@fact("complaints.approval_asked")
class ApprovalAsked(Fact):
    complaint_id: int | None  # None in a case that is no complaint
    case_id: int
    approval_id: int
    remedy: str
    amount: int
    asked: list[int]


@fact("complaints.approval_signed")
class ApprovalSigned(Fact):
    complaint_id: int | None  # None in a case that is no complaint
    case_id: int
    approval_id: int
    by_id: int
    yes: bool


@fact("complaints.approval_decided")
class ApprovalDecided(Fact):
    """`seconds`: from asking to the decision."""

    complaint_id: int | None  # None in a case that is no complaint
    case_id: int
    approval_id: int
    state: str
    remedy: str
    amount: int
    seconds: int


@fact("complaints.grant_settled")
class GrantSettled(Fact):
    complaint_id: int | None  # None in a case that is no complaint
    case_id: int
    grant_id: int
    amount: int
    released: bool


@fact("complaints.deadlock_moved")
class DeadlockMoved(Fact):
    complaint_id: int
    case_id: int
    move_id: int
    sort: str
    outcome: str


@fact("complaints.recovery_planned")
class RecoveryPlanned(Fact):
    complaint_id: int
    case_id: int
    recovery_id: int
    follow_up_at: str


@fact("complaints.recovery_followed")
class RecoveryFollowed(Fact):
    complaint_id: int
    case_id: int
    recovery_id: int
    level: int


@fact("complaints.outside_came")
class OutsideCame(Fact):
    complaint_id: int
    case_id: int
    matter_id: int
    body: str
    name: str


@fact("complaints.outside_answered")
class OutsideAnswered(Fact):
    complaint_id: int
    case_id: int
    matter_id: int
    name: str


@fact("complaints.ended")
class ComplaintEnded(Fact):
    """Closed, withdrawn, or no complaint after all (`state`)."""

    complaint_id: int
    case_id: int
    state: str
    reason: str = ""


@fact("complaints.reopened")
class ComplaintReopened(Fact):
    complaint_id: int
    case_id: int
    reason: str


@fact("complaints.setting_changed")
class ComplaintSettingChanged(Fact):
    """A stage, a limit, an entry of the policy library, a template or a budget; before and after say how."""

    what: str
    row_id: int
    name: str


@fact("complaints.threat_registered")
class ThreatRegistered(Fact):
    """A threat against our people or things. Its words stay in the register."""

    threat_id: int
    case_id: int
    kind: str
    told: list[int]


@fact("complaints.threat_acknowledged")
class ThreatAcknowledged(Fact):
    """`seconds` from the register to the acknowledgement."""

    threat_id: int
    case_id: int
    seconds: int


@fact("complaints.threat_reminded")
class ThreatReminded(Fact):
    threat_id: int
    case_id: int
    number: int


@fact("complaints.threat_stepped")
class ThreatStepped(Fact):
    """Something was done about it, or evidence was added (`sort` says "evidence" then)."""

    threat_id: int
    case_id: int
    sort: str


@fact("complaints.threat_ended")
class ThreatEnded(Fact):
    threat_id: int
    case_id: int
    outcome: str


@fact("complaints.threat_packed")
class ThreatPacked(Fact):
    """Somebody took the evidence pack out of the house."""

    threat_id: int
    case_id: int
    files: int


@fact("complaints.abuse_recorded")
class AbuseRecorded(Fact):
    """A notice, a warning or an ended contact."""

    record_id: int
    case_id: int
    step: str


@fact("complaints.abuse_objected")
class AbuseObjected(Fact):
    record_id: int
    case_id: int
    step: str


@fact("complaints.abuse_reviewed")
class AbuseReviewed(Fact):
    record_id: int
    case_id: int
    step: str
    verdict: str


@fact("complaints.list_imported")
class ComplaintListImported(Fact):
    list_id: int
    name: str
    rows: int
    refused: int


@fact("complaints.list_removed")
class ComplaintListRemoved(Fact):
    list_id: int
    name: str


@fact("complaints.library_changed")
class LibraryChanged(Fact):
    """An entry of the case library was written, changed, published or taken back (`state` says which it is now)."""

    entry_id: int
    name: str
    state: str
    was: str


@fact("complaints.library_answered")
class LibraryAnswered(Fact):
    """Somebody wrote down what they think; their words are theirs and stay out of the ledger."""

    entry_id: int
    number: int
