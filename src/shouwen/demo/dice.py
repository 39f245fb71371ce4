"""One seeded dice, so that the demonstration company is the same every time."""

import random
from datetime import datetime, timedelta

from shouwen.demo import company


class Dice(random.Random):
    def person(self) -> str:
        return self.choice(company.SURNAMES) + self.choice(company.GIVEN)

    def firm(self) -> str:
        return f"{self.choice(company.PLACES)}{self.choice(company.SURNAMES)}氏{self.choice(company.TRADES)}（演示）"

    def slots(
        self, name: str, machine: tuple[str, str], agent: str, parts: tuple[str, ...]
    ) -> dict[str, str]:
        return {
            "name": name,
            "machine": machine[0],
            "model": machine[1],
            "part": self.choice(parts),
            "place": self.choice(company.PLACES),
            "hours": str(self.choice((1, 2, 4))),
            "agent": agent,
        }

    def office_time(self, day: datetime) -> datetime:
        """A moment of the working hours of `day` (a local midnight), more in the morning."""
        minutes = self.choice((self.randint(0, 180), self.randint(0, 180), self.randint(270, 530)))
        return day + timedelta(hours=9, minutes=minutes, seconds=self.randint(0, 59))
