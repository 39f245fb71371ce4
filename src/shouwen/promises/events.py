"""Facts that promises announce. Ids and plain values only; moments as ISO text."""

from shouwen.kernel.events import Fact, fact


@fact("promises.made")
class PromiseMade(Fact):
    promise_id: int
    text: str
    due_at: str
    made_by: int | None
    deliver_by: int | None
    previous_id: int | None = None


@fact("promises.kept")
class PromiseKept(Fact):
    promise_id: int
    text: str
    note: str = ""


@fact("promises.renegotiated")
class PromiseRenegotiated(Fact):
    """The time was changed before it passed. While `told` is False the customer has yet to be told:
    the room that holds the conversation does so and answers with `mark_told`."""

    old_id: int
    new_id: int
    subject_kind: str
    subject_id: int
    customer_id: int | None
    text: str
    was_due_at: str
    due_at: str
    reason: str
    told: bool
    words: str = ""


@fact("promises.told")
class CustomerTold(Fact):
    promise_id: int
    message_id: int | None


@fact("promises.passed_on")
class PromisePassedOn(Fact):
    """Another person is to deliver it, because what it was made about is theirs now."""

    promise_id: int
    text: str
    from_id: int
    to_id: int
    to_name: str


@fact("promises.warned")
class PromiseWarned(Fact):
    promise_id: int
    share: int
    text: str
    due_at: str
    deliver_by: int | None
    subject_kind: str
    subject_id: int


@fact("promises.broken")
class PromiseBroken(Fact):
    promise_id: int
    text: str
    due_at: str
    made_by: int | None
    deliver_by: int | None
    customer_id: int | None
    subject_kind: str
    subject_id: int


@fact("promises.break_explained")
class BreakExplained(Fact):
    promise_id: int
    reason: str
    still_owed: bool
    cause: str = ""


@fact("promises.delivered_late")
class DeliveredLate(Fact):
    promise_id: int
    text: str
    late_seconds: int


@fact("promises.withdrawn")
class PromiseWithdrawn(Fact):
    promise_id: int
    text: str
    reason: str


@fact("promises.redated")
class PromiseRedated(Fact):
    """A due time past the last published year was computed again from the new notice."""

    promise_id: int
    was_due_at: str
    due_at: str


@fact("promises.clock_warned")
class ClockWarned(Fact):
    clock_id: int
    sort: str
    subject_kind: str
    subject_id: int
    due_at: str


@fact("promises.clock_breached")
class ClockBreached(Fact):
    clock_id: int
    sort: str
    subject_kind: str
    subject_id: int
    due_at: str


@fact("promises.clock_met")
class ClockMet(Fact):
    sort: str
    subject_kind: str
    subject_id: int


@fact("promises.clocks_redated")
class ClocksRedated(Fact):
    """Due times of clocks moved with a calendar or a notice; `subjects` are [kind, id] pairs."""

    clock_ids: list[int]
    subjects: list[list[int | str]]


@fact("promises.expectation_recorded")
class ExpectationRecorded(Fact):
    expectation_id: int
    sort: str


@fact("promises.calendar_changed")
class CalendarChanged(Fact):
    calendar_id: int
    version: int


@fact("promises.notice_installed")
class NoticeInstalled(Fact):
    country: str
    year: int
    holidays: int
    workdays: int
    source: str


@fact("promises.official_day_changed")
class OfficialDayChanged(Fact):
    country: str
    date: str
    kind: str


@fact("promises.service_item_changed")
class ServiceItemChanged(Fact):
    item_id: int
    code: str


@fact("promises.standard_set")
class StandardSet(Fact):
    standard_id: int
    replaces_id: int | None


@fact("promises.standard_ended")
class StandardEnded(Fact):
    standard_id: int


@fact("promises.statutory_started")
class StatutoryStarted(Fact):
    clock_id: int
    code: str
    subject_kind: str
    subject_id: int
    due_at: str


@fact("promises.statutory_warned")
class StatutoryWarned(Fact):
    """Four fifths of the days of a statutory time limit are over."""

    clock_id: int
    code: str
    subject_kind: str
    subject_id: int
    due_at: str


@fact("promises.statutory_breached")
class StatutoryBreached(Fact):
    clock_id: int
    code: str
    subject_kind: str
    subject_id: int
    due_at: str


@fact("promises.statutory_met")
class StatutoryMet(Fact):
    clock_id: int
    code: str
    subject_kind: str
    subject_id: int
    due_at: str


@fact("promises.statutory_stopped")
class StatutoryStopped(Fact):
    clock_id: int
    code: str
    subject_kind: str
    subject_id: int
    reason: str


@fact("promises.statutory_extended")
class StatutoryExtended(Fact):
    clock_id: int
    code: str
    subject_kind: str
    subject_id: int
    was_due_at: str
    due_at: str
    reason: str


@fact("promises.statutory_template_set")
class StatutoryTemplateSet(Fact):
    template_id: int
    code: str
    version: int


@fact("promises.statutory_template_ended")
class StatutoryTemplateEnded(Fact):
    template_id: int
    code: str


@fact("promises.kind_changed")
class PromiseKindChanged(Fact):
    """Who may make a kind of promise, or its shortest time, changed."""

    kind_id: int
    work: str


@fact("promises.coverage_set")
class CoverageSet(Fact):
    item_id: int
    code: str
