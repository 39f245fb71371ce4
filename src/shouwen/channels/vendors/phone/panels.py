"""What the telephone hangs on pages: the pop-up of a call, a customer's numbers and calls, the calls of a case."""

from typing import Any

from shouwen.channels import policies
from shouwen.channels.vendors.phone import queries, shown
from shouwen.platform.access import Actor
from shouwen.platform.web.pages import render_text
from shouwen.platform.windows import panel


@panel("frame.below", order=20)
def a_call_at_this_desk(thing: Any, actor: Actor) -> str | None:
    """An empty place that fills itself when it rings; drawing it asks nothing."""
    return render_text("channels/phone/place.html", {"actor": actor}) if actor.can(policies.CALLS) else None


@panel("customer.sidebar", order=35)
def calls_of_this_customer(customer: Any, actor: Actor) -> str | None:
    if not actor.can(policies.CALLS):
        return None
    rows = shown.rows(queries.of_customer(customer.pk), actor)
    numbers = shown.numbers(customer.pk, actor)
    if not rows and not numbers:
        return None
    return render_text("channels/phone/customer.html", {"rows": rows, "numbers": numbers})


@panel("case.sidebar", order=45)
def calls_of_this_case(case: Any, actor: Actor) -> str | None:
    if case.channel != "phone" or not actor.can(policies.CALLS):
        return None
    rows = shown.rows(queries.of_subject(case.subject), actor)
    return render_text("channels/phone/case.html", {"rows": rows}) if rows else None
