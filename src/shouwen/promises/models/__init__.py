"""Tables of the room, one module per idea."""

from shouwen.promises.models.authority import PromiseAuthority, PromiseKind
from shouwen.promises.models.calendars import Calendar, Edition, OfficialDay, OfficialKind
from shouwen.promises.models.catalogue import ServiceItem, ServiceStandard, Tier, reads_chinese
from shouwen.promises.models.clocks import Clock, ClockPause, ClockSort, ClockState
from shouwen.promises.models.coverage import CoverageRule, CoverageSort, SpanUnit
from shouwen.promises.models.expectations import Expectation, ExpectationSort
from shouwen.promises.models.ledger import Promise, PromiseState
from shouwen.promises.models.moves import CustomerMove
from shouwen.promises.models.perceptions import Perception
from shouwen.promises.models.statutory import (
    StatutoryClock,
    StatutoryExtension,
    StatutoryState,
    StatutoryTemplate,
    TermUnit,
)

__all__ = [
    "Calendar",
    "Clock",
    "ClockPause",
    "ClockSort",
    "ClockState",
    "CoverageRule",
    "CoverageSort",
    "CustomerMove",
    "Edition",
    "Expectation",
    "ExpectationSort",
    "OfficialDay",
    "OfficialKind",
    "Perception",
    "Promise",
    "PromiseAuthority",
    "PromiseKind",
    "PromiseState",
    "ServiceItem",
    "ServiceStandard",
    "SpanUnit",
    "StatutoryClock",
    "StatutoryExtension",
    "StatutoryState",
    "StatutoryTemplate",
    "TermUnit",
    "Tier",
    "reads_chinese",
]
