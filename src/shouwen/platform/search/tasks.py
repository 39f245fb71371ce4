"""Indexing as a job."""

from shouwen.platform.jobs import job
from shouwen.platform.search import services


@job("search.index")
def index(*, kind: str, object_id: int) -> None:
    services.index_now(kind, object_id)
