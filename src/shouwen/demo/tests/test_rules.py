"""A new user finds rules to try out and macros to press."""

from typing import Any

import pytest

from shouwen.cases.models import AutomationRule, Macro
from shouwen.cases.testing import AT, furnished
from shouwen.demo.dice import Dice
from shouwen.demo.loading import rules, structure

pytestmark = pytest.mark.django_db


def test_rules_and_macros_are_there_for_everybody_and_marked_as_demonstration() -> None:
    furnished(AT)
    world: Any = structure.build(AT, Dice(1))
    rules.build(world, AT)
    names = [row.name for row in (*AutomationRule.objects.all(), *Macro.objects.all())]
    assert len(names) == len(rules.RULES) + len(rules.MACROS) + 1
    assert all("演示" in name for name in names)
    assert not Macro.objects.exclude(owner_id=None).exists()
