"""Who may do what with promises, clocks and calendars. Pure predicates over an actor and a thing."""

from django.utils.translation import gettext_lazy as _

from shouwen.platform.access import Actor, permissions
from shouwen.platform.access.permissions import EVERYONE, FRONT
from shouwen.promises import subjects
from shouwen.promises.models import Promise, StatutoryClock

MAKE = "promises.make"
SEE = "promises.see"
SEE_ALL = "promises.see_all"
MANAGE = "promises.manage"
COMMIT_MONEY = "promises.commit_money"
CALENDARS = "promises.calendars"
CATALOGUE = "promises.catalogue"
STATUTORY = "promises.statutory"


def register() -> None:
    permissions.register(MAKE, label=_("Promise something to a customer"), roles=FRONT | {"back_office"})
    permissions.register(SEE, label=_("See the promise ledger: one's own and one's team's"), roles=EVERYONE)
    permissions.register(
        SEE_ALL,
        label=_("See everybody's promises"),
        roles={"supervisor", "chief", "reviewer", "account_manager"},
    )
    permissions.register(MANAGE, label=_("Settle other people's promises"), roles={"supervisor", "chief"})
    permissions.register(
        COMMIT_MONEY,
        label=_("Promise a refund or a compensation"),
        roles={"supervisor", "chief", "account_manager"},
    )
    permissions.register(CALENDARS, label=_("Change working calendars"), roles={"chief"})
    permissions.register(
        CATALOGUE, label=_("Change the service catalogue and its standards"), roles={"chief"}
    )
    permissions.register(STATUTORY, label=_("Change the time limits that laws set"), roles={"chief"})


def may_settle(actor: Actor, promise: Promise) -> bool:
    """Whoever made it, whoever delivers it, whoever answers for the case now, or a supervisor."""
    if actor.can(MANAGE):
        return True
    if not actor.is_staff:
        return False
    if actor.user_id in (promise.made_by, promise.deliver_by):
        return True
    return subjects.answers_for(actor, promise.subject)


may_settle.sentence = _("This promise is a colleague's; only they or a supervisor may settle it.")  # type: ignore[attr-defined]


def settles_plainly(actor: Actor, promise: Promise) -> bool:
    """`may_settle` without asking the room above: for lists, where that would be a question per row."""
    return actor.can(MANAGE) or (actor.is_staff and actor.user_id in (promise.made_by, promise.deliver_by))


def may_see(actor: Actor, promise: Promise) -> bool:
    """The same as `queries.ledger.visible_to`, for one promise in hand."""
    if actor.is_system or actor.can(SEE_ALL):
        return True
    return actor.can(SEE) and (
        actor.user_id in (promise.made_by, promise.deliver_by) or promise.team_id in actor.team_ids
    )


def may_extend(actor: Actor, clock: StatutoryClock) -> bool:
    """More time is a supervisor's decision, and asked for by whoever answers for the case."""
    return actor.can(MANAGE) or (actor.is_staff and subjects.answers_for(actor, clock.subject))


may_extend.sentence = _("Only whoever answers for the case, or a supervisor, may extend this time limit.")  # type: ignore[attr-defined]
