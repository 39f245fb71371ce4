"""Macros: those a person may use, and what is shown of them."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from shouwen.cases import permissions
from shouwen.cases.models import Macro
from shouwen.kernel.errors import NotFound
from shouwen.platform.access import Actor


def visible_to(actor: Actor) -> QuerySet[Macro]:
    """Everybody's, my teams' and my own; who sets rules keeps all but what is personal to others."""
    if not actor.can(permissions.WORK):
        return Macro.objects.none()
    shared = (
        Q(owner=None)
        if actor.can(permissions.CONFIGURE)
        else Q(owner=None, team=None) | Q(team_id__in=actor.team_ids)
    )
    return Macro.objects.select_related("team").filter(shared | Q(owner_id=actor.user_id))


def usable_by(actor: Actor) -> list[Macro]:
    """Those in use, the most used first: what the chooser offers."""
    found = visible_to(actor).filter(active=True)
    ours = Q(team=None) | Q(team_id__in=actor.team_ids)
    return list(found.filter(ours).order_by("-uses", "position", "id")[:200])


def listed(actor: Actor) -> list[Macro]:
    return list(visible_to(actor).order_by("position", "id"))


def get(macro_id: int, actor: Actor) -> Macro:
    found = visible_to(actor).filter(pk=macro_id).first()
    if found is None:
        raise NotFound(_("There is no such macro."))
    return found


def scope_of(macro: Macro) -> str:
    return "mine" if macro.owner_id else "team" if macro.team_id else "all"
