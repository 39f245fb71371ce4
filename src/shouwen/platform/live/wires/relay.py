"""What goes over the wire and what becomes of it at the other end."""

from typing import Any

from shouwen.platform.accounts import services as accounts
from shouwen.platform.ledger import bus
from shouwen.platform.live import wires


def passes_on() -> None:
    """From here on the other processes hear of this one's commits and of changed rights."""
    bus.wake_with(wires.woke)
    accounts.changed_with(_rights_changed)


def _rights_changed(user_id: int) -> None:
    wires.send({"rights": user_id})


def hear(content: dict[str, Any] | None) -> None:
    """In the wire's thread: another process says something; None: it may have committed an event."""
    from shouwen.platform.live.hub import Message, hub

    if content is None:
        bus.wake()
    elif "rights" in content:
        accounts.rights_changed_elsewhere(content["rights"])
    else:
        message = Message(content["kind"], tuple(content["topics"]), content.get("data", {}))
        if content.get("row"):
            hub.remember(message)
        hub.tell(message)
