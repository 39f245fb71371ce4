"""Options side by side, who grants them, and what comes of it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.complaints import services
from shouwen.complaints.queries import choices
from shouwen.complaints.web.deeds.words import reason
from shouwen.complaints.web.forms import Ask, Deed, Field


def _option(ask: Ask) -> list[Field]:
    return [
        Field("remedy", _("Remedy"), "radios", "refund", True, choices.REMEDIES),
        Field("title", _("The offer"), required=True),
        Field(
            "amount", _("What it gives the customer (yuan)"), "money", help=_("Somebody has to grant this.")
        ),
        Field("effort", _("What carrying it out costs beside that (yuan)"), "money"),
        Field("gain", _("What the customer gains"), "area", required=True, limit=2000, rows=2),
        Field("gain_amount", _("What that is worth to them (yuan)"), "money"),
        Field("worry", _("Which worry it takes away"), "area", limit=2000, rows=2),
        Field("if_declined", _("What follows if it is declined"), "area", limit=2000, rows=2),
        Field(
            "declined_cost",
            _("What agreeing on nothing would cost us (yuan)"),
            "money",
            help=_("Lost business, a lawsuit, a second visit: your estimate."),
        ),
    ]


def _acceptance(ask: Ask) -> list[Field]:
    now = next((one for one in ask.parts.options if one.pk == ask.ids["option_id"]), None)
    return [
        Field("acceptance", _("Would the customer take it?"), "radios", now.acceptance if now else "", True,
              choices.ACCEPTANCE),
        Field("note", _("What that rests on"), value=now.acceptance_note if now else "", limit=400,
              help=_("Needed where we only think so.")),
    ]  # fmt: skip


def _sign(yes: bool) -> Any:
    def act(*, complaint_id: int, **given: Any) -> Any:
        return services.sign(yes=yes, **given)

    return act


def _take_back(*, complaint_id: int, **given: Any) -> Any:
    return services.withdraw_approval(**given)


def _word(label: Any, *, required: bool = False) -> list[Field]:
    return [Field("word", label, "area", required=required, limit=1000)]


ONE = "options/<int:option_id>/"
QUESTION = "approvals/<int:approval_id>/"
DEEDS = (
    Deed(
        "option", "options/", _("A way out"), _("Add it"), _("Added."), services.add_option, _option,
        icon="plus", anchor="#options",
    ),
    Deed(
        "acceptance", ONE + "acceptance/", _("Would the customer take it?"), _("Keep"), _("On record."),
        services.set_acceptance, _acceptance, icon="user-check", anchor="#options",
    ),
    Deed(
        "choice", ONE + "choice/", _("The customer chose this"), _("The customer chose this"), _("Chosen."),
        services.choose_option, icon="check", anchor="#options",
    ),
    Deed(
        "approval", ONE + "approval/", _("Ask who may grant it"), _("Ask for approval"),
        _("Asked. Everybody who can decide it now was told."), services.ask_approval,
        lambda ask: [Field("why", _("Why"), "area", limit=1000)], icon="stamp", anchor="#options",
    ),
    Deed(
        "grant", ONE + "grant/", _("Grant it by my own authority"), _("Grant it"), _("Granted."),
        services.grant_at_once, lambda ask: _word(_("Why")), icon="stamp", anchor="#options",
    ),
    Deed(
        "yes", QUESTION + "yes/", _("Say yes"), _("Grant it"), _("Your yes is on record."),
        _sign(True), lambda ask: _word(_("A word to it")), icon="check", anchor="#options",
    ),
    Deed(
        "no", QUESTION + "no/", _("Say no"), _("Decline it"), _("Declined."),
        _sign(False), lambda ask: _word(_("Why not, and what instead"), required=True), icon="x",
        anchor="#options",
    ),
    Deed(
        "approval-withdrawal", QUESTION + "withdrawal/", _("Take the question back"), _("Take it back"),
        _("Taken back."), _take_back, icon="undo-2", anchor="#options",
    ),
    Deed(
        "performance", "performance/", _("What was agreed is done"), _("Done"), _("On record."),
        services.carry_out,
        lambda ask: [
            reason(_("What was done"), name="note"),
            Field("settled_ref", _("Voucher or payment number"), limit=120),
        ],
        icon="circle-check", anchor="#options",
    ),
    Deed(
        "release", "ledger/<int:grant_id>/release/", _("Release what was granted"), _("Release it"),
        _("Released."), services.release_grant, lambda ask: [reason(_("Why"))], icon="undo-2",
        anchor="#options",
    ),
)  # fmt: skip
