"""Finding a customer by what somebody remembers: a name, how it is typed, a piece of a number, an address."""

import re
import unicodedata

from django.db import connection
from django.db.models import Q, QuerySet

from shouwen.customers import rules
from shouwen.customers.models import HERE, Asset, ContactPoint, Customer
from shouwen.platform.search import queries as search

RECENT = ("-last_contact_at", "-id")
LEAST_INSIDE = 4  # digits that are looked for inside a number; fewer stand in most of them
AFTER_ALL = "\U0010ffff"  # sorts behind every character: the end of a range of texts that start alike


def lookup(text: str, limit: int = 10) -> list[Customer]:
    """Customers that fit, the latest contact first, with contacts and organisation. For people typing."""
    ids = found_ids(text, limit=limit * 5)
    rows = Customer.objects.filter(HERE, pk__in=ids)
    rows = rows.select_related("organisation").prefetch_related("contacts")
    return list(rows.order_by("-last_contact_at", "-id")[:limit])


def found_ids(text: str, *, limit: int) -> list[int]:
    """Ids of customers that fit `text`, at most `limit`; every path goes through an index but the one for digits
    out of the middle of a number."""
    plain = unicodedata.normalize("NFKC", text).strip()[:100]
    if not plain:
        return []
    look = {"email": _by_mail, "phone": _by_number, "latin": _by_latin, "name": _by_name}
    found = look[rules.looks_like(plain)](plain, limit)
    return list(dict.fromkeys(found))[:limit]


def possible_duplicates(customer: Customer, *, limit: int = 8) -> list[Customer]:
    """Others who may be the same one: the same name, reference or asset. A person decides."""
    serials = list(
        Asset.objects.filter(customer=customer)
        .exclude(serial_number="")
        .values_list("serial_number", flat=True)
    )
    same = Q(name=customer.name, kind=customer.kind)
    if customer.external_ref:
        same |= Q(external_ref=customer.external_ref)
    if serials:
        same |= Q(
            pk__in=Asset.objects.filter(serial_number__in=serials).values_list("customer_id", flat=True)
        )
    rows = Customer.objects.filter(HERE).filter(same, kind=customer.kind).exclude(pk=customer.pk)
    return list(rows.select_related("organisation").prefetch_related("contacts").order_by("id")[:limit])


def _starts(field: str, text: str) -> Q:
    """Texts that start with `text`, by index: PostgreSQL makes a range of LIKE, SQLite needs it said."""
    if connection.vendor == "postgresql":
        return Q(**{f"{field}__startswith": text})
    return Q(**{f"{field}__gte": text, f"{field}__lt": text + AFTER_ALL})


def _by_mail(text: str, limit: int) -> list[int]:
    lower = text.lower()
    if lower.startswith("@"):
        return _contacts(_starts("backwards", lower[:0:-1]), "email", limit)
    return _contacts(_starts("normalised", lower), "email", limit)


def _by_number(text: str, limit: int) -> list[int]:
    digits = re.sub(r"\D", "", text)
    fits = _starts("backwards", digits[::-1]) | _starts("normalised", f"+{digits}")
    # a landline is dialled with a zero that its international form drops
    fits |= _starts("normalised", f"+86{digits[1:] if digits.startswith('0') else digits}")
    found = _contacts(fits, "phone", limit)
    if (
        len(found) < limit and len(digits) >= LEAST_INSIDE
    ):  # nothing else asks for the middle: no index is kept for it
        found += _contacts(Q(normalised__contains=digits), "phone", limit)
    return [*found, *_by_reference(text, limit)]


def _by_latin(text: str, limit: int) -> list[int]:
    typed = re.sub(r"[^a-z0-9]", "", text.lower())
    fits = _starts("name", text)
    if typed:
        fits |= _starts("spelling", typed) | _starts("initials", typed)
    found = _customers(fits, limit)
    found += _contacts(_starts("normalised", text.lower()), "email", limit)
    found += _contacts(_starts("normalised", text), "wechat", limit)
    return [*found, *_by_reference(text, limit), *search.find("customer", text, limit=limit)]


def _by_name(text: str, limit: int) -> list[int]:
    return [*_customers(_starts("name", text), limit), *search.find("customer", text, limit=limit)]


def _by_reference(text: str, limit: int) -> list[int]:
    found = list(
        Asset.objects.filter(_starts("serial_number", text)).values_list("customer_id", flat=True)[:limit]
    )
    return [*found, *_customers(Q(external_ref=text) & ~Q(external_ref=""), limit)]


def _customers(fits: Q, limit: int) -> list[int]:
    rows: QuerySet[Customer] = Customer.objects.filter(HERE).filter(fits)
    return list(rows.order_by(*RECENT).values_list("pk", flat=True)[:limit])


def _contacts(fits: Q, kind: str, limit: int) -> list[int]:
    rows = ContactPoint.objects.filter(fits, kind=kind)
    return list(rows.values_list("customer_id", flat=True)[:limit])
