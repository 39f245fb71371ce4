"""What is set up: the path, the authority matrix, the policy library, templates, budgets. Each change is a version."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.complaints import policies, queries
from shouwen.complaints.events import ComplaintSettingChanged
from shouwen.complaints.models import (
    AuthorityLimit,
    Basis,
    BasisSort,
    Budget,
    ExplanationTemplate,
    Period,
    Remedy,
    StageSetting,
)
from shouwen.complaints.rules import facts
from shouwen.complaints.rules.remedies import check_amounts
from shouwen.kernel.errors import Invalid
from shouwen.platform.access import Actor, ensure
from shouwen.platform.access.permissions import ROLES
from shouwen.platform.ledger import bus

LONGEST_MINUTES = 400 * 24 * 60


def changed(
    what: str,
    row: Any,
    name: str,
    *,
    before: dict[str, Any] | None,
    after: dict[str, Any],
    by: Actor,
    at: datetime,
) -> None:
    if before == after:
        return
    fact = ComplaintSettingChanged(what, row.pk, name)
    bus.announce(fact, subjects=[row.subject], by=by, at=at, before=before, after=after)


def _roles(roles: Iterable[str]) -> list[str]:
    wanted = sorted(set(roles))
    if not wanted or not set(wanted) <= set(ROLES):
        raise Invalid(_("Choose at least one of the listed roles."), field="roles")
    return wanted


@transaction.atomic
def set_stage(*, stage: str, minutes: int, roles: Iterable[str], at: datetime, by: Actor) -> StageSetting:
    """How many working minutes a stage may take (0: no clock), and who may pass it."""
    ensure(policies.may_configure, by)
    row = queries.stage_setting(stage)
    if not 0 <= minutes <= LONGEST_MINUTES:
        raise Invalid(
            _("Enter a number from %(least)s to %(most)s.") % {"least": 0, "most": LONGEST_MINUTES},
            field="minutes",
        )
    before = {"minutes": row.minutes, "roles": row.roles}
    row.minutes, row.roles = minutes, _roles(roles)
    row.save()
    after = {"minutes": row.minutes, "roles": row.roles}
    changed("stage", row, row.get_stage_display(), before=before, after=after, by=by, at=at)
    return row


@transaction.atomic
def set_limit(
    *, role: str, remedy: str, each: int, together: int, period: str, at: datetime, by: Actor
) -> AuthorityLimit:
    """One cell of the matrix. Zero takes the authority away."""
    ensure(policies.may_configure, by)
    errors: dict[str, Any] = {}
    for name, value, known in (
        ("role", role, ROLES),
        ("remedy", remedy, Remedy.values),
        ("period", period, Period.values),
    ):
        if value not in known:
            errors[name] = _("Choose one of the listed values.")
    if each > together:
        errors["together"] = _("Altogether cannot be less than at once.")
    if errors:
        raise Invalid(_("Please look at the marked fields."), errors=errors)
    check_amounts(each=each, together=together)
    row = AuthorityLimit.objects.select_for_update().filter(role=role, remedy=remedy).first()
    before = {"each": row.each, "together": row.together, "period": row.period} if row else None
    row = row or AuthorityLimit(role=role, remedy=remedy)
    row.each, row.together, row.period = each, together, period
    row.save()
    after = {"each": each, "together": together, "period": period}
    name = f"{ROLES[role]} · {row.get_remedy_display()}"
    changed("limit", row, name, before=before, after=after, by=by, at=at)
    return row


@transaction.atomic
def save_basis(
    *,
    basis_id: int | None = None,
    sort: str,
    title: str,
    source: str,
    clause: str = "",
    text: str,
    valid_from: date | None,
    valid_to: date | None = None,
    active: bool = True,
    at: datetime,
    by: Actor,
) -> Basis:
    """An entry of the policy library. Findings keep the words they rested on."""
    ensure(policies.may_configure, by)
    errors: dict[str, Any] = {}
    if sort not in BasisSort.values:
        errors["sort"] = _("Choose one of the listed values.")
    if valid_from is None:
        errors["valid_from"] = _("Fill this in.")
    elif valid_to is not None and valid_to < valid_from:
        errors["valid_to"] = _("The last day lies before the first.")
    if errors or valid_from is None:
        raise Invalid(_("Please look at the marked fields."), errors=errors)
    row = queries.basis(basis_id) if basis_id is not None else Basis()
    before = _basis_values(row) if basis_id is not None else None
    row.sort, row.active = sort, active
    row.title, row.source = facts.text(title, "title", most=160), facts.text(source, "source", most=200)
    row.clause, row.text = facts.text(clause, "clause", least=0, most=80), facts.text(text, "text", most=6000)
    row.valid_from, row.valid_to, row.updated_at = valid_from, valid_to, at
    row.save()
    changed("basis", row, row.title, before=before, after=_basis_values(row), by=by, at=at)
    return row


def _basis_values(row: Basis) -> dict[str, Any]:
    return {
        "sort": row.sort,
        "title": row.title,
        "source": row.source,
        "clause": row.clause,
        "text": row.text,
        "valid_from": row.valid_from.isoformat(),
        "valid_to": row.valid_to.isoformat() if row.valid_to else None,
        "active": row.active,
    }


@transaction.atomic
def save_template(
    *, template_id: int, text: str, hint: str = "", at: datetime, by: Actor
) -> ExplanationTemplate:
    """How one of the four explanations is said."""
    ensure(policies.may_configure, by)
    row = queries.explanation_template(template_id)
    before = {"text": row.text, "hint": row.hint}
    row.text, row.hint = facts.text(text, "text"), facts.text(hint, "hint", least=0, most=2000)
    row.save()
    after = {"text": row.text, "hint": row.hint}
    changed("explanation", row, row.get_sort_display(), before=before, after=after, by=by, at=at)
    return row


@transaction.atomic
def set_budget(*, month: date | None, amount: int, at: datetime, by: Actor) -> Budget:
    """What may be granted in a month altogether."""
    ensure(policies.may_configure, by)
    if month is None:
        raise Invalid(_("Fill this in."), field="month")
    check_amounts(amount=amount)
    first = month.replace(day=1)
    row = Budget.objects.select_for_update().filter(month=first).first()
    before = {"amount": row.amount} if row else None
    row = row or Budget(month=first)
    row.amount = amount
    row.save()
    changed("budget", row, f"{first:%Y-%m}", before=before, after={"amount": amount}, by=by, at=at)
    return row
