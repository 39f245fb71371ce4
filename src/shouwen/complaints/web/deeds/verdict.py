"""The nature of a complaint, and how it is explained."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.complaints import queries, services
from shouwen.complaints.queries import choices
from shouwen.complaints.queries.explaining import filled
from shouwen.complaints.rules.nature import ASPECTS, explanation_sort
from shouwen.complaints.web.forms import Ask, Deed, Field


def _nature(ask: Ask) -> list[Field]:
    one = ask.complaint
    offered = choices.bases_on(one.happened_on or one.opened_at.date())
    now = ask.parts.finding
    rests: dict[str, list[Any]] = {aspect: [] for aspect in ASPECTS}
    for ground in now.grounds.all() if now else ():
        rests[ground.aspect].append(ground.basis_id)
    basis = _("rests on")
    return [
        Field("validity", _("Is the complaint valid?"), "radios", one.validity, True, choices.VALIDITY),
        Field("basis_validity", basis, "idents", rests["validity"], choices=offered),
        Field("demand", _("How far does the demand go?"), "radios", one.demand, True, choices.DEMAND),
        Field("basis_demand", basis, "idents", rests["demand"], choices=offered),
        Field("liability", _("Who has to answer for it?"), "radios", one.liability, True, choices.LIABILITY),
        Field("basis_liability", basis, "idents", rests["liability"], choices=offered),
        Field(
            "our_share",
            _("Our share in per cent, where it is shared"),
            "number",
            now.our_share if now and now.liability == "shared" else "",
            least=1,
            most=99,
        ),
        Field("reasons", _("Reasons"), "area", now.reasons if now else "", True, limit=4000, rows=5),
    ]


def _decide(**given: Any) -> Any:
    bases = {aspect: given.pop(f"basis_{aspect}") for aspect in ASPECTS}
    return services.decide_nature(bases=bases, **given)


def _explanation(ask: Ask) -> list[Field]:
    now = ask.parts.finding
    sort = explanation_sort(now.liability, now.demand, evidence=bool(ask.parts.evidence)) if now else "ours"
    template, text = filled(ask.complaint, now, sort, ask.actor)
    return [
        Field("sort", _("Which explanation"), "radios", sort, True, choices.EXPLANATIONS),
        Field("text", _("What the customer is told"), "area", text, True, limit=8000, rows=8, help=template),
        Field("how", _("How"), "radios", "message", True, list(queries.HOWS.items())),
    ]


DEEDS = (
    Deed(
        "nature", "nature/", _("Nature of the complaint"), _("Decide"), _("Decided."), _decide, _nature,
        lead=_("Each part rests on something written that held on the day. Without the facts nothing is decided."),
        icon="gavel", anchor="#nature",
    ),
    Deed(
        "explanation", "explanation/", _("Explain the decision"), _("Tell the customer"), _("Explained."),
        services.explain, _explanation, icon="message-square-text", anchor="#nature",
    ),
)  # fmt: skip
