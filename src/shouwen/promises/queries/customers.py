"""A customer's share of this room, for export."""

from typing import Any

from shouwen.promises.models import Expectation, Promise


def export(customer_id: int) -> dict[str, Any]:
    promises = Promise.objects.filter(customer_id=customer_id).order_by("made_at")
    expectations = Expectation.objects.filter(customer_id=customer_id).order_by("recorded_at")
    return {
        "promises": [
            {
                "text": one.text,
                "made_at": one.made_at.isoformat(),
                "due_at": one.due_at.isoformat(),
                "state": one.state,
                "delivered_at": one.delivered_at.isoformat() if one.delivered_at else None,
            }
            for one in promises
        ],
        "expectations": [
            {
                "text": one.text,
                "sort": one.sort,
                "managed": one.managed,
                "agreed": one.agreed,
                "levels": one.levels,
                "recorded_at": one.recorded_at.isoformat(),
            }
            for one in expectations
        ],
    }
