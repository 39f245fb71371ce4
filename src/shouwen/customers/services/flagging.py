"""Caution flags: set, reviewed, ended, or running out by themselves."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.customers import policies, queries, rules
from shouwen.customers.events import CustomerFlagged, FlagEnded, FlagHeard, FlagReviewed
from shouwen.customers.models import CautionFlag
from shouwen.kernel.errors import Invalid, Refused
from shouwen.platform.access import SYSTEM, Actor, ensure
from shouwen.platform.ledger import bus

MOST_WORDS = 2000


@transaction.atomic
def flag(
    *,
    customer_id: int,
    reason: str,
    review_on: date,
    expires_at: datetime,
    at: datetime,
    by: Actor,
    evidence: str,
) -> CautionFlag:
    """Prepare the next colleague. Every flag has evidence, an end, and a review before it."""
    customer = queries.locked(customer_id)
    ensure(policies.may_flag, by, customer)
    rules.check_flag(reason=reason, evidence=evidence, review_on=review_on, expires_at=expires_at, at=at)
    made = CautionFlag.objects.create(
        customer=customer,
        reason=reason.strip()[:200],
        evidence=evidence.strip(),
        set_by=by.user_id,
        set_by_name=by.name[:80],
        set_at=at,
        review_on=review_on,
        expires_at=expires_at,
    )
    bus.announce(
        CustomerFlagged(customer_id=customer.pk, flag_id=made.pk, reason=made.reason),
        subjects=[customer.subject],
        by=by,
        at=at,
    )
    return made


@transaction.atomic
def hear_customer(*, flag_id: int, words: str, at: datetime, by: Actor) -> CautionFlag:
    """What the customer says to it. From now on its review is due, and by somebody else than who set it."""
    found = queries.flag(flag_id)
    ensure(policies.may_flag, by, found.customer)
    _must_be_active(found, at)
    said = words.strip()
    if not said or len(said) > MOST_WORDS:
        raise Invalid(
            _("Write down what the customer says, in at most %(most)s characters.") % {"most": MOST_WORDS},
            field="words",
        )
    found.heard_words, found.heard_at, found.heard_by_name = said, at, by.name[:80]
    found.review_on = min(found.review_on, at.date())
    found.save(update_fields=["heard_words", "heard_at", "heard_by_name", "review_on"])
    bus.announce(
        FlagHeard(customer_id=found.customer_id, flag_id=found.pk, reason=found.reason),
        subjects=[found.customer.subject],
        by=by,
        at=at,
    )
    return found


@transaction.atomic
def review_flag(
    *, flag_id: int, review_on: date, expires_at: datetime, at: datetime, by: Actor, reason: str = ""
) -> CautionFlag:
    """Looked at again: it stays, until a new day, for the old reason or a better one."""
    found = queries.flag(flag_id)
    ensure(policies.may_flag, by, found.customer)
    _must_be_active(found, at)
    if found.objected and found.set_by is not None and found.set_by == by.user_id:
        raise Refused(_("The customer objects, and you set this flag: somebody else has to look at it."))
    wanted = reason.strip() or found.reason
    rules.check_flag(
        reason=wanted, evidence=found.evidence or wanted, review_on=review_on, expires_at=expires_at, at=at
    )
    before = {"review_on": found.review_on.isoformat(), "expires_at": found.expires_at.isoformat()}
    found.reason, found.review_on, found.expires_at = wanted[:200], review_on, expires_at
    found.reviewed_at, found.reviewed_by_name = at, by.name[:80]
    found.save(update_fields=["reason", "review_on", "expires_at", "reviewed_at", "reviewed_by_name"])
    bus.announce(
        FlagReviewed(customer_id=found.customer_id, flag_id=found.pk, reason=found.reason),
        subjects=[found.customer.subject],
        by=by,
        at=at,
        before=before,
        after={"review_on": review_on.isoformat(), "expires_at": expires_at.isoformat()},
    )
    return found


@transaction.atomic
def end_flag(*, flag_id: int, reason: str, at: datetime, by: Actor) -> CautionFlag:
    found = queries.flag(flag_id)
    ensure(policies.may_flag, by, found.customer)
    _must_be_active(found, at)
    _end(found, reason=reason, at=at, by=by, expired=False)
    return found


def expire_flags(*, at: datetime) -> int:
    """End what has run out, each in its own transaction; returns how many."""
    due = CautionFlag.objects.filter(ended_at__isnull=True, expires_at__lte=at).select_related("customer")
    for found in due.order_by("id")[:500]:
        with transaction.atomic():
            _end(found, reason="", at=at, by=SYSTEM, expired=True)
    return len(due)


def _end(found: CautionFlag, *, reason: str, at: datetime, by: Actor, expired: bool) -> None:
    found.ended_at, found.ended_reason = (found.expires_at if expired else at), reason.strip()[:200]
    found.save(update_fields=["ended_at", "ended_reason"])
    bus.announce(
        FlagEnded(customer_id=found.customer_id, flag_id=found.pk, reason=found.reason, expired=expired),
        subjects=[found.customer.subject],
        by=by,
        at=at,
    )


def _must_be_active(found: CautionFlag, at: datetime) -> None:
    if not found.active(at):
        raise Refused(_("This flag has ended already."))
