"""Rate limits per token: a bucket that refills, in this process's memory."""

import threading
import time

RATE_PER_SECOND = 200.0
BURST = 1000.0
_buckets: dict[int, tuple[float, float]] = {}
_lock = threading.Lock()


def allow(
    token_id: int, moment: float | None = None, rate: float | None = None, burst: float | None = None
) -> float:
    """0 when the request may pass, else the seconds to wait."""
    at = time.monotonic() if moment is None else moment
    rate, burst = rate or RATE_PER_SECOND, burst or BURST
    with _lock:
        level, since = _buckets.get(token_id, (burst, at))
        level = min(burst, level + (at - since) * rate)
        if level < 1:
            _buckets[token_id] = (level, at)
            return (1 - level) / rate
        _buckets[token_id] = (level - 1, at)
        return 0.0
