"""Figures of this process and its queues, in the Prometheus text format."""

import os
from pathlib import Path

from django.db.models import Count, Min

from shouwen.config import counted
from shouwen.platform.access import now
from shouwen.platform.jobs import sending
from shouwen.platform.jobs.models import Job
from shouwen.platform.ledger.models import Event
from shouwen.platform.live import wires
from shouwen.platform.live.hub import hub


def resident_bytes() -> int:
    """Memory of this process that is in RAM, from /proc (0 where there is none)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _jobs() -> list[str]:
    jobs = dict(Job.objects.values_list("state").annotate(n=Count("id")))
    due = Job.objects.filter(state="queued", run_at__lte=now()).aggregate(since=Min("run_at"))["since"]
    waits = (now() - due).total_seconds() if due else 0
    return [
        "# TYPE shouwen_jobs gauge",
        *(f'shouwen_jobs{{state="{state}"}} {jobs.get(state, 0)}' for state in ("queued", "running", "dead")),
        "# TYPE shouwen_jobs_oldest_seconds gauge",
        f"shouwen_jobs_oldest_seconds {waits:.1f}",
    ]


def _lines_to_others() -> list[str]:
    told = ["# TYPE shouwen_live_wire_up gauge", f"shouwen_live_wire_up {int(wires.connected())}"]
    if (broker := sending.broker()) is not None:
        told += [
            "# TYPE shouwen_broker_up gauge",
            f"shouwen_broker_up {int(broker.reachable)}",
            "# TYPE shouwen_broker_messages gauge",
            f"shouwen_broker_messages {broker.depth}",
        ]
    return told


def text() -> str:
    usage = os.times()
    lines = [
        "# TYPE shouwen_memory_bytes gauge",
        f"shouwen_memory_bytes {resident_bytes()}",
        "# TYPE shouwen_cpu_seconds_total counter",
        f"shouwen_cpu_seconds_total {usage.user + usage.system:.2f}",
        *counted.lines(),
        "# TYPE shouwen_live_streams gauge",
        f"shouwen_live_streams {hub.count()}",
        *_lines_to_others(),
        *_jobs(),
        "# TYPE shouwen_events_pending gauge",
        f"shouwen_events_pending {Event.objects.filter(pending=True).count()}",
    ]
    return "\n".join(lines) + "\n"
