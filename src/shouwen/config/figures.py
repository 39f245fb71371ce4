"""Figures of this process and its queues, in the Prometheus text format."""

import os
from pathlib import Path

from django.db.models import Count

from shouwen.platform.jobs.models import Job
from shouwen.platform.ledger.models import Event


def resident_bytes() -> int:
    """Memory of this process that is in RAM, from /proc (0 where there is none)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def text() -> str:
    jobs = dict(Job.objects.values_list("state").annotate(n=Count("id")))
    lines = [
        "# TYPE shouwen_memory_bytes gauge",
        f"shouwen_memory_bytes {resident_bytes()}",
        "# TYPE shouwen_jobs gauge",
        *(f'shouwen_jobs{{state="{state}"}} {jobs.get(state, 0)}' for state in ("queued", "running", "dead")),
        "# TYPE shouwen_events_pending gauge",
        f"shouwen_events_pending {Event.objects.filter(pending=True).count()}",
    ]
    return "\n".join(lines) + "\n"
