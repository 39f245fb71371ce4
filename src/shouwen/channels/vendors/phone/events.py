"""Facts of the telephone."""

from shouwen.kernel.events import Fact, fact


@fact("channels.call_changed")
class CallChanged(Fact):
    """The telephone system reported something: it rings, somebody answered, it ended."""

    call_id: int
    state: str
    direction: str
    staff_id: int | None = None
    missed: bool = False


@fact("channels.call_back_done")
class CallBackDone(Fact):
    """Who did not get through was reached."""

    call_id: int
    by_call_id: int


@fact("channels.caller_agreed")
class CallerAgreed(Fact):
    """The caller agreed to be put on hold or passed on (`what`)."""

    call_id: int
    what: str


@fact("channels.phone_changed")
class PhoneChanged(Fact):
    """A telephone system, a line or an extension was set up or changed."""

    what: str
    name: str
