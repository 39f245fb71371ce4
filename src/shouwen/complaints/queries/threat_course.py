"""The course of a threat in order: what was said, who was told, what was done, what was decided, how it ended."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from shouwen.complaints.queries.threats import ThreatPage
from shouwen.kernel.money import Money


@dataclass(frozen=True)
class Moment:
    at: datetime
    icon: str
    title: str
    by: str = ""
    text: str = ""
    tone: str = ""


def course(page: ThreatPage) -> list[Moment]:
    """Oldest first."""
    threat, names = page.threat, page.names
    told = ", ".join(names.get(pk, "") for pk in page.told)
    found = [
        Moment(threat.happened_at, "triangle-alert", _("The threat was made"), "", threat.words, "bad"),
        Moment(
            threat.registered_at,
            "file-pen",
            _("Registered, and told at once: %(names)s") % {"names": told or "—"},
            names.get(threat.registered_by, ""),
        ),
    ]
    if threat.acknowledged_at:
        by = names.get(threat.acknowledged_by or 0, "")
        found.append(Moment(threat.acknowledged_at, "check", _("Taken up"), by, "", "good"))
    found += [
        Moment(
            one.done_at, "footprints", str(one.get_sort_display()), names.get(one.recorded_by, ""), one.text
        )
        for one in page.steps
    ]
    found += [
        Moment(
            one.evidence.added_at,
            "paperclip",
            _("Evidence: %(title)s") % {"title": one.evidence.title},
            names.get(one.evidence.added_by, ""),
        )
        for one in page.evidence
    ]
    found += _decisions(page)
    if threat.ended_at:
        by = names.get(threat.ended_by or 0, "")
        title = _("Ended: %(outcome)s") % {"outcome": threat.get_outcome_display()}
        found.append(Moment(threat.ended_at, "flag", title, by, threat.outcome_note, "good"))
    return sorted(found, key=lambda one: one.at)


def _decisions(page: ThreatPage) -> list[Moment]:
    found: list[Moment] = []
    for asked, _may in page.approvals:
        what: dict[str, Any] = {"title": asked.title, "amount": Money(asked.amount).format()}
        by = page.names.get(asked.asked_by or 0, "")
        found.append(Moment(asked.asked_at, "stamp", _("Asked on site: %(title)s, %(amount)s") % what, by))
        signs = list(asked.signatures.all())
        if asked.decided_at and signs:
            granted = asked.state == "granted"
            said = _("Granted: %(title)s, %(amount)s") if granted else _("Declined: %(title)s, %(amount)s")
            who = page.names.get(signs[-1].by, "")
            tone = "good" if granted else "bad"
            found.append(Moment(asked.decided_at, "stamp", said % what, who, signs[-1].word, tone))
    return found
