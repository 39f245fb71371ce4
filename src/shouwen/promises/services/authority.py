"""Who may promise what, as the organisation sets it."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid
from shouwen.platform.access import Actor, require
from shouwen.platform.access.permissions import ROLES
from shouwen.platform.ledger import bus
from shouwen.promises import policies
from shouwen.promises.events import PromiseKindChanged
from shouwen.promises.models import PromiseAuthority, PromiseKind
from shouwen.promises.rules import authority as rules
from shouwen.promises.services.editions import changed


@transaction.atomic
def set_promise_kind(
    *,
    work: str,
    minimum_lead_minutes: int | None = None,
    strict: bool = False,
    restricted: bool = False,
    roles: Mapping[str, Decimal | None] | None = None,
    at: datetime,
    by: Actor,
) -> PromiseKind:
    """State the whole rule of one kind: its shortest time, whether doubts refuse, which roles up to what sum."""
    require(by, policies.CATALOGUE)
    wanted = dict(roles or {})
    rules.check(work, minimum_lead_minutes, wanted)
    for role in wanted:
        if role not in ROLES:
            raise Invalid(_("There is no such role."), field="roles")
    kind, _made = PromiseKind.objects.select_for_update().get_or_create(work=work)
    before = _said(kind)
    kind.minimum_lead_minutes, kind.strict, kind.restricted = minimum_lead_minutes, strict, restricted
    kind.save()
    PromiseAuthority.objects.filter(kind=kind).delete()
    PromiseAuthority.objects.bulk_create(
        PromiseAuthority(kind=kind, role=role, most_amount=most) for role, most in wanted.items()
    )
    changed()
    fact = PromiseKindChanged(kind.pk, work)
    bus.announce(fact, subjects=[kind.subject], by=by, at=at, before=before, after=_said(kind))
    return kind


def _said(kind: PromiseKind) -> dict[str, object]:
    rows = PromiseAuthority.objects.filter(kind=kind).values_list("role", "most_amount")
    return {
        "minimum_lead_minutes": kind.minimum_lead_minutes,
        "strict": kind.strict,
        "restricted": kind.restricted,
        "roles": {role: str(most) if most is not None else None for role, most in rows},
    }
