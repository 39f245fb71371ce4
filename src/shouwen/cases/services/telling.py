"""Messages the product writes by itself: acknowledgement, handoff, renegotiation, the question whether it is solved.

Each is in the customer's language, marked as automatic, and sent only where there is an address.
"""

from datetime import datetime
from typing import Any

from django.utils import translation

from shouwen.cases.models import Case
from shouwen.cases.services import answering
from shouwen.channels import services as channels
from shouwen.platform.access import SYSTEM, Actor
from shouwen.platform.web.pages import render_words


def tell(
    case: Case,
    *,
    kind: str,
    template: str,
    context: dict[str, Any],
    title: str,
    at: datetime,
    by: Actor = SYSTEM,
) -> int | None:
    """Send the text of `template` to the case's customer; the message's id, or None without an address."""
    spoken = case.channel not in answering.BY_MAIL
    to = answering.where_to(case, "email" if spoken else "")
    if not to.address:
        return None
    with translation.override(case.customer.language):
        known = {"case": case, "customer": case.customer, **context}
        text = render_words(f"cases/mail/{template}.txt", known)
        message = channels.send(
            subject=case.subject,
            customer_id=case.customer_id,
            to=to.address,
            channel=to.channel,
            conversation_id=to.conversation_id,
            title=title,
            text=text,
            kind=kind,
            automatic=True,
            at=at,
            by=by,
        )
    return message.pk
