"""Who may do what in complaints: pure predicates over (actor, thing)."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.platform.access import Actor, permissions
from shouwen.platform.access.permissions import FRONT

SEE = "complaints.see"
WORK = "complaints.work"
LEDGER = "complaints.ledger"
CONFIGURE = "complaints.configure"
ANALYSE = "complaints.analyse"
LIBRARY = "complaints.library"
ANSWERS = "complaints.answers"
THREATS = "complaints.threats"
THREAT_PACK = "complaints.threat_pack"
ABUSE_REVIEW = "complaints.abuse_review"

Predicate = Callable[..., bool]


def register() -> None:
    permissions.register(SEE, label=_("Open complaints"), roles=FRONT | {"reviewer", "back_office"})
    permissions.register(WORK, label=_("Work on complaints"), roles=FRONT)
    permissions.register(
        LEDGER, label=_("See the compensation ledger"), roles={"supervisor", "chief", "reviewer"}
    )
    permissions.register(
        ANALYSE,
        label=_("See complaints in figures, import lists to compare"),
        roles={"supervisor", "chief", "reviewer"},
    )
    permissions.register(
        LIBRARY, label=_("Write and publish the case library"), roles={"supervisor", "chief", "reviewer"}
    )
    permissions.register(
        ANSWERS, label=_("Read what colleagues answer in the case library"), roles={"supervisor", "chief"}
    )
    permissions.register(
        THREATS, label=_("See all threats, and figures of abuse"), roles={"supervisor", "chief"}
    )
    permissions.register(
        THREAT_PACK, label=_("Take a threat's evidence pack out of the house"), roles={"chief"}
    )
    permissions.register(
        ABUSE_REVIEW,
        label=_("Review what customers object to notices and warnings"),
        roles={"supervisor", "chief"},
    )
    permissions.register(
        CONFIGURE,
        label=_("Set the path of complaints, the authority matrix and the policy library"),
        roles={"chief"},
    )


def _says(sentence: Any) -> Callable[[Predicate], Predicate]:
    def mark(predicate: Predicate) -> Predicate:
        predicate.sentence = sentence  # type: ignore[attr-defined]  # `ensure` says it
        return predicate

    return mark


@_says(_("Only people who answer to customers may do this."))
def may_work(by: Actor, complaint: Any) -> bool:
    return by.can(WORK)


@_says(_("The complaint is about you: somebody else has to do this."))
def is_independent(by: Actor, complaint: Any) -> bool:
    return complaint.about_staff_id is None or by.user_id != complaint.about_staff_id


@_says(_("Your role may not pass this stage."))
def may_pass(by: Actor, complaint: Any, roles: Any) -> bool:
    return by.can(WORK) and bool(by.roles & ({*roles} | {"administrator"}))


@_says(_("Only who sets up complaints may change this."))
def may_configure(by: Actor) -> bool:
    return by.can(CONFIGURE)


@_says(_("Only who keeps the case library may change it."))
def may_write_library(by: Actor) -> bool:
    return by.can(LIBRARY)


@_says(_("Only colleagues who may open complaints answer here."))
def may_answer(by: Actor, entry: Any) -> bool:
    return by.is_staff and by.can(SEE) and entry.is_published


@_says(_("Only colleagues register a threat or what is done about it."))
def may_register_threat(by: Actor, case: Any) -> bool:
    return by.is_staff and by.user_id is not None


@_says(_("Only colleagues ask for a decision on site."))
def may_ask_on_site(by: Actor, threat: Any) -> bool:
    return by.is_staff and by.user_id is not None


@_says(_("Only who was told by name, or sees all threats, may end it."))
def may_end_threat(by: Actor, told: Any) -> bool:
    return by.can(THREATS) or by.user_id in told


@_says(_("Taking an evidence pack needs a right of its own."))
def may_take_pack(by: Actor, threat: Any) -> bool:
    return by.is_staff and by.can(THREAT_PACK)


@_says(_("Only people who answer to customers may do this."))
def may_record_abuse(by: Actor, case: Any) -> bool:
    return by.is_staff and by.can(WORK)


@_says(_("Only supervisors review an objection."))
def may_review_abuse(by: Actor, record: Any) -> bool:
    return by.is_staff and by.can(ABUSE_REVIEW)
