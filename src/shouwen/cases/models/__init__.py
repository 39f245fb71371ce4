"""Tables of the room, one module per idea."""

from shouwen.cases.models.automation import AutomationRule, Macro, RuleRun
from shouwen.cases.models.case import ACTIVE, CLOSED, Awaiting, Case, State
from shouwen.cases.models.closing import Confirmation, Resolution
from shouwen.cases.models.escalations import Dispute, Escalation, EscalationPlan, Notice, Trigger
from shouwen.cases.models.feeling import FeelingMark
from shouwen.cases.models.kinds import CaseKind, IntakeRule
from shouwen.cases.models.linking import CaseLink, CaseMerge, CustomerMove, Measured
from shouwen.cases.models.ownership import Handoff, HandoffState, Offer
from shouwen.cases.models.personal import Draft, SavedView, Watch
from shouwen.cases.models.portal import PortalCode
from shouwen.cases.models.routing import RoutingPlan, Unclaimed
from shouwen.cases.models.tasks import OPEN_TASKS, Task, TaskState
from shouwen.cases.models.understanding import ChecklistMark, SolutionOption, Understanding

__all__ = [
    "ACTIVE",
    "CLOSED",
    "OPEN_TASKS",
    "AutomationRule",
    "Awaiting",
    "Case",
    "CaseKind",
    "CaseLink",
    "CaseMerge",
    "ChecklistMark",
    "Confirmation",
    "CustomerMove",
    "Dispute",
    "Draft",
    "Escalation",
    "EscalationPlan",
    "FeelingMark",
    "Handoff",
    "HandoffState",
    "IntakeRule",
    "Macro",
    "Measured",
    "Notice",
    "Offer",
    "PortalCode",
    "Resolution",
    "RoutingPlan",
    "RuleRun",
    "SavedView",
    "SolutionOption",
    "State",
    "Task",
    "TaskState",
    "Trigger",
    "Unclaimed",
    "Understanding",
    "Watch",
]
