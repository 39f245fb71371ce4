"""Indexing as a job."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from shouwen.platform.access import now
from shouwen.platform.jobs import enqueue, job
from shouwen.platform.jobs.queries import last_unfinished
from shouwen.platform.search import services
from shouwen.platform.search.registry import KINDS

AGAIN = timedelta(seconds=1)


@job("search.index", label=_("Bring the search up to date"))
def index(*, kind: str, object_id: int) -> None:
    services.index_now(kind, object_id)


@job("search.forget", label=_("Take erased words out of the search"))
def forget(*, upto: int | None = None) -> None:
    """After an erasure: old words leave the indexes and the journal, and not only the answers.

    What is just being indexed, or waits for it, may leave old words behind this: then it is done once more after
    the last of those jobs, whose number is `upto`. Jobs that come later index what is without the words already.
    """
    left = last_unfinished("search.index", upto)
    for kind in KINDS:
        services.tidy(kind)
    services.wipe_journal()
    if left is not None:
        enqueue("search.forget", {"upto": left}, at=now() + AGAIN, key=f"search.forget:{left}")
