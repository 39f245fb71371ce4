"""Two records of one customer become one, and come apart again when that was a mistake."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.customers import policies, queries, rules
from shouwen.customers.events import CustomersMerged, MergeUndone
from shouwen.customers.models import Asset, CautionFlag, ContactPoint, Customer, Merge
from shouwen.kernel.errors import Refused
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus

MOVED: dict[str, type[Asset] | type[CautionFlag] | type[ContactPoint]] = {
    "contacts": ContactPoint,
    "assets": Asset,
    "flags": CautionFlag,
}


@transaction.atomic
def merge(
    *, winner_id: int, loser_id: int, at: datetime, by: Actor, choice: Mapping[str, str] | None = None
) -> Merge:
    """The winner takes over contacts, assets, flags and people; `choice` says whose value wins per field.

    What moved and what the winner's fields were is written down, so that it can be undone.
    """
    first, second = sorted((winner_id, loser_id))  # always locked in this order: two merges cannot deadlock
    rows = {pk: queries.locked(pk) for pk in dict.fromkeys((first, second))}
    winner, loser = rows[winner_id], rows[loser_id]
    ensure(policies.may_merge, by, winner, loser)
    rules.check_merge(
        winner_id=winner_id,
        loser_id=loser_id,
        kinds=(winner.kind, loser.kind),
        gone=(not winner.here, not loser.here),
        related=winner_id == loser.organisation_id or loser_id == winner.organisation_id,
    )
    taken = rules.chosen_values(_values(winner), _values(loser), choice or {})
    moved = _move(winner, loser)
    moved["fields"] = {field: {"was": getattr(winner, field), "now": value} for field, value in taken.items()}
    _set(winner, taken)
    winner.last_contact_at = max(winner.last_contact_at, loser.last_contact_at)
    winner.save()
    loser.merged_into = winner
    loser.save(update_fields=["merged_into"])
    made = Merge.objects.create(
        winner=winner, loser=loser, moved=moved, at=at, by=by.user_id, by_name=by.name[:80]
    )
    bus.announce(
        CustomersMerged(winner_id=winner_id, loser_id=loser_id, merge_id=made.pk),
        subjects=[winner.subject, loser.subject],
        by=by,
        at=at,
    )
    return made


@transaction.atomic
def undo_merge(*, merge_id: int, at: datetime, by: Actor) -> Merge:
    """Give back what moved and is still there; a field changed since then keeps its newer value."""
    made = queries.merge(merge_id)
    winner, loser = queries.locked(made.winner_id), queries.locked(made.loser_id)
    ensure(policies.may_merge, by, winner, loser)
    if made.undone_at is not None:
        raise Refused(_("This merge has been undone already."))
    if not winner.here or loser.erased_at is not None:
        raise Refused(_("The other customer has been merged or erased since; undo that first."))
    for key, model in MOVED.items():
        model.objects.filter(pk__in=made.moved.get(key, []), customer=winner).update(customer=loser)
    ContactPoint.objects.filter(pk__in=made.moved.get("demoted", [])).update(primary=True)
    Customer.objects.filter(pk__in=made.moved.get("people", []), organisation=winner).update(
        organisation=loser
    )
    fields: dict[str, dict[str, Any]] = made.moved.get("fields", {})
    _set(winner, {key: one["was"] for key, one in fields.items() if getattr(winner, key) == one["now"]})
    winner.save()
    loser.merged_into = None
    loser.save(update_fields=["merged_into"])
    made.undone_at = at
    made.save(update_fields=["undone_at"])
    bus.announce(
        MergeUndone(winner_id=winner.pk, loser_id=loser.pk, merge_id=made.pk),
        subjects=[winner.subject, loser.subject],
        by=by,
        at=at,
    )
    return made


def _move(winner: Customer, loser: Customer) -> dict[str, Any]:
    """Move the rows; returns their ids. A second primary contact of one kind steps back."""
    moved: dict[str, Any] = {
        key: list(model.objects.filter(customer=loser).order_by("pk").values_list("pk", flat=True))
        for key, model in MOVED.items()
    }
    kinds = ContactPoint.objects.filter(customer=winner, primary=True).values_list("kind", flat=True)
    second = ContactPoint.objects.filter(customer=loser, primary=True, kind__in=list(kinds))
    moved["demoted"] = list(second.values_list("pk", flat=True))
    ContactPoint.objects.filter(pk__in=moved["demoted"]).update(primary=False)
    _leave_twins(winner, moved["assets"])
    for key, model in MOVED.items():
        model.objects.filter(pk__in=moved[key]).update(customer=winner)
    moved["people"] = list(Customer.objects.filter(organisation=loser).values_list("pk", flat=True))
    Customer.objects.filter(pk__in=moved["people"]).update(organisation=winner)
    return moved


def _leave_twins(winner: Customer, asset_ids: list[int]) -> None:
    """The same machine written down with both stays with the loser: it is there already."""
    serials = (
        Asset.objects.filter(customer=winner)
        .exclude(serial_number="")
        .values_list("serial_number", flat=True)
    )
    twins = set(
        Asset.objects.filter(pk__in=asset_ids, serial_number__in=list(serials)).values_list("pk", flat=True)
    )
    asset_ids[:] = [pk for pk in asset_ids if pk not in twins]


def _values(customer: Customer) -> dict[str, Any]:
    return {field: getattr(customer, field) for field in rules.MERGE_FIELDS}


def _set(customer: Customer, values: Mapping[str, Any]) -> None:
    for field, value in values.items():
        setattr(customer, field, value)
    customer.spelling, customer.initials = rules.spelling(customer.name)
