"""Rate limits per token: a bucket that refills, in this process's memory."""

import threading
import time

from django.conf import settings

BURST_SECONDS = 5.0  # of the rate, saved up by who was quiet
_buckets: dict[int, tuple[float, float]] = {}
_lock = threading.Lock()


def allow(
    token_id: int, moment: float | None = None, rate: float | None = None, burst: float | None = None
) -> float:
    """0 when the request may pass, else the seconds to wait."""
    at = time.monotonic() if moment is None else moment
    rate = rate or settings.API_RATE
    burst = burst or max(1.0, rate * BURST_SECONDS)
    with _lock:
        level, since = _buckets.get(token_id, (burst, at))
        level = min(burst, level + (at - since) * rate)
        if level < 1:
            _buckets[token_id] = (level, at)
            return (1 - level) / rate
        _buckets[token_id] = (level - 1, at)
        return 0.0
