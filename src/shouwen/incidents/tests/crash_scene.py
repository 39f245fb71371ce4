"""One act of a play about kill -9, run as a process of its own: `python -m shouwen.incidents.tests.crash_scene ACT …`."""

import json
import os
import signal
import sys
from collections import Counter
from typing import Any


def _kill(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _prepare(cases: str) -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from shouwen.cases.testing import AT, furnished
    from shouwen.incidents import services
    from shouwen.incidents.testing import MINUTE, a_lead, affected, an_incident

    furnished()
    lead = a_lead()
    incident = an_incident(*[affected(n) for n in range(1, int(cases) + 1)], by=lead)
    services.publish(
        incident_id=incident.pk,
        text="正在抢修",
        estimate_at=AT + 300 * MINUTE,
        at=AT + MINUTE,
        by=lead,
    )


def _send(after: str) -> None:
    """Tell until `after` customers have been told in this process, then die before their transaction ends."""
    from shouwen.cases.testing import AT
    from shouwen.incidents.models import Update
    from shouwen.incidents.services import telling
    from shouwen.incidents.testing import MINUTE

    left = int(after)
    whole = telling._followed

    def counted(*given: Any) -> None:
        nonlocal left
        left -= 1
        whole(*given)
        if left == 0:
            _kill()

    telling._followed = counted
    (update,) = Update.objects.all()
    while telling.send_batch(update_id=update.pk, at=AT + 2 * MINUTE):
        pass


def _state() -> None:
    from shouwen.channels.models import Message
    from shouwen.incidents.models import Told, Update
    from shouwen.platform.jobs.models import Job
    from shouwen.promises.models import Promise

    told = Counter(Message.objects.filter(kind="incident").values_list("subject_id", flat=True))
    owed = Counter(Promise.objects.values_list("subject_id", flat=True))
    print(
        json.dumps(
            {
                "told": sorted(told.values()),
                "promised": sorted(owed.values()),
                "rows": Told.objects.count(),
                "finished": Update.objects.get().finished_at is not None,
                "queued": Job.objects.filter(name="incidents.send").count(),
            }
        )
    )


if __name__ == "__main__":
    import django

    django.setup()
    {"prepare": _prepare, "send": _send, "state": _state}[sys.argv[1]](*sys.argv[2:])
