"""What a browser may do with our pages, who may ask for them, and what machines are told."""

import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from shouwen.config import environment

pytestmark = pytest.mark.django_db
INLINE = re.compile(
    r"<script(?![^>]*(?:\ssrc=|application/json))[^>]*>|<style|\sstyle=|\son\w+=", re.IGNORECASE
)
PAGES = ["/accounts/login/", "/request/", "/no/such/page/"]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_may_run_nothing_but_our_own_files(address: str) -> None:
    policy = Client().get(address)["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";") if rule.strip())
    assert rules["default-src"] == rules["script-src"] == rules["style-src"] == "'self'"
    assert rules["frame-ancestors"] == rules["base-uri"] == rules["object-src"] == "'none'"
    assert rules["form-action"] == "'self'"
    assert "unsafe" not in policy


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_nothing_inline(address: str) -> None:
    assert not INLINE.findall(Client().get(address).content.decode())


def test_a_page_is_neither_framed_nor_guessed_at() -> None:
    page = Client().get("/accounts/login/")
    assert page["X-Frame-Options"] == "DENY"
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["Referrer-Policy"] == "same-origin"
    assert "camera=()" in page["Permissions-Policy"]


def told(**variables: str) -> dict[str, Any]:
    """Settings as a new process with these variables reads them."""
    names = "DEBUG ALLOWED_HOSTS SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_HSTS_SECONDS SESSION_ENGINE HTTPS"
    code = (
        "import json; from shouwen.config import settings as s\n"
        f"print(json.dumps({{name: getattr(s, name) for name in {names.split()!r}}}))"
    )
    clean = {key: value for key, value in os.environ.items() if not key.startswith("SHOUWEN_")}
    kept = {
        "SHOUWEN_DATA_DIR": str(settings.DATA_DIR),
        "SHOUWEN_SECRET_KEY": "x" * 50,
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env={**clean, **kept, **variables}, capture_output=True, check=True
    )
    return json.loads(done.stdout)  # type: ignore[no-any-return]


@pytest.mark.once
def test_behind_https_cookies_travel_nowhere_else() -> None:
    known = told(SHOUWEN_PUBLIC_URL="https://desk.example")
    assert known["SESSION_COOKIE_SECURE"]
    assert known["CSRF_COOKIE_SECURE"]
    assert known["SECURE_HSTS_SECONDS"] > 0
    assert "desk.example" in known["ALLOWED_HOSTS"]


@pytest.mark.once
def test_hosts_are_those_that_are_named_and_debug_is_off() -> None:
    known = told(SHOUWEN_ALLOWED_HOSTS="a.example, b.example,")
    assert known["ALLOWED_HOSTS"] == ["a.example", "b.example"]
    assert not known["DEBUG"]


@pytest.mark.once
def test_several_processes_share_their_sessions() -> None:
    assert told()["SESSION_ENGINE"].endswith("cached_db")
    assert told(SHOUWEN_SHARED="1")["SESSION_ENGINE"].endswith(".db")
    assert told(SHOUWEN_SHARED="1", SHOUWEN_REDIS_URL="redis://x")["SESSION_ENGINE"].endswith("cached_db")


@pytest.mark.parametrize(
    ("url", "name", "host", "port"),
    [
        ("postgresql://me:p%40ss@db.example:5433/desk", "desk", "db.example", "5433"),
        ("postgres://me@/desk?host=%2Fvar%2Frun", "desk", "/var/run", ""),
        ("postgresql:///", "shouwen", "", ""),
    ],
)
def test_a_database_address_is_read(url: str, name: str, host: str, port: str) -> None:
    known = environment._postgres(url)
    assert (known["NAME"], known["HOST"], known["PORT"]) == (name, host, port)
    if "p%40ss" in url:
        assert known["PASSWORD"] == "p@ss"


@pytest.mark.parametrize("address", ["password/reset/", "email/", "confirm-email/"])
def test_what_would_send_mail_past_our_mailboxes_is_not_there(address: str) -> None:
    assert Client().get(f"/accounts/{address}").status_code == 404
    assert Client().post(f"/accounts/{address}", {"email": "li@example.test"}).status_code == 404
