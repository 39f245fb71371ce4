"""A signed list of topics: the event loop checks a signature and asks no database."""

from collections.abc import Iterable

from django.core import signing

from shouwen.platform.access import Actor

SALT = "shouwen.live"
MAX_AGE_SECONDS = 24 * 3600


def token(actor: Actor, topics: Iterable[str]) -> str:
    """Permission for `actor` to hear of `topics` for a day."""
    return signing.dumps({"u": actor.user_id, "t": sorted(set(topics))}, salt=SALT, compress=True)


def topics_of(text: str) -> frozenset[str] | None:
    """The topics of a token; None when it is forged or too old."""
    try:
        return frozenset(signing.loads(text, salt=SALT, max_age=MAX_AGE_SECONDS)["t"])
    except (signing.BadSignature, KeyError, TypeError):
        return None
