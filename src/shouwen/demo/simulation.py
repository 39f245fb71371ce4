"""Live simulation: while the switch is on, new demonstration contacts arrive through the product's own doors."""

import random
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from shouwen.cases import queries, services
from shouwen.cases.models import Case
from shouwen.channels import services as channels
from shouwen.customers.models import Customer
from shouwen.demo import company
from shouwen.demo.dice import Dice
from shouwen.demo.texts import plots
from shouwen.platform import preferences
from shouwen.platform.access import SYSTEM, customer_actor, now
from shouwen.platform.jobs import every
from shouwen.platform.preferences import services as preference_services

SECONDS = 20


def start() -> None:
    """Turn the switch on (`shouwen up --simulate`)."""
    preference_services.change(values={"demo.simulation": True}, at=now(), by=SYSTEM)


@every("demo.simulate", seconds=SECONDS, label=_("Let demonstration contacts arrive"))
def simulate(*, at: datetime) -> None:
    if not preferences.get("demo.simulation"):
        return
    dice = Dice(random.SystemRandom().randint(0, 2**31))
    waiting = (
        Case.objects.filter(awaiting="customer", active=True, channel="email").order_by("-last_at").first()
    )
    if waiting is not None and dice.random() < 0.4:
        follow_up(case=waiting, dice=dice, at=at)
    else:
        arrive(dice=dice, at=at)


def arrive(*, dice: Dice, at: datetime) -> Case | None:
    """A new contact of a known demonstration customer."""
    ids = list(Customer.objects.filter(kind="person").values_list("pk", flat=True)[:400])
    if not ids:
        return None
    customer = Customer.objects.get(pk=dice.choice(ids))
    plot = dice.choice(plots.PLOTS)
    slots = dice.slots(customer.name, dice.choice(company.MACHINES), "", plot.parts)
    contact = customer.contacts.filter(kind="email").first()
    return services.open_case(
        subject=plot.subject.format(**slots),
        text=plot.opening.format(**slots),
        channel="email",
        customer=customer,
        message={"address": contact.value if contact else ""},
        at=at,
        by=customer_actor(customer.pk, customer.name),
    )


def follow_up(*, case: Case, dice: Dice, at: datetime) -> None:
    """A customer we wait for answers."""
    text = dice.choice(("好的，收到。", "照片已经补发，请查收。", "请问师傅几点到？", "谢谢，等你们消息。"))
    locked = queries.by_pk(case.pk)
    if locked is None:
        return
    channels.receive(
        channel=case.channel,
        customer_id=case.customer_id,
        subject=case.subject,
        text=text,
        author_name=case.customer.name,
        at=at,
    )
    services.receive(case=locked, text=text, channel=case.channel, at=at)
