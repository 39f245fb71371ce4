"""kill -9 in the middle: nothing accepted is lost, nothing goes out twice in silence."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shouwen.channels.testing import make_mail
from shouwen.platform.mail.testing.smtpd import smtp_server

pytestmark = [
    pytest.mark.crash,
    pytest.mark.slow,
    pytest.mark.once,
]  # always on SQLite, in processes of its own
Play = Callable[..., dict[str, Any] | None]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an empty database of its own."""
    folder = tmp_path_factory.mktemp("crash") / "data"
    assert _run(folder, "prepare").returncode == 0
    return folder


def _run(folder: Path, *act: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SHOUWEN_DATA_DIR": str(folder), "SHOUWEN_DATABASE_URL": ""}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "shouwen.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    command = [sys.executable, "-m", "shouwen.channels.tests.crash_scene", *act]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def play(prepared: Path, tmp_path: Path) -> Play:
    """Run an act on a copy of the prepared folder that all acts of a test share; None when it killed itself."""
    folder = tmp_path / "data"
    shutil.copytree(prepared, folder)

    def act(*words: str) -> dict[str, Any] | None:
        ended = _run(folder, *words)
        if ended.returncode == -signal.SIGKILL:
            return None
        assert ended.returncode == 0, ended.stderr[-3000:]
        return dict(json.loads(ended.stdout.splitlines()[-1])) if ended.stdout.strip() else {}

    return act


@pytest.mark.parametrize(
    ("moment", "second"), [("intake", "opened"), ("message", "opened"), ("commit", "duplicate")]
)
def test_a_mail_whose_import_was_killed_is_there_exactly_once_after_the_next(
    play: Play, tmp_path: Path, moment: str, second: str
) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_bytes(make_mail("不能丢", message_id="<one@customer.example>"))
    assert play("import", str(mail), moment) is None
    after = play("import", str(mail), "never")
    assert after == {"messages": [["不能丢", "none"]], "results": ["opened"], "lines": [second]}


def test_a_send_killed_before_the_data_is_done_again(play: Play) -> None:
    with smtp_server() as post:
        assert play("send", str(post.port), "before") is None
        assert play("after") == {"messages": [["我们马上处理。", "sent"]], "results": []}
        assert len(post.messages) == 1


def test_a_send_killed_before_its_end_was_written_is_possibly_sent_and_not_repeated(play: Play) -> None:
    with smtp_server() as post:
        assert play("send", str(post.port), "after") is None
        assert play("after") == {"messages": [["我们马上处理。", "maybe_sent"]], "results": []}
        assert len(post.messages) == 1
