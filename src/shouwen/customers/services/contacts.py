"""Ways to reach a customer."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shouwen.customers import policies, queries, rules
from shouwen.customers.events import ContactAdded, ContactRemoved
from shouwen.customers.models import ContactPoint, Customer
from shouwen.customers.services.access import log_access
from shouwen.kernel.errors import Invalid
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus


def contact_rows(
    customer: Customer, pairs: Mapping[tuple[str, str], str], at: datetime
) -> list[ContactPoint]:
    """Unsaved rows, the first of each kind primary; Invalid, naming whose it is, for somebody else's."""
    rows: list[ContactPoint] = []
    kinds: set[str] = set()
    for (kind, normalised), value in pairs.items():
        owner = (
            ContactPoint.objects.select_related("customer").filter(kind=kind, normalised=normalised).first()
        )
        if owner is not None:
            sentence = _("This already belongs to %(name)s.") % {"name": owner.customer.name}
            raise Invalid(sentence, field=kind, customer_id=owner.customer_id)
        rows.append(
            ContactPoint(
                customer=customer,
                kind=kind,
                value=value,
                normalised=normalised,
                backwards=normalised[::-1],
                primary=kind not in kinds,
                created_at=at,
            )
        )
        kinds.add(kind)
    return rows


def keep(rows: list[ContactPoint]) -> None:
    """Insert; Invalid when somebody else took one of them since it was looked up."""
    try:
        with transaction.atomic():
            ContactPoint.objects.bulk_create(rows)
    except IntegrityError:
        raise Invalid(_("This already belongs to somebody else."), field=rows[0].kind) from None


@transaction.atomic
def add_contact(
    *,
    customer_id: int,
    kind: str,
    value: str,
    at: datetime,
    by: Actor,
    label: str = "",
    primary: bool = False,
) -> ContactPoint:
    """One more phone, mail or other address. Their own again is returned as it is."""
    customer = queries.locked(customer_id)
    ensure(policies.may_change, by, customer)
    normalised = rules.normalise(kind, value)
    held = ContactPoint.objects.filter(customer=customer, kind=kind)
    mine = held.filter(normalised=normalised).first()
    if mine is not None:
        return mine
    row = contact_rows(customer, {(kind, normalised): value.strip()}, at)[0]
    row.label, row.primary = label[:40], primary or not held.filter(primary=True).exists()
    if row.primary:
        held.update(primary=False)
    keep([row])
    bus.announce(
        ContactAdded(customer_id=customer.pk, contact_id=row.pk, kind=kind, masked=row.masked),
        subjects=[customer.subject],
        by=by,
        at=at,
    )
    return row


@transaction.atomic
def remove_contact(*, customer_id: int, contact_id: int, at: datetime, by: Actor) -> None:
    customer = queries.locked(customer_id)
    ensure(policies.may_change, by, customer)
    point = queries.contact(contact_id, customer_id)
    kind, masked, primary = point.kind, point.masked, point.primary
    point.delete()
    next_one = ContactPoint.objects.filter(customer=customer, kind=kind).order_by("id").first()
    if primary and next_one is not None:
        next_one.primary = True
        next_one.save(update_fields=["primary"])
    bus.announce(
        ContactRemoved(customer_id=customer.pk, kind=kind, masked=masked),
        subjects=[customer.subject],
        by=by,
        at=at,
    )


@transaction.atomic
def make_primary(*, customer_id: int, contact_id: int, at: datetime, by: Actor) -> ContactPoint:
    """The one to use first among those of its kind."""
    customer = queries.locked(customer_id)
    ensure(policies.may_change, by, customer)
    point = queries.contact(contact_id, customer_id)
    ContactPoint.objects.filter(customer=customer, kind=point.kind).update(primary=False)
    point.primary = True
    point.save(update_fields=["primary"])
    return point


@transaction.atomic
def reveal(*, customer_id: int, contact_id: int, at: datetime, by: Actor) -> ContactPoint:
    """Show one contact in full; who saw which is written down."""
    ensure(policies.may_reveal, by)
    point = queries.contact(contact_id, customer_id)
    log_access(customer_id=customer_id, what=f"reveal:{point.kind}", at=at, by=by)
    return point
