"""A closed complaint as the beginning of an entry: its own words, with everything taken out that names somebody."""

from shouwen.complaints.models import Complaint
from shouwen.complaints.queries.page import everybody
from shouwen.complaints.queries.parts import Parts
from shouwen.complaints.rules import anonymous
from shouwen.complaints.rules.library import LONGEST_PART, LONGEST_TITLE
from shouwen.customers import queries as customers
from shouwen.people import queries as people


def known_of(complaint: Complaint, has: Parts) -> anonymous.Known:
    """Everybody who is named on the record: customer, their firm, members, parties, colleagues."""
    customer = complaint.case.customer
    contacts, assets = list(customers.contacts_of(customer.pk)), list(customers.assets_of(customer.pk))
    organisation = customer.organisation
    names = [
        customer.name,
        organisation.name if organisation else "",
        complaint.case.owner.name if complaint.case.owner else "",
        *people.names(set(everybody(complaint, has))).values(),
        *(account.who for account in has.accounts),
        *(member.name for member in has.members),
    ]
    numbers = [
        complaint.reference,
        customer.external_ref,
        *(contact.value for contact in contacts),
        *(contact.normalised for contact in contacts),
        *(asset.serial_number for asset in assets),
        *(member.contact for member in has.members),
        *(matter.reference for matter in has.outside),
        *(grant.settled_ref for grant in has.grants),
    ]
    return anonymous.Known(names, numbers, [asset.location for asset in assets])


def draft(complaint: Complaint, has: Parts) -> tuple[str, dict[str, str]]:
    """(language, title and parts), masked; what the record does not say is left for the writer."""
    told = {
        "title": complaint.case.subject_line,
        "background": _lines(
            complaint.remedy_sought, *(a.text for a in has.accounts if a.party == "customer")
        ),
        "course": _lines(
            *(a.text for a in has.accounts if a.party != "customer"),
            has.finding.reasons if has.finding else "",
            *(e.text for e in has.explanations),
            has.chosen.title if has.chosen else "",
            complaint.performed_note,
        ),
        "mistakes": complaint.cause_note,
        "right_way": complaint.measure,
        "lesson": complaint.lesson,
        "questions": "",
    }
    language = "zh" if any("\u4e00" <= sign <= "\u9fff" for text in told.values() for sign in text) else "en"
    known = known_of(complaint, has)
    masked = {name: anonymous.anonymised(text, known, language) for name, text in told.items()}
    return language, {
        name: text[: LONGEST_TITLE if name == "title" else LONGEST_PART] for name, text in masked.items()
    }


def _lines(*texts: str) -> str:
    return "\n".join(text.strip() for text in texts if text.strip())
