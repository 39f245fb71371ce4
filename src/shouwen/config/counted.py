"""Counts the answers of this process. Touched by the event loop's thread only, so that counting needs no lock."""

from bisect import bisect_left
from collections import Counter

import structlog

from shouwen.config.environment import ACCESS_LOG

log = structlog.get_logger("shouwen.requests")
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

answers: Counter[tuple[str, int]] = Counter()
slower = [0] * (len(BOUNDS) + 1)
seconds_in_all = 0.0


def note(method: str, path: bytes, status: int, seconds: float) -> None:
    """An answer with `status` took `seconds`."""
    global seconds_in_all  # noqa: PLW0603
    answers[method if method in METHODS else "other", status] += 1
    slower[bisect_left(BOUNDS, seconds)] += 1
    seconds_in_all += seconds
    if ACCESS_LOG:
        log.info(
            "answered", method=method, path=path.decode("latin-1"), status=status, seconds=round(seconds, 4)
        )


def lines() -> list[str]:
    """In the Prometheus text format."""
    told = ["# TYPE shouwen_requests_total counter"]
    for (method, status), count in sorted(answers.items()):
        told.append(f'shouwen_requests_total{{method="{method}",status="{status}"}} {count}')
    told.append("# TYPE shouwen_request_seconds histogram")
    count = 0
    for bound, here in zip((*BOUNDS, "+Inf"), slower, strict=True):
        count += here
        told.append(f'shouwen_request_seconds_bucket{{le="{bound}"}} {count}')
    return [
        *told,
        f"shouwen_request_seconds_sum {seconds_in_all:.6f}",
        f"shouwen_request_seconds_count {count}",
    ]
