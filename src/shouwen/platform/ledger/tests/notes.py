"""A fact for these tests, and a hearer that writes what it heard into a table, so that transactions show."""

import os
import signal
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from shouwen.kernel.events import Fact, fact
from shouwen.platform.access import SYSTEM
from shouwen.platform.jobs.models import Schedule
from shouwen.platform.ledger import bus

AT = datetime(2026, 3, 31, 8, 0, tzinfo=UTC)


@fact("ledger_test.noted")
class Noted(Fact):
    number: int
    word: str = ""


def note(number: int, **more: Any) -> int:
    with transaction.atomic():
        subjects = [("case", number), ("customer", 7)]
        return bus.announce(Noted(number=number, **more), subjects=subjects, by=SYSTEM, at=AT)


def write_down(fact: Noted, ctx: bus.Context) -> None:
    """Some table that is there anyway holds what was heard."""
    Schedule.objects.create(name=f"heard-{ctx.event_id}-{fact.number}", next_at=ctx.at)


def heard() -> list[int]:
    names = Schedule.objects.filter(name__startswith="heard-").order_by("pk").values_list("name", flat=True)
    return [int(name.rsplit("-", 1)[1]) for name in names]


def die(*_anything: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
