"""Receipt, acknowledgement, assessment; from stage to stage; withdrawing and reopening."""

from django.utils.translation import gettext_lazy as _

from shouwen.cases.queries import labels
from shouwen.complaints import queries, services
from shouwen.complaints.rules.path import STAGES
from shouwen.complaints.web.deeds.words import LEVELS, colleagues, reason
from shouwen.complaints.web.forms import Ask, Deed, Field
from shouwen.kernel.money import Money


def _how(said: str) -> str:
    """A first answer that counted by itself is kept by its channel's code; people read its name."""
    return str(labels.channel_label(said))


def _receipt(ask: Ask) -> list[Field]:
    one = ask.complaint
    wanted = str(Money(one.wanted_amount).decimal()) if one.wanted_amount else ""
    return [
        Field(
            "remedy_sought",
            _("What the customer asks for"),
            "area",
            one.remedy_sought,
            required=True,
            limit=8000,
        ),
        Field("wanted_amount", _("In money (yuan)"), "money", wanted),
        Field(
            "happened_on", _("Day it happened"), "day", one.happened_on.isoformat() if one.happened_on else ""
        ),
        colleagues(
            "about_staff_id",
            _("Is it about a colleague?"),
            one.about_staff_id,
            blank=True,
            hint=_("They decide nothing in this complaint."),
        ),
        Field(
            "anonymous",
            _("The complainant wants to stay unnamed"),
            "flag",
            one.anonymous,
            help=_("Then nobody is asked back, and the facts are looked into all the same."),
        ),
    ]


def _assessment(ask: Ask) -> list[Field]:
    one = ask.complaint
    return [
        Field("severity", _("Severity"), "level", one.severity or "", required=True, choices=LEVELS),
        Field("complexity", _("Complexity"), "level", one.complexity or "", required=True, choices=LEVELS),
        Field("impact", _("Impact"), "level", one.impact or "", required=True, choices=LEVELS),
        Field("safety", _("Somebody may be in danger"), "flag", one.safety),
        Field("immediate", _("Something must be done at once"), "flag", one.immediate),
        Field("note", _("Note"), "area", one.assessment_note, limit=4000),
    ]


def _stages(ask: Ask) -> list[Field]:
    before = STAGES[: STAGES.index(ask.complaint.stage)]
    choices = [(code, queries.STAGE_LABELS[code]) for code in before]
    return [
        Field("to", _("Back to"), "select", before[-1] if before else "", required=True, choices=choices),
        reason(_("Why")),
    ]


DEEDS = (
    Deed(
        "receipt", "receipt/", _("Receipt of the complaint"), _("Keep"), _("On record."),
        services.record_receipt, _receipt, icon="inbox",
    ),
    Deed(
        "acknowledgement", "acknowledgement/", _("Acknowledgement"), _("Keep"), _("On record."),
        services.acknowledge,
        lambda ask: [
            Field("how", _("How the customer was told"), value=_how(ask.complaint.acknowledged_how), required=True)
        ],
        lead=_("The first answer on the case counts by itself; write down here what was said another way."),
        icon="mail-check",
    ),
    Deed(
        "assessment", "assessment/", _("Assessment"), _("Keep"), _("On record."),
        services.assess, _assessment, icon="scale",
    ),
    Deed(
        "urgent", "urgent/", _("The urgent part is dealt with"), _("Keep"), _("On record."),
        services.settle_urgent, lambda ask: [reason(_("What was done"), name="note")], icon="siren",
    ),
    Deed(
        "pass", "passing/", _("Pass this stage"), _("Pass the stage"), _("Passed."),
        services.pass_stage,
        lambda ask: [Field("note", _("Note"), "area", limit=1000)], icon="arrow-right",
    ),
    Deed(
        "return", "return/", _("Back to an earlier stage"), _("Go back"), _("Back to an earlier stage."),
        services.go_back, _stages, icon="undo-2",
    ),
    Deed(
        "withdrawal", "withdrawal/", _("The customer withdraws the complaint"), _("Withdrawn"), _("Withdrawn."),
        services.withdraw, lambda ask: [reason(_("In the customer's words"))],
        lead=_("It stays on record. What was wrong can still be put right."), icon="undo-2",
    ),
    Deed(
        "reopening", "reopening/", _("Open it again"), _("Open it again"), _("It is open again."),
        services.reopen, lambda ask: [reason(_("Why"))], icon="rotate-ccw",
    ),
)  # fmt: skip
