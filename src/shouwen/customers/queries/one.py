"""One customer and what hangs on it."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shouwen.customers import rules
from shouwen.customers.models import (
    HERE,
    AccessLog,
    Asset,
    CautionFlag,
    ContactPoint,
    Customer,
    LegalHold,
    Merge,
)
from shouwen.kernel.errors import Invalid, NotFound
from shouwen.platform import db
from shouwen.platform.access import Actor

NOBODY = _("There is no such customer.")
Row = TypeVar("Row", bound=Model)


def visible_to(actor: Actor) -> QuerySet[Customer]:
    """Which customers exist for the actor: all for staff who may see them, themselves for a customer."""
    if actor.can("customers.see"):
        return Customer.objects.all()
    if actor.customer_id is not None:
        return Customer.objects.filter(pk=actor.customer_id)
    return Customer.objects.none()


def get(customer_id: int, actor: Actor) -> Customer:
    return _one(visible_to(actor).select_related("organisation").filter(pk=customer_id), NOBODY)


def locked(customer_id: int) -> Customer:
    return _one(Customer.objects.select_for_update().filter(pk=customer_id), NOBODY)


BY_NUMBER = db.Read(lambda pk: Customer.objects.filter(pk=pk))


def current(customer_id: int) -> Customer:
    """The customer, or the one it was merged into (however many times)."""
    wanted: int | None = customer_id
    while wanted is not None:
        found = BY_NUMBER.first(pk=wanted)
        if found is None:
            break
        if found.merged_into_id is None:
            return found
        wanted = found.merged_into_id
    raise NotFound(NOBODY)


def names(ids: Iterable[int]) -> dict[int, str]:
    wanted = set(ids)
    return dict(Customer.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def of_contact(kind: str, value: str) -> Customer | None:
    """Whose phone or address this is; None when nobody's. Invalid when it is none."""
    normalised = rules.normalise(kind, value)
    point = ContactPoint.objects.select_related("customer").filter(kind=kind, normalised=normalised).first()
    return point.customer if point else None


def of_numbers(numbers: Iterable[str], actor: Actor) -> dict[str, Customer]:
    """Whose telephone numbers these are, in one question; what is no number, or nobody's, is left out."""
    written: dict[str, list[str]] = {}
    for number in set(numbers):
        with suppress(Invalid):
            written.setdefault(rules.normalise("phone", number), []).append(number)
    if not written:
        return {}
    points = ContactPoint.objects.filter(kind="phone", normalised__in=written, customer__in=visible_to(actor))
    return {
        number: point.customer
        for point in points.select_related("customer")
        for number in written[point.normalised]
    }


# What the page of every case shows of its customer.
CONTACTS = db.Read(
    lambda customer: ContactPoint.objects.filter(customer_id=customer).order_by("-primary", "id")
)
ASSETS = db.Read(lambda customer: Asset.objects.filter(customer_id=customer).order_by("-bought_on", "id"))
FLAGS = db.Read(
    lambda customer, at: CautionFlag.objects.filter(
        customer_id=customer, ended_at__isnull=True, expires_at__gt=at
    ).order_by("-set_at")
)


def contacts_of(customer_id: int) -> list[ContactPoint]:
    """Primary ones first, then in the order they came."""
    return CONTACTS.all(customer=customer_id)


def contact(contact_id: int, customer_id: int) -> ContactPoint:
    rows = ContactPoint.objects.filter(pk=contact_id, customer_id=customer_id)
    return _one(rows, _("There is no such contact."))


def numbers(limit: int) -> list[str]:
    """Telephone numbers of customers, the oldest first."""
    found = ContactPoint.objects.filter(kind="phone", customer__merged_into=None).order_by("id")
    return list(found.values_list("normalised", flat=True)[:limit])


def assets_of(customer_id: int) -> list[Asset]:
    return ASSETS.all(customer=customer_id)


def asset(asset_id: int, customer_id: int | None = None) -> Asset:
    found = Asset.objects.filter(pk=asset_id)
    rows = found if customer_id is None else found.filter(customer_id=customer_id)
    return _one(rows, _("There is no such asset."))


def active_flags(customer_id: int, at: datetime) -> list[CautionFlag]:
    return FLAGS.all(customer=customer_id, at=at)


def flags_of(customer_id: int) -> list[CautionFlag]:
    """All of them, ended ones too, the newest first."""
    return list(CautionFlag.objects.filter(customer_id=customer_id).order_by("-set_at"))


def flag(flag_id: int, customer_id: int | None = None) -> CautionFlag:
    """The flag; with `customer_id` only if it is that customer's."""
    rows = CautionFlag.objects.select_related("customer").filter(pk=flag_id)
    if customer_id is not None:
        rows = rows.filter(customer_id=customer_id)
    return _one(rows, _("There is no such flag."))


def flags_to_review(on: date, at: datetime, *, limit: int = 50) -> list[CautionFlag]:
    """Flags whose review day has come, the longest overdue first."""
    due = CautionFlag.objects.filter(ended_at__isnull=True, expires_at__gt=at, review_on__lte=on)
    return list(due.select_related("customer").order_by("review_on", "id")[:limit])


def people_of(organisation_id: int, *, limit: int = 100) -> list[Customer]:
    rows = Customer.objects.filter(HERE, organisation_id=organisation_id)
    return list(rows.prefetch_related("contacts").order_by("-last_contact_at", "-id")[:limit])


def colleagues(customer: Customer, *, limit: int = 12) -> list[Customer]:
    """Other people of the same organisation."""
    if customer.organisation_id is None:
        return []
    rows = Customer.objects.filter(HERE, organisation_id=customer.organisation_id).exclude(pk=customer.pk)
    return list(rows.order_by("-last_contact_at", "-id")[:limit])


def merge(merge_id: int, winner_id: int | None = None) -> Merge:
    rows = Merge.objects.select_related("winner", "loser").filter(pk=merge_id)
    if winner_id is not None:
        rows = rows.filter(winner_id=winner_id)
    return _one(rows, _("There is no such merge."))


def merges_of(customer_id: int) -> list[Merge]:
    """Merges still in force that this customer won or lost, the newest first."""
    rows = Merge.objects.filter(Q(winner_id=customer_id) | Q(loser_id=customer_id), undone_at__isnull=True)
    return list(rows.select_related("winner", "loser").order_by("-at"))


def accesses(customer_id: int, *, limit: int = 50) -> list[AccessLog]:
    return list(AccessLog.objects.filter(customer_id=customer_id).order_by("-at")[:limit])


def _one(rows: QuerySet[Row], sentence: object) -> Row:
    found = rows.first()
    if found is None:
        raise NotFound(sentence)
    return found


def hold(hold_id: int) -> LegalHold:
    return _one(
        LegalHold.objects.select_for_update(of=("self",)).select_related("customer").filter(pk=hold_id),
        _("There is no such hold."),
    )


def holds_of(customer_id: int) -> list[LegalHold]:
    """All holds there ever were, newest first."""
    return list(LegalHold.objects.filter(customer_id=customer_id).order_by("-id"))


def why_held(customer_id: int, at: datetime) -> list[str]:
    """Why this customer's data must stay, and until when; empty when it need not."""
    return [
        gettext("there is a legal hold until %(until)s: %(why)s") % {"until": one.until, "why": one.reason}
        if one.until
        else gettext("there is a legal hold: %(why)s") % {"why": one.reason}
        for one in holds_of(customer_id)
        if one.holds(at.date())
    ]
