"""The template of an explanation, filled in for one complaint."""

from shouwen.complaints.models import Complaint, Finding
from shouwen.complaints.queries.settings import explanation_for
from shouwen.platform.access import Actor


def filled(complaint: Complaint, finding: Finding | None, sort: str, actor: Actor) -> tuple[str, str]:
    """(the hint for who writes, the text). Braces the template has for itself stay as they are."""
    customer = complaint.case.customer
    template = explanation_for(sort, customer.language or actor.language)
    if template is None:
        return "", ""
    bases = list(dict.fromkeys(ground.title for ground in finding.grounds.all())) if finding else []
    words = {
        "customer": customer.name,
        "reference": complaint.reference,
        "reasons": finding.reasons if finding else "",
        "bases": "；".join(bases),
        "agent": actor.name,
    }
    text = template.text
    for name, value in words.items():
        text = text.replace("{" + name + "}", value)
    return template.hint, text
