"""Reads on the service catalogue and its standards."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import NotFound
from shouwen.promises.models import ServiceItem, ServiceStandard, Tier
from shouwen.promises.queries import policy
from shouwen.promises.queries.advice import history_for
from shouwen.promises.queries.wording import WORK_LABELS
from shouwen.promises.rules import words
from shouwen.promises.rules.authority import WORKS, Allowance
from shouwen.promises.rules.leeway import Leeway
from shouwen.promises.rules.standards import About, Target, targets_for

NO_ITEM = _("There is no such service item.")


def items(*, active_only: bool = False) -> QuerySet[ServiceItem]:
    found = ServiceItem.objects.all()
    return found.filter(active=True) if active_only else found


def item(item_id: int) -> ServiceItem:
    found = ServiceItem.objects.filter(pk=item_id).first()
    if found is None:
        raise NotFound(NO_ITEM)
    return found


def locked_item(item_id: int) -> ServiceItem:
    found = ServiceItem.objects.select_for_update().filter(pk=item_id).first()
    if found is None:
        raise NotFound(NO_ITEM)
    return found


def item_choices() -> list[tuple[str, str]]:
    return [(str(one.pk), one.local_name) for one in items(active_only=True).only("name", "name_en")]


def tier_choices() -> list[tuple[str, str]]:
    return [(value, value) for value in Tier.values]


def standards(at: datetime, *, item_id: int | None = None) -> list[ServiceStandard]:
    """Standards in force at `at` or planned for later; of one item, or all of them."""
    rows = ServiceStandard.objects.select_related("item", "calendar")
    if item_id is not None:
        rows = rows.filter(item_id=item_id)
    return list(rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=at)))


def past_standards(at: datetime, *, item_id: int | None = None, limit: int = 50) -> list[ServiceStandard]:
    rows = ServiceStandard.objects.select_related("item", "calendar").filter(valid_to__lte=at)
    if item_id is not None:
        rows = rows.filter(item_id=item_id)
    return list(rows.order_by("-valid_to")[:limit])


def standard(standard_id: int) -> ServiceStandard:
    found = ServiceStandard.objects.select_related("item", "calendar").filter(pk=standard_id).first()
    if found is None:
        raise NotFound(_("There is no such standard."))
    return found


def locked_standard(standard_id: int) -> ServiceStandard:
    found = ServiceStandard.objects.select_for_update().filter(pk=standard_id).first()
    if found is None:
        raise NotFound(_("There is no such standard."))
    return found


def targets_of(
    *, case_kind: str, tier: str, channel: str, item_id: int | None = None, at: datetime
) -> dict[str, Target]:
    """What a contact like this would get, without starting anything."""
    about = About(case_kind, tier, channel, item_id)
    return targets_for(policy.current().standards, about, words.STANDARD_SORTS, at)


@dataclass(frozen=True)
class KindRule:
    """What holds for one kind of promise, with the history it is judged by. `n` is how many were delivered."""

    work: str
    label: str
    allowance: Allowance
    usual: Leeway | None
    n: int


def promise_kinds() -> list[KindRule]:
    """Every kind of promise that is told apart, with what is stated for it."""
    held = policy.current()
    return [
        KindRule(work, str(WORK_LABELS[work]), held.allowance(work), *history_for(work)) for work in WORKS
    ]


def promise_kind(work: str) -> KindRule:
    found = next((kind for kind in promise_kinds() if kind.work == work), None)
    if found is None:
        raise NotFound(_("There is no such kind of promise."))
    return found


def notice_to_send(item_id: int | None, language: str) -> str | None:
    """What the customer is told by itself before this service begins; None where nothing goes out. No question:
    the texts are kept in memory."""
    found = policy.current().notices.get(item_id or 0)
    if found is None:
        return None
    return found[1] if language == "en" else found[0]


def notice_of(item: ServiceItem, language: str) -> str:
    """The notice of an item in hand, sent by itself or not."""
    return (item.expectation_notice_en if language == "en" else "") or item.expectation_notice


def public_items() -> list[ServiceItem]:
    """The catalogue that everybody may read."""
    return list(items(active_only=True).filter(public=True).order_by("name", "id"))


def public_item(code: str) -> ServiceItem:
    found = items(active_only=True).filter(public=True, code=code).first()
    if found is None:
        raise NotFound(NO_ITEM)
    return found
