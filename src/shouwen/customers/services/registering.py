"""A customer is written down by a colleague, changed, graded."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.customers import policies, queries, rules
from shouwen.customers.events import CustomerChanged, CustomerRegistered, TierChanged
from shouwen.customers.models import Customer
from shouwen.customers.services.contacts import contact_rows, keep
from shouwen.customers.services.recognising import check_contacts
from shouwen.kernel.errors import Invalid, Refused
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus

EDITABLE = ("name", "salutation", "language", "zone", "region", "note", "external_ref", "consent")
# The ledger is never rewritten, so what says who somebody is does not enter it: only that it changed.
PERSONAL = frozenset({"name", "salutation", "region", "note", "external_ref"})


@transaction.atomic
def register(
    *,
    name: str,
    at: datetime,
    by: Actor,
    kind: str = "person",
    contacts: Iterable[tuple[str, str]] = (),
    tier: str = "C",
    organisation: Customer | None = None,
    salutation: str = "",
    language: str = "zh-hans",
    zone: str = "Asia/Shanghai",
    region: str = "",
    note: str = "",
    external_ref: str = "",
    consent: dict[str, Any] | None = None,
) -> Customer:
    """A new customer. A contact that another one has is Invalid, naming that one."""
    ensure(policies.may_register, by)
    if kind not in rules.KINDS:
        raise Invalid(
            _("Choose whether this is a person, an organisation or an internal customer."), field="kind"
        )
    rules.check_tier(tier, was=tier, reason="")
    _check_organisation(None, organisation)
    pairs = check_contacts(list(contacts))
    shown = _name(name)
    spelling, initials = rules.spelling(shown)
    customer = Customer.objects.create(
        name=shown,
        kind=kind,
        tier=tier,
        organisation=organisation,
        salutation=salutation,
        language=language,
        zone=_zone(zone),
        region=region,
        note=note,
        external_ref=external_ref,
        consent=consent or {},
        spelling=spelling,
        initials=initials,
        created_at=at,
        last_contact_at=at,
    )
    keep(contact_rows(customer, pairs, at))
    bus.announce(
        CustomerRegistered(customer_id=customer.pk, kind=kind),
        subjects=[customer.subject],
        by=by,
        at=at,
        after={"tier": tier},
    )
    return customer


@transaction.atomic
def change(
    *, customer_id: int, at: datetime, by: Actor, organisation_id: int | None = -1, **values: Any
) -> Customer:
    """Change any of name, salutation, language, zone, region, note, external_ref, consent, organisation_id.

    What is not given stays. `organisation_id=None` takes the customer out of its organisation.
    """
    customer = queries.locked(customer_id)
    ensure(policies.may_change, by, customer)
    _must_be_here(customer)
    unknown = set(values) - set(EDITABLE)
    if unknown:
        raise Invalid(_("This cannot be changed here."), field=min(unknown))
    if "name" in values:
        values["name"] = _name(values["name"])
    if "zone" in values:
        _zone(values["zone"])
    if organisation_id != -1:
        chosen = queries.current(organisation_id) if organisation_id else None
        _check_organisation(customer, chosen)
        values["organisation_id"] = chosen.pk if chosen else None
    before = {
        field: getattr(customer, field) for field in values if getattr(customer, field) != values[field]
    }
    if not before:
        return customer
    for field in before:
        setattr(customer, field, values[field])
    customer.spelling, customer.initials = rules.spelling(customer.name)
    customer.save()
    bus.announce(
        CustomerChanged(customer_id=customer.pk, fields=sorted(before)),
        subjects=[customer.subject],
        by=by,
        at=at,
        before=_plain(before),
        after=_plain({field: values[field] for field in before}),
    )
    return customer


@transaction.atomic
def set_tier(*, customer_id: int, tier: str, reason: str, at: datetime, by: Actor) -> Customer:
    """Re-grade, saying why; the ledger keeps the history."""
    customer = queries.locked(customer_id)
    ensure(policies.may_set_tier, by, customer)
    _must_be_here(customer)
    was = customer.tier
    rules.check_tier(tier, was=was, reason=reason)
    if tier == was:
        return customer
    customer.tier = tier
    customer.save(update_fields=["tier"])
    bus.announce(
        TierChanged(customer_id=customer.pk, tier=tier, was=was, reason=reason),
        subjects=[customer.subject],
        by=by,
        at=at,
        before={"tier": was},
        after={"tier": tier},
    )
    return customer


@transaction.atomic
def change_and_grade(
    *, customer_id: int, values: dict[str, Any], tier: str | None, reason: str, at: datetime, by: Actor
) -> Customer:
    """Both at once, or neither: what a form or a request that holds both sends."""
    if values:
        if "organisation_id" in values:
            values["organisation_id"] = values["organisation_id"] or None
        change(customer_id=customer_id, **values, at=at, by=by)
    if tier is not None:
        set_tier(customer_id=customer_id, tier=tier, reason=reason, at=at, by=by)
    return queries.locked(customer_id)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in values.items() if field not in PERSONAL}


def _must_be_here(customer: Customer) -> None:
    if customer.erased_at is not None:
        raise Refused(_("This customer's data has been erased."))
    if customer.merged_into_id is not None:
        raise Refused(_("This customer has been merged into another one."))


def _name(name: str) -> str:
    shown = name.strip()
    if not shown or len(shown) > 120:
        raise Invalid(_("A name has 1 to 120 characters."), field="name")
    return shown


def _zone(zone: str) -> str:
    if zone not in available_timezones():
        raise Invalid(_("There is no such time zone."), field="zone")
    return zone


def _check_organisation(customer: Customer | None, organisation: Customer | None) -> None:
    if organisation is None:
        return
    if organisation.kind != "organisation" or not organisation.here:
        raise Invalid(_("Choose an organisation."), field="organisation")
    if customer is not None and customer.kind == "organisation":
        raise Invalid(_("An organisation cannot belong to another one."), field="organisation")
