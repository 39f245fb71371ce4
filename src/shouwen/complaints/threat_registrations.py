"""What threats and abuse say to the registries below: notices, sentences, settings, frame, privacy, API."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.cases.queries import noticing
from shouwen.complaints import policies
from shouwen.complaints.queries import sharing, threats
from shouwen.people import queries as people
from shouwen.platform import apikit, frame, privacy
from shouwen.platform.ledger.describe import sentence
from shouwen.platform.ledger.history import field
from shouwen.platform.preferences import setting

SENTENCES: dict[str, Any] = {
    "complaints.threat_registered": lambda data: _("A threat was registered: %(kind)s") % _kind(data),
    "complaints.threat_acknowledged": lambda data: (
        _("Somebody sees to the threat, after %(minutes)s minutes") % {"minutes": data["seconds"] // 60}
    ),
    "complaints.threat_reminded": _("Nobody had acknowledged the threat; told again (%(number)s)"),
    "complaints.threat_stepped": lambda data: (
        _("Evidence of the threat was added")
        if data["sort"] == "evidence"
        else _("Done about the threat: %(sort)s") % {"sort": dict(threats.STEPS).get(data["sort"], "")}
    ),
    "complaints.threat_ended": lambda data: (
        _("The threat ended: %(outcome)s")
        % {"outcome": dict(threats.OUTCOMES).get(data["outcome"], data["outcome"])}
    ),
    "complaints.threat_packed": _("The evidence pack of the threat was taken, with %(files)s files"),
    "complaints.abuse_recorded": lambda data: str(RECORDED[data["step"]]),
    "complaints.abuse_objected": _("The customer objects to a notice, warning or ended contact"),
    "complaints.abuse_reviewed": lambda data: str(REVIEWED[data["verdict"]]),
}
RECORDED: dict[str, Any] = {
    "notice": _("The customer was asked to mind their words (first notice)"),
    "warning": _("The customer was warned"),
    "ending": _("A contact was ended after abuse; the case goes on"),
}
REVIEWED: dict[str, Any] = {
    "upheld": _("The objection was reviewed: it stays"),
    "overturned": _("The objection was reviewed: taken back"),
}
NOTICES: dict[str, Any] = {
    "threat_legal": _("Legal threat, reported by %(name)s. Threatened: %(who)s"),
    "threat_personal": _("Threat against a person, reported by %(name)s. Threatened: %(who)s"),
    "threat_media": _("Threat with the media, reported by %(name)s. Threatened: %(who)s"),
    "threat_detention": _("People or goods are held, reported by %(name)s. Threatened: %(who)s"),
    "threat_late": _("Nobody has acknowledged this threat yet. Threatened: %(who)s"),
}


def _kind(data: dict[str, Any]) -> dict[str, Any]:
    return {"kind": dict(threats.KINDS).get(data["kind"], data["kind"])}


def register() -> None:
    for name, text in SENTENCES.items():
        sentence(name, text)
    for kind, text in NOTICES.items():
        noticing.tell(kind, text, "triangle-alert", "bad")
    noticing.tell(
        "abuse_objected", _("A customer objects to a notice or warning; please review it"), "scale", "warn"
    )
    noticing.tell("abuse_reviewed", _("%(name)s reviewed the objection: %(reason)s"), "scale", "info")
    field("zh", _("Guidance in Chinese"))
    field("en", _("Guidance in English"))
    field("staff_ids", _("Who is told"), lambda ids: list(people.names(ids).values()))
    setting(
        "complaints.other_ways",
        "",
        label=_("How a customer reaches us after a contact was ended"),
        help=_(
            "Named to the customer when a contact is ended; for example mail address, portal, opening hours."
        ),
        group=_("Complaints"),
        lines=True,
    )
    privacy.register_hold("complaints", sharing.why_held)
    apikit.scope("threats:read", _("Read threats, notices and warnings"))
    apikit.scope("threats:write", _("Register threats, notices and warnings"))
    apikit.add_router("/threats", "shouwen.complaints.api.threats")
    apikit.add_router("/abuse", "shouwen.complaints.api.abuse")
    _frame()


def _frame() -> None:
    frame.palette(
        _("Threats"),
        "complaints:threats",
        "weixie threats",
        icon="triangle-alert",
        permission=policies.THREATS,
    )
    frame.palette(
        _("Notices and warnings"),
        "complaints:abuse",
        "jinggao ruma abuse",
        icon="hand",
        permission=policies.SEE,
    )
    frame.setting(
        "threats",
        _("Threats and abuse"),
        "complaints:threat-setup",
        "triangle-alert",
        policies.CONFIGURE,
        order=36,
        help=_("Safety guidance, who is told at once, how notices and warnings are said"),
    )
