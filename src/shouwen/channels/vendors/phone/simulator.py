"""A day of calls as a telephone system reports them, for trying things out: by real requests, signed.

`day` makes the events from a seed, so that the same seed is the same day; `play` sends them. Some arrive out
of order, some twice, as they do from real telephone systems.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import httpx

from shouwen.channels import signing

OUT_OF_ORDER, TWICE = 0.08, 0.04  # shares of events
ABANDONED, HELD, PASSED_ON, OUTGOING, RECORDED = 0.18, 0.3, 0.08, 0.15, 0.6  # shares of calls
DAY = timedelta(hours=9)


@dataclass(frozen=True)
class Sent:
    """One event and when it leaves the telephone system, in seconds since the day began."""

    leaves: float
    body: dict[str, Any]


@dataclass(frozen=True)
class Setting:
    """What the calls are made of: numbers that call, lines that are dialled, extensions that ring."""

    numbers: Sequence[str]
    lines: Sequence[str]
    extensions: Sequence[str]


def day(*, calls: int, seed: int, begins: datetime, setting: Setting, mark: str = "") -> list[Sent]:
    """The events of `calls` calls over nine hours from `begins`, in the order in which they are sent.

    Callers who give up try again or are called back later in the day, so that promises are kept.
    """
    dice = random.Random(seed)  # noqa: S311  a game, no secret
    starts = sorted(dice.uniform(0, DAY.total_seconds()) for _n in range(calls))
    sent: list[Sent] = []
    missed: list[str] = []
    for count, start in enumerate(starts):
        name = f"sim{mark}-{seed}-{count}"
        outgoing = dice.random() < OUTGOING
        number = missed.pop(0) if outgoing and missed else dice.choice(setting.numbers)
        told = list(_call(dice, setting, number, outgoing))
        if not outgoing and not any(one["event"] == "answered" for _after, one in told):
            missed.append(number)
        for step, (after, one) in enumerate(told):
            at = begins + timedelta(seconds=round(start + after))
            body = {
                "id": f"{name}-{step}",
                "call": name,
                "at": at.isoformat(),
                "direction": "outgoing" if outgoing else "incoming",
                "number": number,
                **one,
            }
            sent.append(Sent(start + after, body))
    return sorted(_disordered(dice, sent), key=lambda one: one.leaves)


def _call(
    dice: random.Random, setting: Setting, number: str, outgoing: bool
) -> Iterator[tuple[float, dict[str, Any]]]:
    """(seconds after the beginning, event) of one call."""
    extension, at = dice.choice(setting.extensions), 0.0
    line = {} if outgoing else {"line": dice.choice(setting.lines)}
    yield at, {"event": "ringing", "extension": extension, **line}
    at += dice.uniform(3, 40)
    if dice.random() < ABANDONED:
        yield at, {"event": "ended"}
        return
    yield at, {"event": "answered", "extension": extension}
    at += dice.uniform(20, 200)
    if dice.random() < HELD:
        yield at, {"event": "held"}
        at += dice.uniform(10, 90)
        yield at, {"event": "resumed"}
        at += dice.uniform(20, 120)
    if dice.random() < PASSED_ON:
        yield at, {"event": "transferred", "to": dice.choice(setting.extensions)}
        at += dice.uniform(30, 200)
    yield at, {"event": "ended"}
    if dice.random() < RECORDED:
        yield (
            at + 2,
            {"event": "recording", "url": f"https://pbx.example/recordings/{dice.getrandbits(40):x}.mp3"},
        )


def _disordered(dice: random.Random, sent: list[Sent]) -> Iterator[Sent]:
    for one in sent:
        late = dice.uniform(5, 60) if dice.random() < OUT_OF_ORDER else 0.0
        yield replace(one, leaves=one.leaves + late)
        if dice.random() < TWICE:
            yield replace(one, leaves=one.leaves + late + dice.uniform(0, 3))


def play(
    sent: Sequence[Sent], *, address: str, secret: str, clock: Any, client: httpx.Client | None = None
) -> dict[int, int]:
    """Send everything, one after the other; how often each status was answered. `clock()` is now."""
    answers: dict[int, int] = {}
    with client or httpx.Client(timeout=30) as wire:
        for count, one in enumerate(sent):
            # a counter makes each request its own: two of one event in one second are not a replay
            body = json.dumps({**one.body, "sent": count}, ensure_ascii=False).encode()
            stamp = str(int(clock().timestamp()))
            headers = {
                signing.TIMESTAMP: stamp,
                signing.SIGNATURE: signing.sign(secret, stamp, body),
                "Content-Type": "application/json",
            }
            answer = wire.post(address, content=body, headers=headers)
            answers[answer.status_code] = answers.get(answer.status_code, 0) + 1
    return answers
