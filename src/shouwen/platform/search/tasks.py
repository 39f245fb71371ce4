"""Indexing as a job."""

from django.utils.translation import gettext_lazy as _

from shouwen.platform.jobs import job
from shouwen.platform.search import services
from shouwen.platform.search.registry import KINDS


@job("search.index", label=_("Bring the search up to date"))
def index(*, kind: str, object_id: int) -> None:
    services.index_now(kind, object_id)


@job("search.forget", label=_("Take erased words out of the search"))
def forget() -> None:
    """After an erasure: old words leave the indexes and the journal, and not only the answers."""
    for kind in KINDS:
        services.tidy(kind)
    services.wipe_journal()
