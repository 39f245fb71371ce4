"""A case opens: from a customer's own words, or registered by who was asked at the phone or the desk."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import permissions, queries
from shouwen.cases.events import CaseOpened
from shouwen.cases.models import Case, State
from shouwen.cases.rules import intake, ladder, states
from shouwen.cases.rules.priority import priority
from shouwen.cases.services import feeling, recording
from shouwen.channels import kinds as channel_kinds
from shouwen.channels import services as channels
from shouwen.customers import queries as customers
from shouwen.customers import services as customer_services
from shouwen.customers.models import Customer
from shouwen.kernel.errors import Invalid
from shouwen.platform.access import Actor, require
from shouwen.promises import services as promises

LEVELS = (1, 2, 3)
MOST_TEXT = 100_000  # as far as a message keeps words: more would be cut without a raw mail that has the rest


def _checked(subject: str, text: str, kind: str, channel: str) -> tuple[str, str]:
    text = states.text(text, "body", most=MOST_TEXT)
    subject = (
        " ".join(states.text(subject, "subject", most=2_000).split())[:300] or recording.last_words(text)[:80]
    )
    if not subject:
        raise Invalid(_("Say what it is about."), field="subject")
    if channel not in channel_kinds.codes():
        raise Invalid(_("There is no such channel."), field="channel")
    if kind and kind not in queries.kinds():
        raise Invalid(_("There is no such kind of case."), field="kind")
    return subject, text


def _level(given: int | None, proposed: int | None, field: str) -> int:
    level = given if given is not None else proposed if proposed is not None else 2
    if level not in LEVELS:
        raise Invalid(_("Choose 1, 2 or 3."), field=field)
    return level


def _default_kind() -> str:
    known = queries.active_kinds()
    return (
        "consultation" if any(k.code == "consultation" for k in known) else known[0].code if known else "help"
    )


@transaction.atomic
def open_case(
    *,
    subject: str,
    text: str,
    channel: str,
    customer: Customer,
    at: datetime,
    by: Actor,
    kind: str = "",
    impact: int | None = None,
    urgency: int | None = None,
    team_id: int | None = None,
    service_item_id: int | None = None,
    asset_id: int | None = None,
    fields: Mapping[str, Any] | None = None,
    message: Mapping[str, Any] | None = None,
    attachments: Iterable[Any] = (),
    new_customer: bool = False,
    automatic: bool = False,
    owner_id: int | None = None,
) -> Case:
    """Open a case with the customer's first words.

    What is not given is proposed by the intake rules. `message` holds further arguments of
    `channels.services.receive` (html, address, external_id …). With `owner_id` it is owned at once:
    who was asked first at the phone or the desk. Seven statements for a known customer.
    """
    subject, text = _checked(subject, text, kind, channel)
    proposal = intake.propose(
        queries.intake_rules(), subject=subject, text=text, channel=channel, tier=customer.tier
    )
    weights = _level(impact, proposal.impact, "impact"), _level(urgency, proposal.urgency, "urgency")
    case = Case(
        subject_line=subject,
        kind=kind or proposal.kind or _default_kind(),
        channel=channel,
        customer=customer,
        state=State.OPEN if owner_id else State.NEW,
        owner_id=owner_id,
        owned_since=at if owner_id else None,
        first_asked_id=owner_id,
        team_id=team_id or proposal.team_id or next(iter(sorted(by.team_ids)), None),
        service_item_id=service_item_id,
        asset_id=asset_id,
        impact=weights[0],
        urgency=weights[1],
        priority=priority(*weights, customer.tier),
        tier=customer.tier,
        opened_at=at,
        awaiting_since=at,
        last_at=at,
        tags=proposal.tags,
        fields=dict(fields or {}),
        emotion=feeling.of(text),
    )
    recording.said(case, text=text or subject, direction="inbound", author=customer.name, at=at)
    clocks = promises.plan_clocks(
        case_kind=case.kind,
        tier=case.tier,
        channel=channel,
        item_id=service_item_id,
        team_id=case.team_id,
        at=at,
    )
    if clocks:
        case.due_at, case.due_sort = clocks[0].due_at, clocks[0].sort
    promises.insert_with_clocks(case, clocks, kind="case")
    first = _first_message(case, text=text or subject, attachments=attachments, details=message, at=at, by=by)
    heard = None if automatic else ladder.packed(ladder.heard(text, "", case.emotion))
    rule_ids = proposal.rule_ids or None
    fact = CaseOpened(
        case.pk, case.kind, channel, customer.pk, first.pk, new_customer, automatic, rule_ids, heard
    )
    recording.announce(case, fact, by=by, at=at)
    case.first_message_id = first.pk
    return case


def _first_message(
    case: Case,
    *,
    text: str,
    attachments: Iterable[Any],
    details: Mapping[str, Any] | None,
    at: datetime,
    by: Actor,
) -> Any:
    return channels.receive(
        channel=case.channel,
        customer_id=case.customer_id,
        subject=case.subject,
        text=text,
        attachments=attachments,
        at=at,
        by=by,
        new_subject=True,
        announce=False,
        **{"author_name": case.customer.name, "title": case.subject_line, **(details or {})},
    )


def start_clocks(case: Case, at: datetime) -> None:
    """Clocks for a case that is there already; it shows the nearest of them."""
    clocks = promises.start_clocks(
        subject=case.subject,
        case_kind=case.kind,
        tier=case.tier,
        channel=case.channel,
        item_id=case.service_item_id,
        team_id=case.team_id,
        at=at,
    )
    if clocks:
        case.due_at, case.due_sort = clocks[0].due_at, clocks[0].sort
        Case.objects.filter(pk=case.pk).update(due_at=case.due_at, due_sort=case.due_sort)


@transaction.atomic
def register_contact(*, channel: str, at: datetime, by: Actor, **given: Any) -> Case:
    """Who is asked at the phone or the desk owns it from this moment (首问负责制)."""
    require(by, permissions.WORK)
    return open_case(channel=channel, at=at, by=by, owner_id=by.user_id, **given)


def caller(
    *,
    at: datetime,
    by: Actor,
    customer_id: int | None = None,
    name: str = "",
    email: str | None = None,
    phone: str | None = None,
) -> tuple[Customer, bool]:
    """Who asks: a known customer by id or address, or a new one; and whether it is new."""
    if customer_id is not None:
        return customers.current(customers.get(customer_id, by).pk), False
    if not (name.strip() or email or phone):
        raise Invalid(_("Say who asks: a name, a mail address or a number."), field="customer.name")
    try:
        return customer_services.recognise(name=name, email=email, phone=phone, at=at, by=by, announce=False)
    except Invalid as fault:
        raise Invalid(fault.sentence, field=f"customer.{fault.field or 'name'}") from None
