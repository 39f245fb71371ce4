"""Before the start: a database of today's shape, furnished, whoever else is starting and whatever broke off."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from shouwen.cases.models import CaseKind
from shouwen.config.commands import preparing


@pytest.mark.django_db
def test_a_start_that_was_killed_after_the_tables_is_made_up_for() -> None:
    CaseKind.objects.all().delete()
    assert preparing.migrate(quiet=True) == 0
    assert CaseKind.objects.exists()


@pytest.mark.django_db
def test_a_furnished_house_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    preparing.furnish()
    monkeypatch.setattr(preparing, "furnish", lambda: pytest.fail("furnished again"))
    assert preparing.migrate(quiet=True) == 0


@pytest.mark.slow
def test_two_that_start_at_once_do_not_get_into_each_others_way(tmp_path: Path, fresh_shouwen: Any) -> None:
    fresh_shouwen.stop()
    data = tmp_path / "both"
    environment = {**fresh_shouwen.environment, "SHOUWEN_DATA_DIR": str(data)}
    environment.pop("SHOUWEN_DATABASE_URL", None)
    command = [sys.executable, "-m", "shouwen.config.command", "migrate", "--data", str(data)]
    both = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for _ in range(2)
    ]
    said = [process.communicate(timeout=180)[0].decode() for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sorted("up to date" in one for one in said) == [False, True]
