"""What screens and the registries below ask of us."""

import re
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.customers import rules
from shouwen.customers.models import HERE, CautionFlag, ContactKind, Customer, CustomerKind
from shouwen.customers.queries.finding import found_ids
from shouwen.customers.queries.one import accesses, assets_of, contacts_of, flags_of
from shouwen.kernel.errors import Invalid
from shouwen.platform import search
from shouwen.platform.ledger import describe, places
from shouwen.platform.ledger import queries as ledger

FIELD_LABELS = {
    "name": _("Name"),
    "salutation": _("Salutation"),
    "tier": _("Tier"),
    "organisation_id": _("Organisation"),
    "language": _("Language"),
    "zone": _("Time zone"),
    "region": _("Region"),
    "external_ref": _("External number"),
    "note": _("Note"),
}
LOOKS = {"open": _("Opened the page"), "export": _("Exported the data"), "erase": _("Erased the data")}


def search_doc(customer_id: int) -> search.Doc | None:
    """Words a customer is found by; contacts are looked up by their own index and stay out of this one."""
    found = Customer.objects.select_related("organisation").filter(HERE, pk=customer_id).first()
    if found is None:
        return None
    owned = " ".join(f"{one.name} {one.model} {one.serial_number}" for one in assets_of(customer_id))
    body = " ".join([found.region, found.external_ref, found.note, owned])
    organisation = (found.organisation.name,) if found.organisation else ()
    return search.Doc(title=found.name, body=body, names=(found.name, *organisation))


def flag_ended_sentence(data: dict[str, Any]) -> str:
    text = (
        _("Caution flag ran out: %(reason)s") if data.get("expired") else _("Caution flag ended: %(reason)s")
    )
    return str(text) % data


def kind_choices() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in CustomerKind.choices]


def contact_kind_choices() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in ContactKind.choices]


def organisation_choices(text: str, *, limit: int = 20) -> list[str]:
    """Organisations that fit what was typed, or the latest; written as `organisation_called` reads them."""
    rows = Customer.objects.filter(HERE, kind="organisation")
    if text.strip():
        rows = rows.filter(pk__in=found_ids(text, limit=200))
    return [f"{one.name} #{one.pk}" for one in rows.order_by("-last_contact_at", "-id")[:limit]]


def organisation_called(text: str) -> Customer | None:
    """The organisation by "name #id" or its exact name; None for no text, Invalid when there is none."""
    plain = text.strip()
    if not plain:
        return None
    rows = Customer.objects.filter(HERE, kind="organisation")
    numbered = re.search(r"#(\d{1,18})$", plain)
    found = list((rows.filter(pk=int(numbered[1])) if numbered else rows.filter(name=plain))[:2])
    if len(found) == 1:
        return found[0]
    sentence = _("Several have this name; choose one from the list.") if found else _("Register it first.")
    raise Invalid(sentence, field="organisation")


def flags_in_force(at: datetime, *, limit: int = 300) -> list[CautionFlag]:
    """All flags in force, the next to be reviewed first."""
    rows = CautionFlag.objects.filter(
        ended_at__isnull=True, expires_at__gt=at, customer__erased_at__isnull=True
    )
    return list(rows.select_related("customer").order_by("review_on", "id")[:limit])


def history(customer: Customer, *, before: int | None = None, limit: int = 30) -> dict[str, Any]:
    """Events about the customer, newest first: {"events": […], "older": the next `before` or None}."""
    rows = ledger.timeline(customer.subject, before=before, limit=limit, newest=True)
    events = [_event(row) for row in rows]
    return {"events": events, "older": rows[-1].id if len(rows) == limit else None}


def _event(row: ledger.EventRow) -> dict[str, Any]:
    """Who did it stands in front, unless the sentence names them already."""
    text, who = describe.say(row.name, row.data), _who(row)
    by = "" if who and who in text else who
    return {"text": text, "at": row.at, "by": by, "about": places.of(row.data)}


def _who(row: ledger.EventRow) -> str:
    """The system needs no name on a page: what it does goes by itself."""
    return "" if row.by_kind == "system" else row.by_name


def access_rows(customer_id: int) -> list[dict[str, Any]]:
    kinds = dict(contact_kind_choices())

    def said(what: str) -> str:
        kind = what.partition("reveal:")[2]
        return (
            str(_("Revealed: %(kind)s")) % {"kind": kinds.get(kind, kind)}
            if kind
            else str(LOOKS.get(what, what))
        )

    return [{"at": row.at, "who": row.user_name, "what": said(row.what)} for row in accesses(customer_id)]


def merge_preview(winner: Customer, loser: Customer) -> list[dict[str, Any]]:
    """Fields in which the two differ, with what each says and which side would win untouched."""

    def shown(one: Customer, field: str) -> str:
        value = one.organisation if field == "organisation_id" else getattr(one, field)
        return str(value or "")

    return [
        {
            "code": field,
            "label": FIELD_LABELS[field],
            "winner": shown(winner, field),
            "loser": shown(loser, field),
            "picked": _picked(field, winner, loser),
        }
        for field in rules.MERGE_FIELDS
        if getattr(winner, field) != getattr(loser, field)
    ]


def _picked(field: str, winner: Customer, loser: Customer) -> str:
    """What a merge does untouched: the winner's value, or the other's where that is empty; notes are joined."""
    if not getattr(winner, field):
        return "loser"
    return "" if field == "note" and loser.note else "winner"


def contents_of(customer: Customer) -> dict[str, Any]:
    """What would move with a customer."""
    return {
        "contacts": contacts_of(customer.pk),
        "assets": assets_of(customer.pk),
        "flags": flags_of(customer.pk),
    }
