"""Factories of complaints for tests: with as little said as the test needs."""

from datetime import date, datetime, timedelta
from typing import Any

from shouwen.cases.testing import AT, a_case, everything_happens, furnished
from shouwen.complaints import queries, services
from shouwen.complaints.models import Basis, Complaint, Option
from shouwen.people.models import Staff
from shouwen.people.testing import a_person, as_actor
from shouwen.platform.access import SYSTEM, Actor

LATER = AT + timedelta(hours=1)


def a_complaint(*, owner: Staff | None = None, at: datetime = AT, **values: Any) -> Complaint:
    """A complaint that opened beside its case."""
    case = a_case(kind="complaint", owner=owner, at=at, **values)
    made = services.open_for(case_id=case.pk, at=at, by=SYSTEM)
    assert made is not None
    return made


def a_basis(title: str = "Invoices are corrected free of charge", **values: Any) -> Basis:
    given: dict[str, Any] = {
        "sort": "policy",
        "source": "Service rules of the house",
        "text": "Whoever issued a wrong invoice issues the right one.",
        "valid_from": date(2020, 1, 1),
        **values,
    }
    return services.save_basis(title=title, at=AT, by=SYSTEM, **given)


def heard(complaint: Complaint, by: Actor, at: datetime = AT) -> None:
    """Both sides were heard, and there is a log."""
    services.add_account(
        complaint_id=complaint.pk, party="customer", text="The invoice charges the pump twice.", at=at, by=by
    )
    services.add_account(
        complaint_id=complaint.pk, party="ours", text="The order lists one pump.", at=at, by=by
    )
    services.add_evidence(
        complaint_id=complaint.pk,
        sort="log",
        party="ours",
        title="Order 4711",
        shows="One pump was delivered.",
        at=at,
        by=by,
    )


def decided(complaint: Complaint, by: Actor, *, at: datetime = AT, **values: Any) -> None:
    """The nature: valid, reasonable, ours, unless said otherwise."""
    basis = a_basis()
    given = {"validity": "valid", "demand": "reasonable", "liability": "ours", **values}
    services.decide_nature(
        complaint_id=complaint.pk,
        bases={"validity": [basis.pk], "demand": [basis.pk], "liability": [basis.pk]},
        reasons="The pump was charged twice.",
        at=at,
        by=by,
        **given,
    )


def an_option(
    complaint: Complaint, by: Actor, *, amount: int = 15_000, remedy: str = "refund", **values: Any
) -> Option:
    given: dict[str, Any] = {"title": f"Refund {amount}", "gain": "Money back", "at": AT, **values}
    return services.add_option(complaint_id=complaint.pk, remedy=remedy, amount=amount, by=by, **given)


def again(complaint: Complaint) -> Complaint:
    """The complaint as the database has it now."""
    found = queries.of_case(complaint.case_id)
    assert found is not None
    return found


__all__ = [
    "AT",
    "LATER",
    "a_basis",
    "a_case",
    "a_complaint",
    "a_person",
    "again",
    "an_option",
    "as_actor",
    "decided",
    "everything_happens",
    "furnished",
    "heard",
]
