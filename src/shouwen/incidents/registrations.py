"""What incidents say to the registries below: permissions, settings, sentences, frame, API."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.incidents import policies, queries
from shouwen.incidents.models import ProblemState
from shouwen.platform import apikit, frame
from shouwen.platform.ledger.describe import sentence
from shouwen.platform.preferences import setting
from shouwen.platform.series import listed

SENTENCES: dict[str, Any] = {
    "incidents.suspected": _("Suspected from %(cases)s cases"),
    "incidents.opened": _("Incident opened"),
    "incidents.dismissed": _("Suspicion dismissed. %(reason)s"),
    "incidents.changed": _("What is known changed"),
    "incidents.linked": _("Linked with the incident “%(title)s”"),
    "incidents.unlinked": _("Taken off the incident “%(title)s”"),
    "incidents.update_published": _("All customers are being told: %(text)s"),
    "incidents.customer_told": _("The customer was told about “%(title)s”"),
    "incidents.reopened": _("Opened again: %(reason)s"),
    "incidents.closed": _("Incident closed"),
    "incidents.problem_recorded": _("Problem written down"),
    "incidents.problem_changed": _("What the problem is known by changed"),
}


def register() -> None:
    policies.register()
    _frame()
    _settings()
    for name, text in SENTENCES.items():
        sentence(name, text)
    sentence("incidents.answered", _answered)
    sentence("incidents.restored", _restored)
    sentence("incidents.problem_moved", _moved)
    apikit.scope("incidents:read", _("Read incidents and recurring problems"))
    apikit.scope("incidents:write", _("Lead incidents, work on recurring problems"))
    apikit.add_router("/incidents", "shouwen.incidents.api.incidents")
    apikit.add_router("/problems", "shouwen.incidents.api.problems")


def _answered(data: dict[str, Any]) -> str:
    return str(_("A customer says: it works again") if data["working"] else _("A customer says: still not"))


def _restored(data: dict[str, Any]) -> str:
    if not data["partly"]:
        return str(_("Restored everywhere"))
    return str(_("Restored in %(areas)s")) % {"areas": listed(data["areas"])}


def _moved(data: dict[str, Any]) -> str:
    label = str(dict(ProblemState.choices).get(data["state"], data["state"]))
    return f"{label}: {data['note']}" if data.get("note") else label


def _frame() -> None:
    frame.rail(
        "incidents", _("Incidents"), "incidents:list", "siren", policies.SEE, order=50, badge=queries.badge
    )
    frame.palette(
        _("Recurring problems"),
        "incidents:problems",
        "chongfu wenti cfwt problem",
        icon="repeat",
        permission=policies.SEE,
    )
    frame.public("status", _("Service status"), "incidents:status", "activity", order=60)
    frame.topics(lambda actor: ["incidents"] if actor.can(policies.SEE) else [])


def _settings() -> None:
    group = _("Incidents")
    setting(
        "incidents.suggest",
        True,
        label=_("Suggest incidents from new cases"),
        help=_("Many customers of one area or model with the same words in a short time."),
        group=group,
    )
    setting(
        "incidents.window_minutes",
        120,
        label=_("Within how many minutes"),
        help=_("Cases that lie further apart are not one incident."),
        group=group,
        minimum=10,
        maximum=1440,
    )
    setting(
        "incidents.least_customers",
        4,
        label=_("From how many customers on"),
        help=_("Fewer are never suggested, however alike they are."),
        group=group,
        minimum=2,
        maximum=100,
    )
