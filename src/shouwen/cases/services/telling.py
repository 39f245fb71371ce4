"""Messages the product writes by itself: acknowledgement, handoff, renegotiation, the question whether it is solved.

Each is in the customer's language, marked as automatic, and sent only where there is an address: by mail whole, on
a channel of short messages as one line with the link to the customer's own page.
"""

from datetime import datetime
from typing import Any

from django.utils import translation

from shouwen.cases.models import Case
from shouwen.cases.services import answering
from shouwen.channels import queries as channel_reads
from shouwen.channels import services as channels
from shouwen.channels.answering import Where
from shouwen.kernel.text.traditional import written_for
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
    with translation.override(case.customer.language):
        known = {"case": case, "customer": case.customer, **context}
        to, text = _way_and_words(case, title, template, known, at)
    language = case.customer.language
    title, text = written_for(language, title), written_for(language, text)
    return send(case, to, title=title, text=text, kind=kind, at=at, by=by)


def send(
    case: Case, to: Where, *, title: str, text: str, kind: str, at: datetime, by: Actor = SYSTEM
) -> int | None:
    """Send words marked as automatic that way; the message's id, or None where it leads nowhere."""
    if not (to.address or to.live):
        return None
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


def _way_and_words(
    case: Case, title: str, template: str, known: dict[str, Any], at: datetime
) -> tuple[Where, str]:
    """The customer's own channel with a line and the link, where it carries and may be written to; else mail."""
    to = answering.where_to(case)
    brief = f"{title}\n{known['url']}" if known.get("url") else title
    if to.channel != "email":
        if channel_reads.may_say(to, brief, at):
            return to, brief
        to = answering.where_to(case, "email")
    return to, render_words(f"cases/mail/{template}.txt", known)
