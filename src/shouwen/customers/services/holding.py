"""Legal holds: while one is in force, a customer's data can't be erased (CUS-7)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.customers import policies, queries, rules
from shouwen.customers.events import CustomerHeld, CustomerReleased
from shouwen.customers.models import LegalHold
from shouwen.kernel.errors import Refused
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus


@transaction.atomic
def hold(*, customer_id: int, reason: str, until: date | None, at: datetime, by: Actor) -> LegalHold:
    """Keep what we have about this customer, until a day or until somebody lets it go."""
    customer = queries.locked(customer_id)
    ensure(policies.may_hold, by, customer)
    if customer.erased_at is not None:
        raise Refused(_("This customer's data has been erased already."))
    rules.check_hold(reason=reason, until=until, today=at.date())
    made = LegalHold.objects.create(
        customer=customer,
        reason=reason.strip(),
        until=until,
        set_by=by.user_id,
        set_by_name=by.name[:80],
        set_at=at,
    )
    fact = CustomerHeld(
        customer_id=customer.pk,
        hold_id=made.pk,
        reason=made.reason,
        until=until.isoformat() if until else None,
    )
    bus.announce(fact, subjects=[customer.subject], by=by, at=at)
    return made


@transaction.atomic
def release(*, hold_id: int, at: datetime, by: Actor) -> LegalHold:
    found = queries.hold(hold_id)
    ensure(policies.may_hold, by, found.customer)
    if found.released_at is not None:
        raise Refused(_("This hold has ended already."))
    found.released_at, found.released_by_name = at, by.name[:80]
    found.save(update_fields=["released_at", "released_by_name"])
    bus.announce(
        CustomerReleased(customer_id=found.customer_id, hold_id=found.pk, reason=found.reason),
        subjects=[found.customer.subject],
        by=by,
        at=at,
    )
    return found
