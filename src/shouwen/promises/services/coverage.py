"""What a service item covers and until when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid
from shouwen.platform.access import Actor, require
from shouwen.platform.ledger import bus
from shouwen.promises import policies, queries
from shouwen.promises.events import CoverageSet
from shouwen.promises.models import CoverageRule
from shouwen.promises.rules import coverage as rules
from shouwen.promises.services.editions import changed

LIMITS: Final = {
    name: most
    for text, most in {"condition": 300, "evidence": 300, "source": 200}.items()
    for name in (text, f"{text}_en")
}


@transaction.atomic
def set_coverage(
    *, item_id: int, wanted: Sequence[rules.Rule], at: datetime, by: Actor
) -> list[CoverageRule]:
    """State everything an item covers; what is left out is no longer covered by a rule."""
    require(by, policies.CATALOGUE)
    item = queries.locked_item(item_id)
    for rule in wanted:
        rules.check(rule.sort, rule.span, rule.unit)
        for name, limit in LIMITS.items():
            if len(getattr(rule, name)) > limit:
                raise Invalid(_("At most %(most)s characters.") % {"most": limit}, field=name)
    if len({rule.sort for rule in wanted}) < len(wanted):
        raise Invalid(_("Each sort of coverage stands once."), field="sort")
    before = {row.sort: _said(row) for row in CoverageRule.objects.filter(item=item)}
    CoverageRule.objects.filter(item=item).delete()
    made = [CoverageRule.objects.create(item=item, **vars(rule)) for rule in wanted]
    changed()
    fact = CoverageSet(item.pk, item.code)
    after = {row.sort: _said(row) for row in made}
    bus.announce(fact, subjects=[item.subject], by=by, at=at, before=before, after=after)
    return made


def _said(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("span", "unit", *LIMITS)}
