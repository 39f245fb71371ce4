"""What a customer's contact means for the ladder: signs in the words, and coming again and again (ESC-1)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from shouwen.cases.models import Case, Escalation
from shouwen.cases.queries import ladder
from shouwen.cases.rules import ladder as rules
from shouwen.cases.rules import states
from shouwen.cases.rules.signs import Sign
from shouwen.cases.services import escalating
from shouwen.channels import queries as channels
from shouwen.platform.ledger import bus

DAY = 24  # hours; so often contacts have been counted already when a sign arrives
Opened = tuple[int, int, str, datetime]


def listen(*, case_id: int, signs: Sequence[Sequence[str]] | None, at: datetime) -> None:
    """Raise the case where a sign counts by the organisation's ladder."""
    found, plan = rules.unpacked(signs), ladder.current()
    counted = [sign for sign in found if rules.counts(sign, plan, _contacts(case_id, sign, plan, at))]
    if counted:
        escalating.raise_for(case_id=case_id, found=counted, at=at)


def _contacts(case_id: int, sign: Sign, plan: rules.Ladder, at: datetime) -> int:
    """How often the customer came within the rule's hours; counted exactly only where it can matter."""
    rule = plan.rule(rules.REPEATED)
    if sign.trigger != rules.REPEATED or not rule.on:
        return 1
    if rule.hours == DAY and int(sign.words) < rule.number:
        return int(sign.words)
    return channels.inbound_since(("case", case_id), at - timedelta(hours=rule.hours), most=rule.number)


def opened_again(*, case_id: int, customer_id: int, kind: str, at: datetime) -> None:
    """A known customer opened one more case: is it the same matter again? Asked once for a batch of them."""
    if not ladder.current().rule(rules.REPEATED).on:
        return
    thing: Opened = (case_id, customer_id, kind, at)
    if not bus.put_off(look_for_repeats, thing):
        look_for_repeats([thing])


def look_for_repeats(opened: Iterable[Opened]) -> None:
    """Raise the case with which a customer has opened as many of its kind within the hours as the rule says.

    While that waits to be settled further ones raise nothing: whom it concerns has been told of this customer.
    """
    cases, rule = list(opened), ladder.current().rule(rules.REPEATED)
    span = timedelta(hours=rule.hours)
    rows = Case.objects.filter(
        customer_id__in={customer for _pk, customer, _kind, _at in cases},
        opened_at__gt=min(at for *_rest, at in cases) - span,
    )
    known = list(rows.order_by("-id").values_list("customer_id", "kind", "opened_at")[:2_000])
    again = []
    for pk, customer, kind, at in cases:
        times = sum(who == customer and what == kind and at - span < when <= at for who, what, when in known)
        if times >= rule.number:
            again.append((pk, (customer, kind), times, at))
    told = _told_of({customer for _pk, (customer, _kind), *_rest in again}) if again else set()
    for pk, matter, times, at in again:
        if matter not in told:
            told.add(matter)
            escalating.raise_for(case_id=pk, found=[Sign(rules.REPEATED, str(times))], at=at)


def _told_of(customers: Collection[int]) -> set[tuple[int, str]]:
    """Which of these customers' matters, by kind, are raised for coming again and not settled."""
    waiting = Escalation.objects.filter(
        trigger=rules.REPEATED,
        settled_at=None,
        case__customer_id__in=customers,
        case__state__in=states.ACTIVE,
    )
    return set(waiting.values_list("case__customer_id", "case__kind"))
