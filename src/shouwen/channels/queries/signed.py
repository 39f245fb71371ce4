"""Reads on refused requests of other systems."""

from shouwen.channels.models import SignedRefusal


def refused_requests(source: str, limit: int = 20) -> list[SignedRefusal]:
    """The newest refusals of one source."""
    return list(SignedRefusal.objects.filter(source=source).order_by("-id")[:limit])
