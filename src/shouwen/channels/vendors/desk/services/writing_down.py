"""A visit becomes an interaction: on the register page, or by a word at the counter when it was quickly done."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.channels import intake, policies, rules
from shouwen.channels.intake import Inbound
from shouwen.channels.models.counter import Visit, VisitState
from shouwen.channels.services.conversations import receive
from shouwen.channels.sheets import Written
from shouwen.channels.vendors.desk import queries
from shouwen.channels.vendors.desk.rules import must_be
from shouwen.customers.services import recognise
from shouwen.kernel.errors import Invalid
from shouwen.platform.access import Actor, ensure


@transaction.atomic
def take_down(
    *, visit_id: int, said: str, name: str = "", phone: str = "", at: datetime, by: Actor
) -> tuple[str, int]:
    """A word about a visit, without the register page; who served first owns it. A visitor who gave no name is
    kept under the number."""
    visit = queries.visit(visit_id)
    Visit.objects.select_for_update().get(pk=visit.pk)
    ensure(policies.may_work_on_visit, by, visit)
    must_be(visit.state, VisitState.SERVING)
    if visit.subject is not None:
        return visit.subject
    if not said.strip():
        raise Invalid(_("Write down in a word what it was about."), field="said")
    number = phone.strip() or visit.phone
    who = name.strip() or _("Visitor %(number)s, %(day)s") % {"number": visit.label, "day": visit.day}
    customer, is_new = recognise(name=str(who), phone=number or None, at=at, by=by)
    inbound = Inbound(
        channel="desk",
        at=at,
        customer_id=customer.pk,
        customer=customer,
        new_customer=is_new,
        team_id=visit.hall.team_id,
        owner_id=visit.first_staff_id,
        from_name=customer.name,
        title=visit.matter.name,
        text=said.strip()[: rules.MOST_TEXT],
        meta={"visit": kept(visit)},
    )
    taken = intake.offer(inbound)
    if taken.message_id is None:
        receive(
            channel="desk",
            customer_id=customer.pk,
            subject=taken.subject,
            title=inbound.title,
            text=inbound.text,
            author_name=customer.name,
            new_subject=taken.result == rules.OPENED,
            meta=inbound.meta,
            at=at,
        )
    _join(visit, taken.subject)
    return taken.subject


@transaction.atomic
def written_down(*, visit_id: int, contact: Written, at: datetime, by: Actor) -> None:
    """Join a visit and what was written about it on the register page."""
    visit = Visit.objects.select_for_update().get(pk=queries.visit(visit_id).pk)
    ensure(policies.may_work_on_visit, by, visit)
    _join(visit, contact.subject)


def _join(visit: Visit, subject: tuple[str, int]) -> None:
    visit.subject_kind, visit.subject_id = subject
    visit.save(update_fields=["subject_kind", "subject_id"])


def kept(visit: Visit) -> dict[str, Any]:
    """What a message keeps of a visit."""
    waited = (visit.called_at - visit.taken_at).total_seconds() if visit.called_at else 0
    return {"id": visit.pk, "number": visit.label, "waited": int(waited)}
