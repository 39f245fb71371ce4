"""The product itself as its users start it: `shouwen up` in a process of its own, or `web` and `worker` in several."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from copy import copy
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.servers.ports import free_port, wait_until
from tests.servers.prepared import address_of, copy_into, new_database, on_postgres

COMMAND = [sys.executable, "-m", "shouwen.config.command"]
START_SECONDS = 180  # the demonstration company is loaded at the first start
STOP_SECONDS = 40


class Shouwen:
    """One installation: a data folder, a database of its own, a server to start and stop.

    `prepared` as `shouwen migrate` leaves it; otherwise the first start finds nothing.
    """

    def __init__(
        self, folder: Path, *, demo: bool, environment: dict[str, str] | None = None, prepared: bool = False
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.demo = demo
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **{
                key: value for key, value in os.environ.items() if not key.startswith(("SHOUWEN_", "PYTEST_"))
            },
            "SHOUWEN_DATA_DIR": str(folder),
            "SHOUWEN_PUBLIC_URL": self.url,
            "PYTHONUNBUFFERED": "1",
        }
        self.environment.pop("DJANGO_SETTINGS_MODULE", None)
        if prepared:
            self.environment.update(copy_into(folder, self.environment))
        elif on_postgres():
            self.environment.update(address_of(new_database()))
        self.environment.update(environment or {})
        self.kind = "up"
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Shouwen":
        self.start()
        return self

    def __exit__(self, *_problem: object) -> None:
        self.stop()

    def beside(self, kind: str) -> "Shouwen":
        """One more process of this installation: "web" or "worker"."""
        other = copy(self)
        other.kind, other.demo, other.process = kind, False, None
        other.port = free_port()
        other.url = f"http://127.0.0.1:{other.port}"
        return other

    def begin(self) -> None:
        """Start it and wait for nothing."""
        address = ["--host", "127.0.0.1", "--port", str(self.port)] if self.kind != "worker" else []
        with self._log_path().open("ab") as log:
            self.process = subprocess.Popen(
                [*COMMAND, self.kind, *address, "--data", str(self.folder), *["--demo"] * self.demo],
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def start(self, ready: Callable[[], bool] | None = None) -> None:
        """Until the first page answers, or until `ready()`."""
        self.begin()
        self.wait(ready)

    def wait(self, ready: Callable[[], bool] | None = None) -> None:
        try:
            wait_until(ready or self.answers, seconds=START_SECONDS, what="The server's first answer")
        except (TimeoutError, RuntimeError) as error:
            self.kill()
            raise RuntimeError(f"{error}; it said:\n{self.log()[-4000:]}") from None

    def answers(self) -> bool:
        if self.process is not None and self.process.poll() is not None:
            raise RuntimeError(f"`shouwen {self.kind}` ended with {self.process.returncode}")
        if self.kind == "worker":
            return "Worker runs" in self.log()
        try:
            urlopen(self.url + "/accounts/login/", timeout=5).close()
        except HTTPError:
            return True
        except (URLError, OSError):
            return False
        return True

    def stop(self) -> int:
        """As Ctrl-C does; gives the exit code. One that does not stop in time is killed, an error."""
        if self.process is None:
            return 0
        process, self.process = self.process, None
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        try:
            return process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise

    def kill(self) -> None:
        """As a power cut does: at once, and nothing is put in order."""
        if self.process is not None:
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def command(self, *arguments: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run `shouwen <arguments>` on this installation, with `text` on standard input."""
        return subprocess.run(
            [*COMMAND, *arguments],
            cwd=self.folder,
            env=self.environment,
            input=text,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    def python(self, code: str) -> str:
        """What `code` prints, run beside the server on the same installation."""
        environment = {**self.environment, "DJANGO_SETTINGS_MODULE": "shouwen.config.settings"}
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-4000:]
        return done.stdout

    def log(self) -> str:
        return self._log_path().read_text(errors="replace")

    def _log_path(self) -> Path:
        return self.folder / ("up.log" if self.kind == "up" else f"{self.kind}-{self.port}.log")
