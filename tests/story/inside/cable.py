"""Two hundred customers without a line, in two districts, within half an hour. Prints two customers' own pages."""

import json
from datetime import timedelta

from django.db import transaction

from shouwen.cases import links
from shouwen.cases import services as cases
from shouwen.customers import services as customers
from shouwen.incidents import services as incidents
from shouwen.platform.access import SYSTEM, customer_actor, now

MANY = 200
AREAS = ("沈阳市和平区", "沈阳市沈河区")
WORDS = ("家里断网了，光猫亮红灯", "宽带断网，光猫红灯一直亮", "光猫亮红灯，断网上不了网")


def affected(number: int) -> str:
    at = now() - timedelta(minutes=30) + timedelta(seconds=8 * number)
    who = customers.register(
        name=f"用户{number}",
        contacts=[("email", f"user{number}@home.test")],
        region=AREAS[number % 2],
        at=at,
        by=SYSTEM,
    )
    modem = customers.add_asset(customer_id=who.pk, name="光猫", model="HG8245", at=at, by=SYSTEM)
    case = cases.open_case(
        subject=WORDS[number % len(WORDS)],
        text="请尽快修。",
        channel="email",
        customer=who,
        asset_id=modem.pk,
        message={"address": f"user{number}@home.test"},
        at=at,
        by=customer_actor(who.pk, who.name),
    )
    return links.token(case.pk)


if __name__ == "__main__":
    with transaction.atomic():
        tokens = [affected(number) for number in range(MANY)]
    incidents.look(at=now())
    print(json.dumps(tokens[:4]))
