"""The company of the stories: an installation with staff and a customer, and people who sign in to it."""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from tests.servers.shouwen import Shouwen

INSIDE = Path(__file__).parent / "inside"
RUN = "import django, runpy, sys; django.setup(); runpy.run_path(sys.argv.pop(1), run_name='__main__')"
PASSWORD = "long-pass-1234"
NAMES = {"lin": "林晓", "zhou": "周航", "sun": "孙悦", "zhao": "赵岚", "chen": "陈立", "admin": "管理员"}


class Company:
    """`with Company(folder) as company:` furnishes an empty installation, then starts it."""

    def __init__(self, folder: Path) -> None:
        self.server = Shouwen(folder, demo=False, prepared=True)
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

    def clock_reaches(self, at: datetime) -> None:
        """Let the clock's rounds happen as they will at `at`; nobody waits for it."""
        self._inside("later.py", at.isoformat())

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
            [sys.executable, "-c", RUN, str(INSIDE / program), *arguments],
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


class Program:
    """A program that uses the API with the token of one person."""

    def __init__(self, company: Company, username: str) -> None:
        self.client = httpx.Client(
            base_url=company.url + "/api/v1",
            headers={"Authorization": f"Bearer {company.token(username)}"},
            timeout=30,
        )

    def asks(self, method: str, path: str, **body: Any) -> httpx.Response:
        return self.client.request(method, path, json=body or None)

    def opens(self, subject: str, *, name: str, email: str) -> str:
        """A case by mail of a customer with that address, taken by this person; its reference."""
        made = self.asks(
            "POST",
            "/cases",
            subject=subject,
            body=subject,
            kind="repair",
            channel="email",
            customer={"name": name, "email": email},
        )
        assert made.status_code == 201, made.text
        reference = str(made.json()["ref"])
        taken = self.asks("POST", f"/cases/{reference}/ownership")
        assert taken.status_code == 200, taken.text
        return reference
