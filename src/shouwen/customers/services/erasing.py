"""A person's right to their data: everything handed over, or everything gone (CUS-7)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.customers import policies, queries
from shouwen.customers.events import CustomerErased
from shouwen.customers.models import Asset, CautionFlag, ContactPoint, Customer, LegalHold, Merge
from shouwen.customers.services.access import log_access
from shouwen.kernel.errors import Refused
from shouwen.platform import privacy
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus
from shouwen.platform.ledger.redacting import redact


@transaction.atomic
def export(*, customer_id: int, at: datetime, by: Actor) -> dict[str, Any]:
    """All that every room knows about the customer, as plain data; that it was handed out is written down."""
    customer = queries.locked(customer_id)
    ensure(policies.may_export, by, customer)
    log_access(customer_id=customer_id, what="export", at=at, by=by)
    return {"customer": customer_id, "exported_at": at.isoformat(), **privacy.export_customer(customer_id)}


@transaction.atomic
def erase(*, customer_id: int, reason: str, at: datetime, by: Actor) -> None:
    """Take the person out of every room. What happened stays, without who it was. There is no way back."""
    customer = queries.locked(customer_id)
    ensure(policies.may_erase, by, customer)
    if customer.erased_at is not None:
        raise Refused(_("This customer's data has been erased already."))
    if customer.merged_into_id is not None:
        raise Refused(_("This customer has been merged into another one."))
    kept = [customer_id, *customer.merged_from.values_list("pk", flat=True)]
    for why in (sentence for one in kept for sentence in privacy.holds(one, at)):
        raise Refused(_("Nothing was erased: %(why)s") % {"why": why}, field="reason")
    for merged in Customer.objects.filter(merged_into=customer, erased_at__isnull=True):
        privacy.erase_customer(merged.pk, at=at, by=by)
    privacy.erase_customer(customer_id, at=at, by=by)
    log_access(customer_id=customer_id, what="erase", at=at, by=by)
    bus.announce(
        CustomerErased(customer_id=customer_id),
        subjects=[customer.subject],
        by=by,
        at=at,
        after={"reason": reason[:200]},
    )


def export_share(customer_id: int) -> dict[str, Any]:
    """This room's share of an export."""
    customer = Customer.objects.filter(pk=customer_id).values(
        "id",
        "kind",
        "name",
        "salutation",
        "tier",
        "language",
        "zone",
        "region",
        "note",
        "consent",
        "external_ref",
        "created_at",
        "last_contact_at",
        "organisation__name",
    )
    flags = CautionFlag.objects.filter(customer_id=customer_id)
    return {
        "customer": _plain(list(customer)),
        "contacts": _plain(
            list(ContactPoint.objects.filter(customer_id=customer_id).values("kind", "value", "label"))
        ),
        "assets": _plain(
            list(
                Asset.objects.filter(customer_id=customer_id).values(
                    "name", "model", "serial_number", "bought_on", "warranty_until", "location", "note"
                )
            )
        ),
        "flags": _plain(
            list(flags.values("reason", "evidence", "set_at", "expires_at", "ended_at", "heard_words"))
        ),
    }


@transaction.atomic
def erase_share(customer_id: int, *, at: datetime, by: Actor) -> None:
    """This room's share of an erasure. Assets stay as machines, without where and whose."""
    redact([("customer", customer_id)])
    ContactPoint.objects.filter(customer_id=customer_id).delete()
    CautionFlag.objects.filter(customer_id=customer_id).delete()
    Asset.objects.filter(customer_id=customer_id).update(location="", note="", serial_number="")
    for made in Merge.objects.filter(winner_id=customer_id) | Merge.objects.filter(loser_id=customer_id):
        made.moved = {}
        made.save(update_fields=["moved"])
    LegalHold.objects.filter(customer_id=customer_id).update(reason="—")
    Customer.objects.filter(pk=customer_id).update(
        name="",
        spelling="",
        initials="",
        salutation="",
        note="",
        region="",
        external_ref="",
        consent={},
        organisation=None,
        erased_at=at,
    )


def _plain(rows: list[Any]) -> list[dict[str, Any]]:
    return [
        {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in row.items()}
        for row in rows
    ]
