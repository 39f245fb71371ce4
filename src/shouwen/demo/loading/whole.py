"""The whole demonstration company, in one transaction: it is there, or nothing of it is."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from shouwen.customers import queries as customers
from shouwen.demo.dice import Dice
from shouwen.demo.loading import (
    cases,
    complaints,
    hard,
    history,
    knowledge,
    offering,
    outages,
    rules,
    service,
    stories,
    structure,
    ways,
)
from shouwen.platform.search.services import put, words_of

SEED = 20260101


@transaction.atomic
def load(*, at: datetime, say: Callable[[str], None] = lambda text: None) -> None:
    """Load everything as of `at`. The database must be empty but for what every installation starts with."""
    dice = Dice(SEED)
    say("  staff, teams, customers …")
    world = structure.build(at, dice)
    ways.open_ways(world, at)
    rules.build(world, at)
    say(f"  {len(world.customers)} customers; three months of contacts …")
    told = stories.tell(world, at, dice)
    broken_now, broken_then = outages.retell(told, at)
    knowing = Dice(SEED)  # its own, so that the stories stay as they are
    knowledge.point_to(told, knowledge.build(world, at, knowing), settings.PUBLIC_URL, knowing)
    repairs = offering.build(at)
    cases.write(told, world, repairs)
    service.write(told, world, at)
    service.trouble(told, world, at)
    outages.write(broken_now, broken_then, told, world, at)
    offering.look_back(told, at)
    knowledge.say(told, at)
    complaints.write(told, world, at, Dice(SEED))
    hard.write(told, world, at)
    say("  ledger and search index …")
    history.write(told)
    history.index(told)
    docs = [(customer.pk, customers.search_doc(customer.pk)) for customer in world.customers]
    put("customer", [(pk, words_of(doc)) for pk, doc in docs if doc is not None])
