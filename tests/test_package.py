"""The product as a package: what the wheel holds, and that it runs without the repository."""

import os
import re
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.house.source import ROOT, SOURCE
from tests.servers.ports import free_port, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.once]

UV = ROOT / ".venv" / "installer" / "bin" / "uv"
START_SECONDS = 120
# Kinds of files that are easily forgotten in a wheel, by their ending or folder.
NEEDED = {"templates": ".html", "static": "", "migrations": ".py", "locale": ".po"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    if UV.exists():
        command = [str(UV), "build", "--quiet", "--wheel", "--out-dir", str(folder), str(ROOT)]
    else:
        command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel in it and nothing of ours besides; the path of its command."""
    if not UV.exists():
        pytest.skip("uv is not in this environment (make test puts it there)")
    place = tmp_path_factory.mktemp("environment") / "venv"
    for command in (
        ["venv", "--quiet", "--python", sys.executable, str(place)],
        [
            "pip",
            "install",
            "--quiet",
            "--python",
            str(place / "bin" / "python"),
            str(wheel),
            "-c",
            "requirements.txt",
        ],
    ):
        done = subprocess.run([str(UV), *command], cwd=ROOT, capture_output=True, encoding="utf-8")
        assert done.returncode == 0, done.stdout + done.stderr
    return place / "bin" / "shouwen"


def test_the_wheel_holds_every_template_static_file_migration_and_translation(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        str(path.relative_to(SOURCE.parent))
        for folder, ending in NEEDED.items()
        for path in SOURCE.rglob(f"{folder}/**/*{ending}")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    assert wanted, "nothing to look for"
    assert not wanted - inside
    compiled = {name.removesuffix(".po") + ".mo" for name in wanted if name.endswith(".po")}
    assert not compiled - inside


def test_the_wheel_holds_nothing_that_belongs_to_an_installation(wheel: Path) -> None:
    inside = zipfile.ZipFile(wheel).namelist()
    assert not [name for name in inside if name.endswith((".sqlite3", ".key", ".pyc"))]
    assert [name for name in inside if name.endswith("licenses/LICENSE")]


def test_the_installed_command_serves_the_demonstration_company_from_an_empty_folder(
    installed: Path, tmp_path: Path
) -> None:
    port = free_port()
    log = tmp_path / "log"
    empty = tmp_path / "empty"
    empty.mkdir()
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("SHOUWEN_", "PYTHON"))
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    process = subprocess.Popen(
        [str(installed), "up", "--demo", "--port", str(port)],
        cwd=empty,
        env=environment,
        stdout=log.open("wb"),
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until(lambda: alive(process) and opens(address), seconds=START_SECONDS, what="the first page")
        page = urlopen(address, timeout=10).read().decode()
        assert "登录" in page
        sheet = re.search(r'href="(/static/[^"]+\.css[^"]*)"', page)
        assert sheet
        assert urlopen(address + sheet[1], timeout=10).status == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
    except BaseException:
        print(log.read_text(errors="replace")[-4000:])
        raise
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def alive(process: subprocess.Popen[bytes]) -> bool:
    assert process.poll() is None, f"it ended with {process.returncode}"
    return True


def opens(address: str) -> bool:
    try:
        urlopen(address, timeout=5).close()
    except OSError:
        return False
    return True
