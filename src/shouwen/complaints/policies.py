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
