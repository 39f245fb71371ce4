"""Investigator, accounts, evidence, what the customer confirms."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.complaints import services
from shouwen.complaints.queries import choices
from shouwen.complaints.web.deeds.words import YES_NO, colleagues, reason
from shouwen.complaints.web.forms import Ask, Deed, Field


def _investigator(ask: Ask) -> list[Field]:
    return [
        colleagues("staff_id", _("Who looks into it"), ask.complaint.investigator_id, blank=False),
        Field(
            "interest",
            _("Has this person an interest of their own in it?"),
            "yes",
            "",
            required=True,
            choices=YES_NO,
            help=_(
                "Related to a party, complained about before by the same customer, or paid by the outcome."
            ),
        ),
        Field(
            "checked",
            _("How that was checked"),
            "area",
            limit=400,
            value=ask.complaint.interest_checked,
            rows=2,
        ),
    ]


def _account(ask: Ask) -> list[Field]:
    heard = {one.party for one in ask.parts.accounts}
    first = "ours" if "customer" in heard else "customer"
    return [
        Field("party", _("Who says so"), "radios", first, required=True, choices=choices.PARTIES),
        Field("who", _("Name or function"), limit=80),
        Field("text", _("What happened, in their words"), "area", required=True, limit=8000, rows=6),
    ]


def _evidence(ask: Ask) -> list[Field]:
    return [
        Field("sort", _("Sort"), "radios", "photo", required=True, choices=choices.EVIDENCE),
        Field("party", _("Belongs to whom"), "select", "ours", required=True, choices=choices.PARTIES),
        Field("title", _("What it is"), required=True),
        Field("shows", _("What it shows"), "area", limit=8000, help=_("Needed where no file is handed in.")),
        Field("happened_at", _("When it was taken"), "moment"),
        Field("file", _("File"), "file"),
    ]


def _answer(ask: Ask) -> list[Field]:
    accounts = [(one.pk, f"{one.get_party_display()}: {one.text[:160]}") for one in ask.parts.accounts]
    evidence = [(one.pk, one.title) for one in ask.parts.evidence]
    confirmed: list[Any] = [one.pk for one in ask.parts.accounts if one.confirmed_at]
    shown: list[Any] = [one.pk for one in ask.parts.evidence if one.confirmed_at]
    return [
        Field("accounts", _("These accounts the customer confirms"), "idents", confirmed, choices=accounts),
        Field("evidence", _("This evidence the customer accepts"), "idents", shown, choices=evidence),
        Field(
            "word",
            _("What the customer says to the rest"),
            "area",
            ask.complaint.customer_asked_word,
            limit=4000,
        ),
    ]


DEEDS = (
    Deed(
        "investigator", "investigator/", _("Who looks into it"), _("Keep"), _("On record."),
        services.name_investigator, _investigator, icon="search-check", anchor="#facts",
    ),
    Deed(
        "account", "accounts/", _("What one side says"), _("Keep"), _("On record."),
        services.add_account, _account, icon="quote", anchor="#facts",
    ),
    Deed(
        "evidence", "evidence/", _("Piece of evidence"), _("Keep"), _("On record."),
        services.add_evidence, _evidence, icon="paperclip", anchor="#facts",
    ),
    Deed(
        "no-evidence", "no-evidence/", _("There can be no evidence"), _("Keep"), _("On record."),
        services.state_no_evidence,
        lambda ask: [reason(_("Why there can be none"), hint=_("At least a sentence: the verdict will rest on it."))],
        icon="circle-slash", anchor="#facts",
    ),
    Deed(
        "evidence-removal", "evidence/<int:evidence_id>/removal/", _("Take evidence off the list"),
        _("Take off the list"), _("Taken off the list."), services.remove_evidence,
        lambda ask: [reason(_("Why"))], icon="trash-2", anchor="#facts",
    ),
    Deed(
        "customers-answer", "customers-answer/", _("What the customer confirms"), _("Keep"), _("On record."),
        services.record_customers_answer, _answer,
        lead=_("Lay the facts before the customer before anything is decided."),
        icon="user-check", anchor="#facts",
    ),
)  # fmt: skip
