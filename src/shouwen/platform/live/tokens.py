"""A signed list of topics: what a page may hear of is decided when it is drawn, not when it listens."""

from collections.abc import Iterable
from dataclasses import dataclass
from time import time

from django.core import signing

from shouwen.platform.access import Actor

SALT = "shouwen.live"
MAX_AGE_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Token:
    user_id: int | None
    topics: frozenset[str]
    age: float = 0.0
    """Seconds since it was made with its page, at least."""


def token(actor: Actor, topics: Iterable[str]) -> str:
    """Permission for `actor` to hear of `topics` for a day."""
    return signing.dumps({"u": actor.user_id, "t": sorted(set(topics))}, salt=SALT, compress=True)


def read(text: str) -> Token | None:
    """What a token permits; None when it is forged or too old."""
    try:
        content = signing.loads(text, salt=SALT, max_age=MAX_AGE_SECONDS)
    except signing.BadSignature:
        return None
    made = signing.b62_decode(text.rsplit(":", 2)[1])
    return Token(content["u"], frozenset(content["t"]), max(0.0, time() - made))
