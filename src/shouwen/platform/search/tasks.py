"""Indexing as a job."""

from shouwen.platform.jobs import job
from shouwen.platform.search import services
from shouwen.platform.search.registry import KINDS


@job("search.index")
def index(*, kind: str, object_id: int) -> None:
    services.index_now(kind, object_id)


@job("search.forget")
def forget() -> None:
    """After an erasure: old words leave the indexes and the journal, and not only the answers."""
    for kind in KINDS:
        services.tidy(kind)
    services.wipe_journal()
