"""The company of the stories: an installation with staff and a customer, and people who sign in to it."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.servers.shouwen import Shouwen

INSIDE = Path(__file__).parent / "inside"
PASSWORD = "long-pass-1234"
NAMES = {"lin": "林晓", "zhou": "周航", "sun": "孙悦", "zhao": "赵岚", "chen": "陈立", "admin": "管理员"}


class Company:
    """`with Company(folder) as company:` furnishes an empty installation, then starts it."""

    def __init__(self, folder: Path) -> None:
        self.server = Shouwen(folder, demo=False)
        self.url = self.server.url
        self.ids: dict[str, int] = {}

    def __enter__(self) -> "Company":
        made = self.server.command(
            "user",
            "add",
            "admin",
            "--name",
            NAMES["admin"],
            "--role",
            "administrator",
            "--password",
            PASSWORD,
        )
        assert made.returncode == 0, made.stderr
        self.ids = json.loads(self._inside("furnish.py"))
        self.server.start()
        return self

    def __exit__(self, *_problem: object) -> None:
        self.server.stop()

    def later(self, **ahead: float) -> None:
        """Let the clock's rounds happen as if it were later by `ahead` (minutes=…, days=…)."""
        self._inside("later.py", (datetime.now(UTC) + timedelta(**ahead)).isoformat())

    def token(self, username: str) -> str:
        made = self.server.command("token", "add", "--user", username, "--scope", "cases:read", "cases:write")
        assert made.returncode == 0, made.stderr
        return made.stdout.strip()

    def signs_in(self, page: Any, username: str) -> Any:
        page.goto(self.url + "/accounts/login/")
        page.locator("input[name=login]").fill(username)
        page.locator("input[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="登录").first.click()
        page.wait_for_url(lambda url: "/accounts/login" not in url)
        return page

    def _inside(self, program: str, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, str(INSIDE / program), *arguments],
            cwd=self.server.folder,
            env={
                **self.server.environment,
                "DJANGO_SETTINGS_MODULE": "shouwen.config.settings",
                "PYTHONWARNINGS": os.environ.get("PYTHONWARNINGS", ""),
            },
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )
        assert done.returncode == 0, done.stderr[-4000:]
        return done.stdout
