"""Where an answer goes: the channel and address the customer spoke from last, or the one that is asked for."""

from shouwen.cases.models import Case
from shouwen.channels import answering, lines
from shouwen.channels import queries as channels
from shouwen.channels.answering import Where
from shouwen.customers import queries as customers

BY_MAIL = frozenset({"email", "web"})  # a web form is answered by mail to the address given in it


def mail_address(customer_id: int) -> str:
    """The customer's first mail address; "" when none is known."""
    points = [point for point in customers.contacts_of(customer_id) if point.kind == "email"]
    points.sort(key=lambda point: not point.primary)
    return points[0].value if points else ""


def where_to(case: Case, channel: str = "") -> Where:
    """Without `channel`: the way the customer came last. A spoken channel has no address: it is written down."""
    return answering.where_to(
        case.channel,
        latest=lambda by: channels.latest_inbound(case.subject, by),
        contacts=lambda: customers.contacts_of(case.customer_id),
        asked=channel,
        line=lines.way(channel or case.channel, case.subject),
    )
