"""Signed requests of other systems: HMAC-SHA256 over "<timestamp>.<body>", in a window, once.

The sender puts two headers on a request: X-Shouwen-Timestamp, the seconds since 1970, and
X-Shouwen-Signature, the hexadecimal HMAC-SHA256 of the timestamp, a full stop and the body, with the secret
that both sides know ("sha256=" may stand before it). Plain values only; what was seen before is kept by
`services.admitting`.
"""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

TIMESTAMP, SIGNATURE = "X-Shouwen-Timestamp", "X-Shouwen-Signature"
# Long enough for clocks that go wrong by a minute or two and for a slow line, short for who listens in.
WINDOW = timedelta(minutes=5)
MOST_BODY = 256 * 1024

UNSIGNED, BAD_TIME, OLD, WRONG, REPLAYED = "unsigned", "bad_time", "old", "wrong", "replayed"


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """The signature of `body` sent at `timestamp`, in hexadecimal."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def fault(*, secret: str, timestamp: str, signature: str, body: bytes, at: datetime) -> str:
    """What is wrong with a signed request: "" when nothing is. Compares in constant time."""
    given = signature.strip().lower().removeprefix("sha256=")
    if not given or not timestamp.strip():
        return UNSIGNED
    if not hmac.compare_digest(sign(secret, timestamp, body).encode(), given.encode()):
        return WRONG
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 11):
        return BAD_TIME
    return "" if abs(at - datetime.fromtimestamp(int(timestamp), UTC)) <= WINDOW else OLD


def mark(signature: str) -> str:
    """By what a request is known again."""
    return hashlib.sha256(signature.strip().lower().removeprefix("sha256=").encode()).hexdigest()
