"""Who is this? On the path of every incoming contact: one SELECT when the address is known."""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as say

from shouwen.customers import rules
from shouwen.customers.events import CustomerRegistered
from shouwen.customers.models import ContactPoint, Customer
from shouwen.kernel.errors import Invalid
from shouwen.platform import db
from shouwen.platform.access import Actor
from shouwen.platform.ledger import bus

Pair = tuple[str, str]  # (kind, normalised)
OF_CONTACT = db.Read(
    lambda kind, normalised: Customer.objects.filter(contacts__kind=kind, contacts__normalised=normalised)
)
ORDER = (rules.EMAIL, rules.WECHAT, rules.PHONE, rules.OTHER)  # whom to believe when two addresses disagree


def recognise(
    *,
    name: str,
    at: datetime,
    by: Actor,
    email: str | None = None,
    phone: str | None = None,
    wechat: str | None = None,
    language: str = "zh-hans",
    kind: str = "person",
    announce: bool = True,
) -> tuple[Customer, bool]:
    """The customer with one of these addresses, or a new one; and whether it is new.

    Known: one SELECT. New: one SELECT and two INSERTs (customer, contacts), plus the fact when
    `announce`; a caller who opens a case in the same breath says False and lets its own fact speak.
    An address that cannot be one raises Invalid naming the field. A known customer's record is not
    changed: anybody can write any name or second number into a form.
    """
    values = {rules.EMAIL: email, rules.WECHAT: wechat, rules.PHONE: phone}
    pairs = {(code, rules.normalise(code, value)): value for code, value in values.items() if value}
    known = _known(list(pairs))
    if known is not None:
        return known, False
    # Without a savepoint of its own: nothing in it fails on purpose, and every statement counts here.
    with transaction.atomic(savepoint=False):
        return register_new(
            name=name, kind=kind, language=language, pairs=pairs, announce=announce, at=at, by=by
        )


def _known(pairs: list[Pair]) -> Customer | None:
    if not pairs:
        return None
    if len(pairs) == 1:
        return OF_CONTACT.first(kind=pairs[0][0], normalised=pairs[0][1])
    fits = Q()
    for kind, normalised in pairs:
        fits |= Q(kind=kind, normalised=normalised)
    points = list(ContactPoint.objects.select_related("customer").filter(fits))
    return min(points, key=lambda point: ORDER.index(point.kind)).customer if points else None


def register_new(
    *, name: str, kind: str, language: str, pairs: dict[Pair, str], announce: bool, at: datetime, by: Actor
) -> tuple[Customer, bool]:
    """Nobody had these addresses a moment ago; whoever was quicker with one of them since is returned."""
    shown = name.strip()[:120] or next(iter(pairs.values()), "") or say("Unknown customer")
    spelling, initials = rules.spelling(shown)
    customer = Customer.objects.create(
        name=shown,
        kind=kind,
        language=language,
        spelling=spelling,
        initials=initials,
        created_at=at,
        last_contact_at=at,
    )
    if pairs and _insert_contacts(customer, pairs, at) < len(pairs):
        # Somebody else registered one of these addresses between our look and our insert: theirs stands.
        first = _known(list(pairs))
        if first is not None and first.pk != customer.pk:
            customer.delete()
            return first, False
    if announce:
        bus.announce(
            CustomerRegistered(customer_id=customer.pk, kind=kind),
            subjects=[customer.subject],
            by=by,
            at=at,
        )
    return customer, True


def _insert_contacts(customer: Customer, pairs: dict[Pair, str], at: datetime) -> int:
    """Insert what nobody else has, in one statement, and say how many that were.

    The database settles the race: a conflicting row of a transaction still open is waited for,
    then skipped. So no savepoint is needed and no error can poison the caller's transaction.
    """
    table = ContactPoint._meta.db_table
    columns = ("customer_id", "kind", "value", "normalised", "backwards", "label", "primary", "created_at")
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    stored_at = connection.ops.adapt_datetimefield_value(at)
    rows: list[int | str | bool | datetime | None] = []
    for (kind, normalised), value in pairs.items():
        shown = value.strip()[: rules.LONGEST_CONTACT]
        rows += [customer.pk, kind, shown, normalised, normalised[::-1], "", True, stored_at]
    places = ", ".join(["(" + ", ".join(["%s"] * len(columns)) + ")"] * len(pairs))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({quoted}) VALUES {places} "  # noqa: S608 - names from the model, values bound
            "ON CONFLICT (kind, normalised) DO NOTHING RETURNING id",
            rows,
        )
        return len(cursor.fetchall())


@transaction.atomic
def note_contact(*, customer_id: int, at: datetime) -> None:
    """The customer was in touch at `at`; an older time than the one known changes nothing."""
    Customer.objects.filter(pk=customer_id, last_contact_at__lt=at).update(last_contact_at=at)


def check_contacts(contacts: list[tuple[str, str]]) -> dict[Pair, str]:
    """Normalised pairs with the value as written; the same one twice counts once."""
    checked: dict[Pair, str] = {}
    for kind, value in contacts:
        if kind not in rules.CONTACT_KINDS:
            raise Invalid(say("There is no such kind of contact."), field="kind")
        checked.setdefault((kind, rules.normalise(kind, value)), value.strip())
    return checked
