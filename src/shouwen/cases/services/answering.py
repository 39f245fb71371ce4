"""Where an answer goes: the channel and address the customer spoke from last, or the one that is asked for."""

from dataclasses import dataclass

from shouwen.cases.models import Case
from shouwen.channels import queries as channels
from shouwen.customers import queries as customers

BY_MAIL = frozenset({"email", "web"})  # a web form is answered by mail to the address given in it


@dataclass(frozen=True)
class Where:
    channel: str
    address: str = ""
    conversation_id: int | None = None


def mail_address(customer_id: int) -> str:
    """The customer's first mail address; "" when none is known."""
    points = [point for point in customers.contacts_of(customer_id) if point.kind == "email"]
    points.sort(key=lambda point: not point.primary)
    return points[0].value if points else ""


def where_to(case: Case, channel: str = "") -> Where:
    """Without `channel`: the way the customer came last. A spoken channel has no address: it is written down."""
    wanted = channel or case.channel
    if wanted in BY_MAIL:
        last = channels.latest_inbound(case.subject, wanted if wanted == case.channel else "email")
        if last is not None and last.address:
            return Where("email", last.address, last.conversation_id if last.channel == "email" else None)
        return Where("email", mail_address(case.customer_id))
    return Where(wanted)
