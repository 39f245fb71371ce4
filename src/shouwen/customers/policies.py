"""Who may do what with customers. Pure predicates over the actor and the thing."""

from shouwen.customers.models import Customer
from shouwen.platform.access import Actor


def may_see(by: Actor, *_things: object) -> bool:
    return by.can("customers.see")


def may_register(by: Actor, *_things: object) -> bool:
    return by.can("customers.register")


def may_change(by: Actor, customer: Customer) -> bool:
    return by.can("customers.register")


def may_set_tier(by: Actor, *_things: object) -> bool:
    return by.can("customers.set_tier")


def sees_contacts(by: Actor) -> bool:
    """Phone numbers and addresses in full, everywhere; without it they are masked."""
    return by.can("customers.see_contacts")


def may_reveal(by: Actor, *_things: object) -> bool:
    """One contact in full by a click, which is written down."""
    return by.can("customers.see_contacts") or by.can("customers.reveal_contacts")


def may_flag(by: Actor, *_things: object) -> bool:
    return by.can("customers.flag")


def may_merge(by: Actor, *_things: object) -> bool:
    return by.can("customers.merge")


def may_export(by: Actor, *_things: object) -> bool:
    return by.can("customers.export")


def may_erase(by: Actor, *_things: object) -> bool:
    return by.can("customers.erase")


def may_hold(by: Actor, *_things: object) -> bool:
    """Keep a customer's data from erasure, and let it go again."""
    return by.can("customers.hold")


def may_see_access_log(by: Actor, *_things: object) -> bool:
    return by.can("customers.see_access_log")
