"""A hall with a matter and counters for tests."""

from typing import Any

from shouwen.channels.models.counter import Counter, Hall, Matter


def a_hall(**values: Any) -> Hall:
    hall = Hall.objects.create(**{"name": "大厅", "key": "hall1", **values})
    Matter.objects.create(hall=hall, letter="A", name="报修")
    for number in (1, 2, 3):
        Counter.objects.create(hall=hall, name=f"{number}号柜台")
    return hall
